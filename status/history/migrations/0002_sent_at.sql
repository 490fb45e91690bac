-- ALTER TABLE can't be repeated, as the statements of 0001 can. When this one
-- fails because it was applied before, package history ignores the error.
ALTER TABLE change RENAME COLUMN told_at TO sent_at;
