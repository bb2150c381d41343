-- Of each list's name, folded, which three letters stand in it one after the other; by the list's number.
CREATE VIRTUAL TABLE list_text USING fts5(
  folded, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO list_text (rowid, folded) SELECT number, folded(name) FROM list;
