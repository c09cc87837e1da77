-- name: cursors.get
-- How far a source has been read.
SELECT source, since, facts, started_at, polled_at, trouble FROM cursors WHERE source = :source;

-- name: cursors.all
-- How far every source has been read.
SELECT source, since, facts, started_at, polled_at, trouble FROM cursors ORDER BY source;

-- name: cursors.put
-- Move a cursor on.
INSERT INTO cursors (source, since, facts, started_at, polled_at, trouble)
VALUES (:source, :since, :facts, :started_at, :polled_at, :trouble)
ON CONFLICT (source) DO UPDATE SET since = excluded.since, facts = excluded.facts,
  polled_at = excluded.polled_at, trouble = excluded.trouble;

-- name: credentials.get
-- The sealed tokens of a connection.
SELECT connection, sealed, generation, state, expires_at, reason, changed_at
FROM credentials WHERE connection = :connection;

-- name: credentials.all
-- Every connection's state, with its sealed tokens.
SELECT connection, sealed, generation, state, expires_at, reason, changed_at FROM credentials ORDER BY connection;

-- name: credentials.put
-- Store new credentials whatever was there: a person connected the account.
INSERT INTO credentials (connection, sealed, generation, state, expires_at, reason, changed_at)
VALUES (:connection, :sealed, 1, 'connected', :expires_at, '', :at)
ON CONFLICT (connection) DO UPDATE SET sealed = excluded.sealed, generation = credentials.generation + 1,
  state = 'connected', expires_at = excluded.expires_at, reason = '', changed_at = excluded.changed_at;

-- name: credentials.replace
-- expects: one
-- Store a refreshed pair, if nobody else has refreshed in between.
UPDATE credentials SET sealed = :sealed, generation = :generation + 1, state = 'connected',
  expires_at = :expires_at, reason = '', changed_at = :at
WHERE connection = :connection AND generation = :generation;

-- name: credentials.mark
-- expects: one
-- Change the state of a connection, if nobody else has refreshed in between.
UPDATE credentials SET state = :state, reason = :reason, changed_at = :at
WHERE connection = :connection AND generation = :generation;

-- name: usage.get
-- Calls made in the running day of each account.
SELECT connection, day_start, calls FROM usage;

-- name: usage.put
-- Keep the count of the running day.
INSERT INTO usage (connection, day_start, calls) VALUES (:connection, :day_start, :calls)
ON CONFLICT (connection) DO UPDATE SET day_start = excluded.day_start, calls = excluded.calls;
