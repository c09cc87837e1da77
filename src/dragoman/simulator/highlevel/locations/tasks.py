"""The tasks with all contacts of a location."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, tasks
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, NUMBER, TEXT, TEXTS, Kind
from dragoman.simulator.highlevel.records import Contact, Task
from dragoman.simulator.routes import Route

_FIELDS: dict[str, Kind] = {
    "contactId": TEXTS,
    "assignedTo": TEXTS,
    "completed": FLAG,
    "query": TEXT,
    "businessId": TEXT,
    "limit": NUMBER,
    "skip": NUMBER,
}


def search(call: Call) -> Answer:
    """Oldest first: a guess, for the order is documented nowhere."""
    call.check_location(call.params["location"])
    body = call.body(_FIELDS)
    skip, limit = int(body.get("skip", 0)), int(body.get("limit", 25))
    most = call.world.settings.highlevel_page_maximum
    if skip < 0 or not 1 <= limit <= most:
        raise answers.refusal(400, f"limit must be between 1 and {most}")
    found = [
        task
        for contact in call.state.contacts.values()
        if contact.location_id == call.account and _of(contact, body)
        for task in contact.tasks.values()
        if _wanted(task, body)
    ]
    found.sort(key=lambda task: task.added)
    shown = [tasks.shown(task) for task in found[skip : skip + limit]]
    return call.answer(200, {"tasks": shown})


def _of(contact: Contact, body: dict[str, Json]) -> bool:
    wanted, business = body.get("contactId"), body.get("businessId")
    named = not wanted or contact.id in wanted
    return named and business in (None, contact.fields.get("businessId"))


def _wanted(task: Task, body: dict[str, Json]) -> bool:
    text = f"{task.fields.get('title')} {task.fields.get('body') or ''}".casefold()
    users = body.get("assignedTo")
    return (
        (body.get("query") or "").casefold() in text
        and body.get("completed") in (None, task.fields["completed"])
        and (not users or task.fields.get("assignedTo") in users)
    )


ROUTES = (Route("POST", "/locations/{location}/tasks/search", search, "locations/tasks.readonly"),)
