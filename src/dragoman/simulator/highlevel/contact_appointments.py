"""The appointments of one contact, out of all calendars."""

from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel.calendars import views
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.routes import Route

_SHOWN = (
    *("id", "calendarId", "status", "title", "assignedUserId", "notes", "startTime", "endTime"),
    *("address", "locationId", "contactId", "groupId", "appointmentStatus", "users", "dateAdded"),
    *("dateUpdated", "assignedResources"),
)


def every(call: Call) -> Answer:
    """Fewer fields than the calendars' own calls show; the times are local."""
    contact = call.contact(call.params["id"])
    found = [
        views.appointment(call.state, one) for one in call.state.calendars.of_contact(contact.id)
    ]
    listed = [{name: one[name] for name in _SHOWN if name in one} for one in found]
    return call.answer(200, {"events": listed})


ROUTES = (Route("GET", "/contacts/{id}/appointments", every, "contacts.readonly"),)
