"""Custom objects and businesses: their fields, their records, and what ties these together."""
