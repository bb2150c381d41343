-- A list can be renamed, deleted and restored; each change of the catalogue is kept, with its command.
CREATE TABLE change (
  number     INTEGER NOT NULL PRIMARY KEY,
  list       TEXT    NOT NULL,
  revision   INTEGER NOT NULL, -- of the list's row, with this change
  kind       TEXT    NOT NULL, -- created, renamed, deleted, restored
  name       TEXT    NOT NULL,
  at         INTEGER NOT NULL, -- milliseconds since 1970-01-01T00:00Z
  owner      TEXT    NOT NULL,
  actor      TEXT    NOT NULL,
  channel    TEXT    NOT NULL,
  command_id TEXT    NOT NULL,
  body_hash  TEXT    NOT NULL,
  UNIQUE (owner, command_id),
  UNIQUE (list, revision)
) STRICT;

INSERT INTO change (list, revision, kind, name, at, owner, actor, channel, command_id, body_hash)
  SELECT id, revision, 'created', name, created, owner, owner, 'unknown', command_id, body_hash
  FROM list ORDER BY number;

CREATE TABLE list_2 (
  number      INTEGER NOT NULL PRIMARY KEY, -- in the order of creation; the last row says which shard is next
  id          TEXT    NOT NULL UNIQUE,
  owner       TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  shard       INTEGER NOT NULL,
  incarnation TEXT    NOT NULL,
  revision    INTEGER NOT NULL,
  created     INTEGER NOT NULL, -- milliseconds since 1970-01-01T00:00Z
  deleted     INTEGER           -- likewise; NULL for a list that is not in the trash
) STRICT;

INSERT INTO list_2 (number, id, owner, name, shard, incarnation, revision, created)
  SELECT number, id, owner, name, shard, incarnation, revision, created FROM list;

DROP TABLE list;
ALTER TABLE list_2 RENAME TO list;
CREATE UNIQUE INDEX list_by_name ON list (owner, name) WHERE deleted IS NULL;
CREATE INDEX list_in_trash ON list (owner, name, id) WHERE deleted IS NOT NULL;
