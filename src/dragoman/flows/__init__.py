"""The flow language: YAML to steps, expressions, checks with line and column, the next move."""
