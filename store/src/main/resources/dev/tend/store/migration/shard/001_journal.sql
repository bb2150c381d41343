-- Which file this is, and which opening of it may write.
CREATE TABLE identity (
  only  INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
  uuid  TEXT    NOT NULL,
  epoch INTEGER NOT NULL
) STRICT;

-- Clustered by list, so that a change writes one row in one tree, a list is read from neighbouring
-- pages, and its head is the last key under its id.
CREATE TABLE journal (
  list       TEXT    NOT NULL,
  revision   INTEGER NOT NULL CHECK (revision > 0),
  at         INTEGER NOT NULL, -- milliseconds since 1970-01-01T00:00Z
  actor      TEXT    NOT NULL,
  channel    TEXT    NOT NULL,
  command_id TEXT    NOT NULL,
  body_hash  TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  payload    TEXT    NOT NULL, -- JSON
  PRIMARY KEY (list, revision)
) STRICT, WITHOUT ROWID;
