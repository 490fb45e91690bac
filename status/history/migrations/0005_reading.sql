-- The latest reading of the cron trigger, which all data centres share.
CREATE TABLE IF NOT EXISTS reading (
    source TEXT PRIMARY KEY, -- the origin of the reading and the format of the report
    report TEXT NOT NULL     -- status.Report as JSON
) STRICT, WITHOUT ROWID;
