"""The journal and every other table: SQL in the open, one port, shared commits."""
