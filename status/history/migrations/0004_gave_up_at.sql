-- ALTER TABLE can't be repeated, as the statements of 0001 can. When one of these
-- fails because it was applied before, package history ignores the error.
-- The webhook's post of a change was refused for good, or not accepted in time.
ALTER TABLE change ADD COLUMN gave_up_at INTEGER NOT NULL DEFAULT 0;
-- The HTTP status of the last attempt that failed; -1 if it had none.
ALTER TABLE change ADD COLUMN answer INTEGER NOT NULL DEFAULT 0;
