"""What lies where in a workspace folder."""

FILE = "dragoman.yaml"
"""Its accounts and habits; what has none is no workspace."""
