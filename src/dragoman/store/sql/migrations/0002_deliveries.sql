-- What vendors send by themselves, and the last moment at which a write succeeded.

-- Webhooks, once each, in the order they arrived. The body is kept until it is sorted into events;
-- of those that were put aside, for a person to see. The key is kept to know a second arrival by.
CREATE TABLE deliveries (
  seq INTEGER PRIMARY KEY,
  vendor TEXT NOT NULL,
  connection TEXT NOT NULL,
  key TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'sorted', 'ignored', 'quarantined')),
  reason TEXT NOT NULL DEFAULT '',
  body BLOB,
  received_at INTEGER NOT NULL,
  UNIQUE (connection, key)
) STRICT;
CREATE INDEX deliveries_new ON deliveries (seq) WHERE state = 'new';
CREATE INDEX deliveries_quarantined ON deliveries (seq) WHERE state = 'quarantined';

-- One row, written to find out whether the tables can be.
CREATE TABLE pulse (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL
) STRICT;
