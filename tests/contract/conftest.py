"""Leaves out what needs the vendors' descriptions where they are not at hand."""

from tests.contract.published import SHARED

# Absent, they are missed once, by test_descriptions.py, and not by every test.
collect_ignore_glob = (
    [] if SHARED.is_dir() else ["test_highlevel*.py", "test_acton*.py", "test_pretended*.py"]
)
