"""Tasks that come again. The first may be made at once; later ones are not pretended."""

from dragoman.kernel.clock import SECOND, Millis, iso, millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, events
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import (
    FLAG,
    MOMENT,
    NUMBER,
    OBJECT,
    TEXT,
    TEXTS,
    Kind,
    between,
    one_of,
    problems,
)
from dragoman.simulator.highlevel.locations import finding
from dragoman.simulator.highlevel.locations.holdings import Thing
from dragoman.simulator.highlevel.records import Task
from dragoman.simulator.routes import Route

_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("title", "description"), TEXT),
    **dict.fromkeys(("contactIds", "owners"), TEXTS),
    "rruleOptions": OBJECT,
    "ignoreTaskCreation": FLAG,
}
_RULE: dict[str, Kind] = {
    "intervalType": one_of("yearly", "monthly", "weekly", "daily", "hourly"),
    "dayOfWeek": one_of("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    **dict.fromkeys(("startDate", "endDate"), MOMENT),
    **dict.fromkeys(("interval", "dayOfMonth", "monthOfYear", "count"), NUMBER),
    "dueAfterSeconds": between(0, 10**9),
    "createTaskIfOverDue": FLAG,
}
_RULED = ("intervalType", "interval", "startDate", "dueAfterSeconds")


def create(call: Call) -> Answer:
    own = finding.own(call)
    body = _read(call, required=("title", "rruleOptions"))
    at_once = body.pop("ignoreTaskCreation", False) is not True
    fields = {"description": "", "deleted": False, "totalOccurrence": 0, **body}
    one = call.state.estate.add(own.recurring_tasks, "recurring task", fields)
    call.record("recurring_task.created", {"recurring_task_id": one.id}, body)
    if at_once:
        _occur(call, one)
    return call.created({"recurringTask": _shown(call, one)})


def get(call: Call) -> Answer:
    return call.answer(200, {"recurringTask": _shown(call, _find(call))})


def update(call: Call) -> Answer:
    one = _find(call)
    body = _read(call, required=())
    at_once = body.pop("ignoreTaskCreation", True) is not True
    one.fields, one.updated = {**one.fields, **body}, call.now
    call.record("recurring_task.updated", {"recurring_task_id": one.id}, body)
    if at_once:
        _occur(call, one)
    return call.answer(200, {"recurringTask": _shown(call, one)})


def delete(call: Call) -> Answer:
    one = _find(call)
    del finding.own(call).recurring_tasks[one.id]
    call.record("recurring_task.deleted", {"recurring_task_id": one.id}, {})
    return call.answer(200, {"id": one.id, "success": True})


def _read(call: Call, required: tuple[str, ...]) -> dict[str, Json]:
    body = call.body(_FIELDS, required)
    if "rruleOptions" in body:
        wrong = problems(body["rruleOptions"], _RULE, _RULED)
        if wrong:
            raise answers.unprocessable([f"rruleOptions.{problem}" for problem in wrong])
    for contact_id in body.get("contactIds", ()):
        call.contact(contact_id)
    return body


def _occur(call: Call, one: Thing) -> None:
    """Make a task with each contact, due so long after the start, or after now if that is past."""
    rule = one.fields["rruleOptions"]
    begins: Millis = max(millis(rule["startDate"]), call.now)
    owner = next(iter(one.fields.get("owners", ())), None)
    fields = {
        "title": one.fields["title"],
        "body": one.fields["description"],
        "dueDate": iso(begins + round(rule["dueAfterSeconds"] * SECOND)),
        "completed": False,
        **({"assignedTo": owner} if owner else {}),
    }
    for contact_id in one.fields.get("contactIds", ()):
        contact = call.contact(contact_id)
        task = Task(call.world.mint.word("task"), contact.id, call.now, dict(fields))
        contact.tasks[task.id] = task
        call.record("task.created", {"task_id": task.id, **contact.subject()}, fields)
        events.of_task(call.world, "TaskCreate", contact, task)
    one.fields["totalOccurrence"] += 1


def _find(call: Call) -> Thing:
    return finding.one(finding.own(call).recurring_tasks, "Recurring task", call.params["id"])


def _shown(call: Call, one: Thing) -> Json:
    """Of several contacts and owners the description shows one each: the first."""
    shown = {name: value for name, value in one.fields.items() if name not in _FIELDS}
    shown |= {name: one.fields[name] for name in ("title", "description", "rruleOptions")}
    for name, several in (("contactId", "contactIds"), ("assignedTo", "owners")):
        if one.fields.get(several):
            shown[name] = one.fields[several][0]
    return {
        "id": one.id,
        **shown,
        "locationId": call.account,
        "createdAt": iso(one.added),
        "updatedAt": iso(one.updated),
    }


_HERE = "/locations/{location}/recurring-tasks"
ROUTES = (
    Route("POST", _HERE, create),
    Route("GET", f"{_HERE}/{{id}}", get),
    Route("PUT", f"{_HERE}/{{id}}", update),
    Route("DELETE", f"{_HERE}/{{id}}", delete),
)
"""Their scope is named nowhere."""
