"""What every floor may use: errors, time, ids, randomness, JSON, secrets."""
