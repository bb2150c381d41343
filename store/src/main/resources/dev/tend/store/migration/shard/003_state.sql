-- What the records of each list have made of it, kept up to date in their own transactions: a list is
-- loaded from here, however long its history is.
CREATE TABLE list (
  list       TEXT    NOT NULL PRIMARY KEY,
  revision   INTEGER NOT NULL, -- the journal's last
  next_entry INTEGER NOT NULL  -- the number of the next new entry
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  list     TEXT    NOT NULL,
  id       INTEGER NOT NULL,
  date     TEXT,             -- as in 2026-11-22
  title    TEXT    NOT NULL,
  done     INTEGER NOT NULL, -- 0 or 1
  notes    TEXT    NOT NULL,
  revision INTEGER NOT NULL, -- that last changed it
  PRIMARY KEY (list, id)
) STRICT, WITHOUT ROWID;

-- Entries on their way to another list, and the record that says where.
CREATE TABLE leaving (
  list     TEXT    NOT NULL,
  id       INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (list, id)
) STRICT, WITHOUT ROWID;

INSERT INTO list (list, revision, next_entry)
  SELECT list, max(revision), 1 + coalesce(max(entry), 0) FROM journal GROUP BY list;

-- An entry is as its last record left it, unless that deleted it or the list was cleared since.
WITH
  cleared AS (SELECT list, max(revision) AS at FROM journal WHERE kind = 'cleared' GROUP BY list),
  last AS (
    SELECT list, entry, max(revision) AS at FROM journal
    WHERE kind IN ('added', 'updated', 'restored', 'deleted') GROUP BY list, entry)
INSERT INTO entry (list, id, date, title, done, notes, revision)
  SELECT journal.list, journal.entry, payload ->> '$.date', payload ->> '$.title',
    payload ->> '$.done', payload ->> '$.notes', journal.revision
  FROM last
    JOIN journal ON journal.list = last.list AND journal.revision = last.at
    LEFT JOIN cleared ON cleared.list = last.list
  WHERE kind <> 'deleted' AND journal.revision > coalesce(cleared.at, 0);

WITH
  cleared AS (SELECT list, max(revision) AS at FROM journal WHERE kind = 'cleared' GROUP BY list),
  last AS (
    SELECT list, entry, max(revision) AS at FROM journal
    WHERE kind IN ('leaving', 'staying', 'deleted') GROUP BY list, entry)
INSERT INTO leaving (list, id, revision)
  SELECT journal.list, journal.entry, journal.revision
  FROM last
    JOIN journal ON journal.list = last.list AND journal.revision = last.at
    LEFT JOIN cleared ON cleared.list = last.list
  WHERE kind = 'leaving' AND journal.revision > coalesce(cleared.at, 0);
