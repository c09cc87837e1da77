"""From an event to runs, and from a run to calls that happen once."""
