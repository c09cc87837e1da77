"""HighLevel (GoHighLevel, LeadConnector). Knows nothing of other vendors."""
