-- Which file this is, and which opening of it may write.
CREATE TABLE identity (
  only  INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
  uuid  TEXT    NOT NULL,
  epoch INTEGER NOT NULL
) STRICT;

CREATE TABLE list (
  number      INTEGER NOT NULL PRIMARY KEY, -- in the order of creation; the last row says which shard is next
  id          TEXT    NOT NULL UNIQUE,
  owner       TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  shard       INTEGER NOT NULL,
  incarnation TEXT    NOT NULL,
  revision    INTEGER NOT NULL,
  created     INTEGER NOT NULL, -- milliseconds since 1970-01-01T00:00Z
  command_id  TEXT    NOT NULL,
  body_hash   TEXT    NOT NULL,
  UNIQUE (owner, name),
  UNIQUE (owner, command_id)
) STRICT;
