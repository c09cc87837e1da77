"""Every path of calendars."""

from dragoman.simulator.highlevel.calendars import (
    appointments,
    blocks,
    calendars,
    events,
    free_slots,
    groups,
    notes,
    notifications,
    resources,
    schedules,
)

ROUTES = (
    *(*calendars.ROUTES, *groups.ROUTES, *free_slots.ROUTES),
    *(*appointments.ROUTES, *events.ROUTES, *blocks.ROUTES, *notes.ROUTES),
    *(*resources.ROUTES, *notifications.ROUTES, *schedules.ROUTES),
)
