"""Calendars, what is booked in them, and when they are open."""
