"""Dragoman joins HighLevel conversations and Act-On marketing."""
