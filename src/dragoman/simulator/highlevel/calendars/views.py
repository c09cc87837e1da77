"""How HighLevel shows what stands in calendars."""

from zoneinfo import ZoneInfo

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel.calendars import hours
from dragoman.simulator.highlevel.calendars.records import AppointmentNote, Event, Record, Schedule
from dragoman.simulator.highlevel.state import HighLevel

SOURCE = "third_party"
"""How an appointment says that an app has booked it."""


def zone(state: HighLevel, location_id: str) -> ZoneInfo:
    """Where a location is: its calendars are open and write times by the clock there."""
    return ZoneInfo(state.estate.of(location_id).profile["timezone"])


def record(one: Record) -> dict[str, Json]:
    """What was never set is left out."""
    shown = {name: value for name, value in one.fields.items() if value is not None}
    return {"id": one.id, "locationId": one.location_id, **shown}


def schedule(one: Schedule) -> dict[str, Json]:
    return {
        **record(one),
        "dateAdded": iso(one.added),
        "dateUpdated": iso(one.updated),
        "deleted": False,
    }


def booked(state: HighLevel, one: Event) -> dict[str, Json]:
    """What booking and changing answer; live bodies say the status twice, once misspelt."""
    names = "title calendarId contactId appointmentStatus assignedUserId address rrule"
    return {
        **{name: one.fields[name] for name in names.split() if one.fields.get(name) is not None},
        "id": one.id,
        "locationId": one.location_id,
        **span(state, one),
        "meetingLocationType": one.fields.get("meetingLocationType") or "custom",
        "isRecurring": bool(one.fields.get("rrule")),
        "appoinmentStatus": one.fields["appointmentStatus"],
        "status": "booked",
    }


def appointment(state: HighLevel, one: Event) -> dict[str, Json]:
    """What a get and the lists show."""
    shown: dict[str, Json] = {
        **booked(state, one),
        **times(state, one),
        "users": [],
        "notes": one.fields.get("description") or "",
        "description": one.fields.get("description") or "",
        "assignedUserId": one.user_id,
        "address": one.fields.get("address") or "",
        "assignedResources": [],
        "createdBy": {"userId": "", "source": SOURCE},
    }
    return {**shown, "masterEventId": one.master_id} if one.master_id else shown


def blocked(state: HighLevel, one: Event) -> dict[str, Json]:
    return {
        "id": one.id,
        "title": one.fields.get("title") or "",
        "locationId": one.location_id,
        "calendarId": one.calendar_id,
        "assignedUserId": one.user_id,
        **times(state, one),
        "users": [],
    }


def times(state: HighLevel, one: Event) -> dict[str, Json]:
    """When it is, when it was written, and the group of its calendar."""
    calendar = state.calendars.calendars.get(one.calendar_id)
    here = zone(state, one.location_id)
    return {
        "groupId": (calendar.fields.get("groupId") if calendar else None) or "",
        **span(state, one),
        "dateAdded": hours.text(one.added, here),
        "dateUpdated": hours.text(one.updated, here),
    }


def span(state: HighLevel, one: Event) -> dict[str, Json]:
    here = zone(state, one.location_id)
    return {"startTime": hours.text(one.start, here), "endTime": hours.text(one.end, here)}


def note(state: HighLevel, event: Event, one: AppointmentNote) -> dict[str, Json]:
    user = state.location(event.location_id).users.get(str(one.fields.get("userId")))
    return {
        **one.fields,
        "id": one.id,
        "contactId": event.contact_id,
        "dateAdded": iso(one.added),
        "createdBy": {"id": user.id, "name": user.name} if user else {"id": one.by, "name": ""},
    }
