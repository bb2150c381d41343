-- Which entry a record is about, and its history without reading the whole list's.
ALTER TABLE journal ADD COLUMN entry INTEGER AS (payload ->> '$.id') VIRTUAL;
CREATE INDEX journal_of_entry ON journal (list, entry, revision) WHERE entry IS NOT NULL;
