-- When the webhook was last told of something that is no change of level, by its
-- kind.
CREATE TABLE IF NOT EXISTS notice (
    kind     TEXT    PRIMARY KEY,
    tried_at INTEGER NOT NULL, -- start of the last attempt
    sent_at  INTEGER NOT NULL  -- accepted by the receiver; 0 if never
) STRICT, WITHOUT ROWID;
