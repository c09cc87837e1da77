"""Sends one request for one connection: limits, deadlines, caps, redaction. Knows no vendor."""
