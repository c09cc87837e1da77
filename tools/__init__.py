"""Scripts of maintainers, not packaged. Run each as `uv run python -m tools.NAME`.

reference      writes the pages that are derived from the code
pages/         how each of them is written
dependencies   writes the table of dependencies, measured on this machine
pictures       takes the pictures of the documentation from real commands
pins           pins every dependency, with hashes
"""
