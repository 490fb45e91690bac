-- Each reading looks for ongoing incidents that Apple stopped listing a short
-- time ago: they may only be missing in one of Apple's caches.
CREATE INDEX IF NOT EXISTS incident_absent ON incident (last_seen_at) WHERE state = 'ongoing' AND last_seen_at > 0;
