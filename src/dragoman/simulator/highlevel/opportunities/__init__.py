"""Opportunities: contacts on their way through a pipeline."""
