-- name: events.add
-- Store an event; one that is known already changes nothing and gives no row.
INSERT INTO events (id, type, source, subject, time, connection, environment, via, data, state, reason, received_at)
VALUES (:id, :type, :source, :subject, :time, :connection, :environment, :via, :data, :state, :reason, :received_at)
ON CONFLICT (id) DO NOTHING
RETURNING seq;

-- name: events.route
-- Say that an event has been looked at, and what came of it.
UPDATE events SET state = :state, reason = :reason WHERE id = :id AND state = 'new';

-- name: events.unrouted
-- Events that nobody has looked at, oldest first.
SELECT seq, id, type, source, subject, time, connection, environment, via, data, state, reason, received_at
FROM events WHERE state = 'new' AND seq > :after ORDER BY seq LIMIT :limit;

-- name: events.get
-- One event, by its id or the beginning of it.
SELECT seq, id, type, source, subject, time, connection, environment, via, data, state, reason, received_at
FROM events WHERE id >= :id AND id < :id || x'7f' ORDER BY id LIMIT 2;

-- name: events.list
-- Events by state and type, newest first.
SELECT seq, id, type, source, subject, time, connection, environment, via, data, state, reason, received_at
FROM events
WHERE (:state = '' OR state = :state) AND (:type = '' OR type = :type) AND (:subject = '' OR subject = :subject)
ORDER BY seq DESC LIMIT :limit;

-- name: events.count
-- How many events there are in each state.
SELECT state, count(*) FROM events GROUP BY state;
