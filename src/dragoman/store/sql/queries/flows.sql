-- name: flows.put
-- Arm or pause a flow.
INSERT INTO flows (name, version, state, changed_at) VALUES (:name, :version, :state, :at)
ON CONFLICT (name) DO UPDATE SET version = excluded.version, state = excluded.state, changed_at = excluded.changed_at;

-- name: flows.all
-- Every flow that was ever armed.
SELECT name, version, state, changed_at FROM flows ORDER BY name;

-- name: versions.add
-- Keep the text of a version for as long as runs may need it.
INSERT INTO versions (version, name, file, text, armed_at) VALUES (:version, :name, :file, :text, :at)
ON CONFLICT (version) DO NOTHING;

-- name: versions.all
-- Every version that was ever armed.
SELECT version, name, file, text, armed_at FROM versions ORDER BY armed_at;

-- name: audit.add
-- Record what a person changed.
INSERT INTO audit (at, action, target, detail) VALUES (:at, :action, :target, :detail);
