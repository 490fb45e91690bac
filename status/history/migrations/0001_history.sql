-- Times are Unix time in seconds; 0 if unknown. D1 has no interactive
-- transactions, so each statement here, and each one that writes to these
-- tables, is atomic and can be repeated.

-- The latest copy of an incident of one service.
CREATE TABLE IF NOT EXISTS incident (
    service       TEXT    NOT NULL, -- the row's name, as Apple writes it
    id            TEXT    NOT NULL, -- Apple's messageId
    type          TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    worst         TEXT    NOT NULL, -- worst level that it has given the service
    message       TEXT    NOT NULL,
    users         TEXT    NOT NULL,
    affected      TEXT    NOT NULL, -- names of services, a JSON array
    started_at    INTEGER NOT NULL,
    ended_at      INTEGER NOT NULL,
    posted_at     INTEGER NOT NULL,
    first_seen_at INTEGER NOT NULL, -- reading that listed it first
    last_seen_at  INTEGER NOT NULL, -- if Apple removed or ended it without a time: the last reading before that
    read_at       INTEGER NOT NULL, -- first reading with this content
    PRIMARY KEY (service, id)
) STRICT, WITHOUT ROWID;

-- Each reading looks for those that Apple has dropped without an end.
CREATE INDEX IF NOT EXISTS incident_open ON incident (service, id) WHERE state IN ('ongoing', 'upcoming') AND last_seen_at = 0;

-- A change of a service's level, which lasts until the next change.
CREATE TABLE IF NOT EXISTS change (
    service  TEXT    NOT NULL,
    at       INTEGER NOT NULL, -- first reading with the level
    level    TEXT    NOT NULL,
    rest     TEXT    NOT NULL, -- the part of the level that no incident accounts for
    -- The webhook's post of this change:
    tried_at INTEGER NOT NULL DEFAULT 0, -- start of the last attempt
    told_at  INTEGER NOT NULL DEFAULT 0, -- accepted by the receiver
    PRIMARY KEY (service, at)
) STRICT, WITHOUT ROWID;

-- A span of time with readings close to each other. The time between two spans
-- was not watched.
CREATE TABLE IF NOT EXISTS watched (
    began_at INTEGER PRIMARY KEY,
    ended_at INTEGER NOT NULL
) STRICT;
