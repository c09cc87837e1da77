-- The first tables: what arrived, what was done about it, and what is needed to go on after a crash.

-- What happened, once each, in the order it arrived.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  source TEXT NOT NULL,
  subject TEXT NOT NULL,
  time INTEGER NOT NULL,
  connection TEXT NOT NULL,
  environment TEXT NOT NULL,
  via TEXT NOT NULL CHECK (via IN ('webhook', 'poll', 'api', 'import', 'recovered')),
  data TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'routed', 'skipped', 'quarantined')),
  reason TEXT NOT NULL DEFAULT '',
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX events_unrouted ON events (seq) WHERE state = 'new';

-- One flow version for one event.
CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  event TEXT NOT NULL REFERENCES events (id),
  seq INTEGER NOT NULL,
  flow TEXT NOT NULL,
  version TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('running', 'waiting', 'uncertain', 'dead', 'done', 'skipped', 'cancelled')),
  reason TEXT NOT NULL DEFAULT '',
  wake_at INTEGER,
  retry_of TEXT REFERENCES runs (id),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX runs_once ON runs (event, flow, version) WHERE retry_of IS NULL;
CREATE INDEX runs_live ON runs (seq) WHERE state IN ('running', 'waiting');

-- The recorded moves of a run. A call is two facts: its intent, then its outcome.
CREATE TABLE steps (
  run TEXT NOT NULL REFERENCES runs (id),
  step TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'intent', 'lost', 'done', 'failed', 'skipped', 'uncertain')),
  operation TEXT NOT NULL DEFAULT '',
  connection TEXT NOT NULL DEFAULT '',
  request TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  lost INTEGER NOT NULL DEFAULT 0,
  input TEXT,
  output TEXT,
  reason TEXT NOT NULL DEFAULT '',
  identity TEXT,
  trace TEXT NOT NULL DEFAULT '',
  started_at INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  finished_at INTEGER,
  PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX steps_identity ON steps (identity, operation, connection) WHERE identity IS NOT NULL;

-- Tries that did not end well, for whoever asks what was tried.
CREATE TABLE attempts (
  run TEXT NOT NULL REFERENCES runs (id),
  step TEXT NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  trace TEXT NOT NULL DEFAULT '',
  raw BLOB,
  PRIMARY KEY (run, step, number, at)
) STRICT, WITHOUT ROWID;

-- Which version of each flow starts runs.
CREATE TABLE flows (
  name TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('armed', 'paused')),
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every version that was ever armed: a run ends on the one it began with.
CREATE TABLE versions (
  version TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  file TEXT NOT NULL,
  text TEXT NOT NULL,
  armed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each polled source has been read.
CREATE TABLE cursors (
  source TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  facts TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  polled_at INTEGER NOT NULL,
  trouble TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- Sealed tokens, one row a connection; the generation grows with each refresh.
CREATE TABLE credentials (
  connection TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  generation INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('connected', 'refreshing', 'needs-reauthorization')),
  expires_at INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Calls made in the running day of each account.
CREATE TABLE usage (
  connection TEXT PRIMARY KEY,
  day_start INTEGER NOT NULL,
  calls INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What people changed.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT ''
) STRICT;

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

-- Tokens of programs: what each may do, and the hash of its text, which is kept nowhere. One that was
-- revoked stays, for its calls name it.
CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  used_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tokens_name ON tokens (name) WHERE revoked_at IS NULL;

-- Keys under which calls were asked for, so that asking again is no second call. The caller is the id
-- of a token; nothing stands for the service's own.
CREATE TABLE request_keys (
  caller TEXT NOT NULL,
  key TEXT NOT NULL,
  request TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES runs (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (caller, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_keys_at ON request_keys (at);
