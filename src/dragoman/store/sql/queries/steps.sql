-- name: steps.put
-- Record a move of a run: an intent first, its outcome over it.
INSERT INTO steps (run, step, position, kind, state, operation, connection, request, attempts, lost, input, output,
  reason, identity, trace, started_at, tried_at, finished_at)
VALUES (:run, :step, :position, :kind, :state, :operation, :connection, :request, :attempts, :lost, :input, :output,
  :reason, :identity, :trace, :started_at, :tried_at, :finished_at)
ON CONFLICT (run, step) DO UPDATE SET state = excluded.state, attempts = excluded.attempts,
  lost = excluded.lost, tried_at = excluded.tried_at,
  output = excluded.output, reason = excluded.reason, identity = excluded.identity, trace = excluded.trace,
  finished_at = excluded.finished_at
WHERE steps.state IN ('waiting', 'intent', 'lost');

-- name: steps.close
-- Record what came of a call whose intent is on disk. A recorded outcome does not change.
UPDATE steps SET state = :state, attempts = :attempts, lost = :lost, output = :output, reason = :reason,
  identity = :identity, trace = :trace, tried_at = :tried_at, finished_at = :finished_at
WHERE run = :run AND step = :step AND state IN ('waiting', 'intent', 'lost');

-- name: steps.of_run
-- The recorded moves of a run, in order.
SELECT run, step, position, kind, state, operation, connection, request, attempts, lost, input, output,
  reason, identity, trace, started_at, tried_at, finished_at
FROM steps WHERE run = :run ORDER BY position, started_at;

-- name: steps.claimed
-- Whether a created thing is known as the work of some step.
SELECT run, step FROM steps
WHERE identity = :identity AND operation = :operation AND connection = :connection LIMIT 1;

-- name: attempts.add
-- Record a try that did not end well.
INSERT INTO attempts (run, step, number, at, code, message, trace, raw)
VALUES (:run, :step, :number, :at, :code, :message, :trace, :raw)
ON CONFLICT DO NOTHING;

-- name: attempts.of_run
-- What was tried in a run, in order.
SELECT step, number, at, code, message, trace, raw FROM attempts WHERE run = :run ORDER BY at, number;
