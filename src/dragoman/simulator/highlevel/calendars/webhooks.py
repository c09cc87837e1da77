"""What HighLevel tells of an appointment; of times that are blocked it tells nothing."""

from dragoman.simulator.highlevel import events
from dragoman.simulator.highlevel.calendars import views
from dragoman.simulator.highlevel.calendars.records import Event
from dragoman.simulator.world import World

_FIELDS = """
    id address title calendarId contactId groupId appointmentStatus assignedUserId users notes
    startTime endTime dateAdded dateUpdated
"""


def tell(world: World, kind: str, one: Event) -> None:
    """`AppointmentCreate`, `AppointmentUpdate` or `AppointmentDelete`, its fields in one object."""
    shown = views.appointment(world.highlevel, one)
    appointment = {name: shown.get(name) for name in _FIELDS.split()}
    appointment["source"] = views.SOURCE
    events.publish(world, kind, one.location_id, {"appointment": appointment})
