"""How HighLevel shows an opportunity and its contact."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel.calendars import views as calendar_views
from dragoman.simulator.highlevel.opportunities.records import Opportunity
from dragoman.simulator.highlevel.records import Contact
from dragoman.simulator.highlevel.state import HighLevel

_FIELDS = "name monetaryValue pipelineId pipelineStageId status source assignedTo lostReasonId"


def opportunity(
    state: HighLevel,
    one: Opportunity,
    *,
    notes: bool = False,
    tasks: bool = False,
    appointments: bool = False,
) -> dict[str, Json]:
    """What was never set is left out; what belongs to the contact is shown if it is asked for."""
    shown = {name: one.fields.get(name) for name in _FIELDS.split()}
    contact = state.contacts.get(one.contact_id)
    of_contact: dict[str, Json] = {"notes": [], "tasks": [], "calendarEvents": []}
    if contact is not None:
        shown["contact"] = _contact(contact)
        if notes:
            of_contact["notes"] = [
                {"id": note.id, **note.fields} for note in contact.notes.values()
            ]
        if tasks:
            of_contact["tasks"] = [
                {"id": task.id, **task.fields} for task in contact.tasks.values()
            ]
        if appointments:
            of_contact["calendarEvents"] = [
                calendar_views.appointment(state, event)
                for event in state.calendars.of_contact(contact.id)
            ]
    return {
        **{name: value for name, value in shown.items() if value is not None},
        "id": one.id,
        "contactId": one.contact_id,
        "locationId": one.location_id,
        "followers": list(one.followers),
        "customFields": [
            {"id": key, "fieldValue": value} for key, value in one.custom_fields.items()
        ],
        "indexVersion": "1",
        "lastStatusChangeAt": iso(one.status_changed),
        "lastStageChangeAt": iso(one.stage_changed),
        "lastActionDate": iso(one.updated),
        "createdAt": iso(one.added),
        "updatedAt": iso(one.updated),
        **of_contact,
    }


def _contact(contact: Contact) -> Json:
    return {
        "id": contact.id,
        "name": contact.name,
        "companyName": contact.fields.get("companyName") or "",
        "email": contact.email,
        "phone": contact.phone,
        "tags": list(contact.tags),
    }
