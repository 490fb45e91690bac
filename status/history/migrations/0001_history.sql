-- What was read of Apple's status over time. Times are seconds of Unix time in
-- UTC; 0 where a time isn't known. Each statement that writes here is whole in
-- itself and may be repeated: there are no transactions at the edge. So may
-- each of these.

-- An incident of one service, as it was read last.
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
    last_seen_at  INTEGER NOT NULL, -- set when Apple drops or ends it without an end: the last reading before that
    read_at       INTEGER NOT NULL, -- reading that the row is from
    PRIMARY KEY (service, id)
) STRICT, WITHOUT ROWID;

-- Each reading looks for those that Apple has dropped without an end.
CREATE INDEX IF NOT EXISTS incident_open ON incident (service, id) WHERE state IN ('ongoing', 'upcoming') AND last_seen_at = 0;

-- A change of a service's level. The level holds until the next change.
CREATE TABLE IF NOT EXISTS change (
    service  TEXT    NOT NULL,
    at       INTEGER NOT NULL, -- reading that showed it
    level    TEXT    NOT NULL,
    rest     TEXT    NOT NULL, -- the part of the level that no incident accounts for
    -- The webhook's post of this change:
    tried_at INTEGER NOT NULL DEFAULT 0, -- begun last
    told_at  INTEGER NOT NULL DEFAULT 0, -- taken by the receiver
    PRIMARY KEY (service, at)
) STRICT, WITHOUT ROWID;

-- A span of time with readings close to each other. What lies between two
-- spans, nobody watched.
CREATE TABLE IF NOT EXISTS watched (
    began_at INTEGER PRIMARY KEY,
    ended_at INTEGER NOT NULL
) STRICT;
