-- name: tokens.add
-- expects: one
-- Keep a new token, if none that holds good has its name.
INSERT INTO tokens (id, name, hash, scopes, created_at, expires_at)
VALUES (:id, :name, :hash, :scopes, :at, :expires_at)
ON CONFLICT DO NOTHING;

-- name: tokens.find
-- The token with this hash, whatever its state.
SELECT id, name, scopes, created_at, expires_at, used_at, revoked_at FROM tokens WHERE hash = :hash;

-- name: tokens.all
-- Every token that was ever made, oldest first.
SELECT id, name, scopes, created_at, expires_at, used_at, revoked_at FROM tokens ORDER BY id;

-- name: tokens.use
-- Remember when a token was used last.
UPDATE tokens SET used_at = :at WHERE id = :id;

-- name: tokens.revoke
-- expects: one
-- Let a token hold good no more.
UPDATE tokens SET revoked_at = :at WHERE name = :name AND revoked_at IS NULL;

-- name: keys.add
-- expects: one
-- Keep the key of a request beside its run, if nobody was there first.
INSERT INTO request_keys (caller, key, request, run, at) VALUES (:caller, :key, :request, :run, :at)
ON CONFLICT DO NOTHING;

-- name: keys.get
-- What was asked for under a key.
SELECT request, run FROM request_keys WHERE caller = :caller AND key = :key;

-- name: keys.forget
-- Forget keys that nobody will ask with again; each gives a row.
DELETE FROM request_keys WHERE (caller, key) IN (
  SELECT caller, key FROM request_keys WHERE at < :before ORDER BY at LIMIT :limit
) RETURNING at;
