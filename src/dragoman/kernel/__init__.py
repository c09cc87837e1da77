"""What every floor may use: errors, time, ids, randomness, JSON, secrets. Knows nothing of vendors or flows."""
