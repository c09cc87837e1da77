-- Who may use the API, and what they have asked for.

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
