-- Old records can go. Up to this revision the journal only has what the list was then: of each entry
-- the record that last said what it is.
ALTER TABLE list ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE list ADD COLUMN pruned_at INTEGER NOT NULL DEFAULT 0; -- of that revision, in milliseconds since 1970-01-01T00:00Z
