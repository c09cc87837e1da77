"""What belongs to a location: itself, its fields, values, tags, templates, tasks and forms."""
