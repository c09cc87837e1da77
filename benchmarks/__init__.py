"""Measures, side by side in one run: `uv run python -m benchmarks.NAME [--json]`."""
