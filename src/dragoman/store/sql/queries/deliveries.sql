-- name: deliveries.add
-- Store a delivery; one that is known already changes nothing.
INSERT INTO deliveries (vendor, connection, key, type, state, reason, body, received_at)
VALUES (:vendor, :connection, :key, :type, :state, :reason, :body, :received_at)
ON CONFLICT (connection, key) DO NOTHING;

-- name: deliveries.unsorted
-- Deliveries that nobody has looked at, oldest first.
SELECT seq, vendor, connection, key, type, state, reason, received_at, body
FROM deliveries WHERE state = 'new' ORDER BY seq LIMIT :limit;

-- name: deliveries.sort
-- Say what came of deliveries, which are no longer needed as they came.
UPDATE deliveries SET state = :state, body = NULL
WHERE seq IN (SELECT value FROM json_each(:seqs)) AND state = 'new';

-- name: deliveries.aside
-- Put a delivery aside for a person to see, as it came.
UPDATE deliveries SET state = 'quarantined', reason = :reason WHERE seq = :seq AND state = 'new';

-- name: deliveries.list
-- Deliveries by state, newest first.
SELECT seq, vendor, connection, key, type, state, reason, received_at, body
FROM deliveries WHERE (:state = '' OR state = :state) ORDER BY seq DESC LIMIT :limit;

-- name: deliveries.count
-- How many deliveries there are in each state.
SELECT state, count(*) FROM deliveries GROUP BY state;

-- name: deliveries.trim
-- Forget the oldest deliveries of nobody's account, but for the newest few.
DELETE FROM deliveries WHERE connection = '' AND seq <= (
  SELECT seq FROM deliveries WHERE connection = '' ORDER BY seq DESC LIMIT 1 OFFSET :keep
);

-- name: deliveries.forget
-- Forget the oldest deliveries where they arrived long ago; each gives a row.
DELETE FROM deliveries WHERE seq IN (
  SELECT seq FROM (SELECT seq, received_at, state FROM deliveries ORDER BY seq LIMIT :limit)
  WHERE received_at < :before AND state <> 'new'
) RETURNING seq;

-- name: pulse.beat
-- Write something, to find out whether anything can be written.
INSERT INTO pulse (id, at) VALUES (1, :at) ON CONFLICT (id) DO UPDATE SET at = excluded.at;
