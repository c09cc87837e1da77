-- name: runs.add
-- Begin a run; the same flow version for the same event is begun once.
INSERT INTO runs (id, event, seq, flow, version, subject, state, reason, wake_at, retry_of, created_at, updated_at)
VALUES (:id, :event, :seq, :flow, :version, :subject, :state, :reason, :wake_at, :retry_of, :at, :at)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: runs.begin
-- Begin a run together with its event, whose place in the order of arrival it takes.
INSERT INTO runs (id, event, seq, flow, version, subject, state, reason, wake_at, retry_of, created_at, updated_at)
SELECT :id, id, seq, :flow, :version, :subject, :state, :reason, :wake_at, :retry_of, :at, :at
FROM events WHERE id = :event;

-- name: runs.move
-- expects: one
-- Change the state of a live run. A finished or stopped run does not move.
UPDATE runs SET state = :state, reason = :reason, wake_at = :wake_at, updated_at = :at
WHERE id = :id AND state IN ('running', 'waiting');

-- name: runs.live
-- Runs that go on, in the order of their events.
SELECT id, event, seq, flow, version, subject, state, reason, wake_at, retry_of, created_at, updated_at
FROM runs WHERE state IN ('running', 'waiting') ORDER BY seq, id;

-- name: runs.get
-- One run, by its id or the beginning of it.
SELECT id, event, seq, flow, version, subject, state, reason, wake_at, retry_of, created_at, updated_at
FROM runs WHERE id >= :id AND id < :id || x'7f' ORDER BY id LIMIT 2;

-- name: runs.list
-- Runs by flow, state and event, newest first.
SELECT id, event, seq, flow, version, subject, state, reason, wake_at, retry_of, created_at, updated_at
FROM runs
WHERE (:flow = '' OR flow = :flow) AND (:state = '' OR state = :state) AND (:event = '' OR event = :event)
ORDER BY id DESC LIMIT :limit;

-- name: runs.count
-- How many runs of each flow there are in each state.
SELECT flow, state, count(*) FROM runs GROUP BY flow, state;
