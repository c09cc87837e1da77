"""Act-On. Knows nothing of other vendors."""
