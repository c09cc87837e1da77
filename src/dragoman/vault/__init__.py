"""Sealing and opening of credentials."""
