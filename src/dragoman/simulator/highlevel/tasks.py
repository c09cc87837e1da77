"""Tasks that somebody of the location's staff has with a contact."""

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer, Refusal
from dragoman.simulator.highlevel import answers, events
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import FLAG, MOMENT, TEXT, Kind
from dragoman.simulator.highlevel.records import Contact, Task
from dragoman.simulator.routes import Route

FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("title", "body", "assignedTo"), TEXT),
    "dueDate": MOMENT,
    "completed": FLAG,
}


def every(call: Call) -> Answer:
    contact = call.contact(call.params["id"])
    return call.answer(200, {"tasks": [shown(task) for task in contact.tasks.values()]})


def create(call: Call) -> Answer:
    contact = call.contact(call.params["id"])
    body = call.body(FIELDS, required=("title", "dueDate", "completed"))
    task = Task(call.world.mint.word("task"), contact.id, call.now, body)
    contact.tasks[task.id] = task
    call.record("task.created", _subject(contact, task), body)
    events.of_task(call.world, "TaskCreate", contact, task)
    return call.created({"task": shown(task)})


def get(call: Call) -> Answer:
    _, task = _find(call)
    return call.answer(200, {"task": shown(task)})


def update(call: Call) -> Answer:
    contact, task = _find(call)
    return _change(call, contact, task, call.body(FIELDS))


def complete(call: Call) -> Answer:
    contact, task = _find(call)
    return _change(call, contact, task, call.body({"completed": FLAG}, required=("completed",)))


def delete(call: Call) -> Answer:
    contact, task = _find(call)
    del contact.tasks[task.id]
    call.record("task.deleted", _subject(contact, task), {})
    events.of_task(call.world, "TaskDelete", contact, task)
    return call.answer(200, answers.succeeded())


def _change(call: Call, contact: Contact, task: Task, body: dict[str, Json]) -> Answer:
    """Of changes only the completing is told by a webhook."""
    done = body.get("completed") is True and not task.fields["completed"]
    task.fields = {**task.fields, **body}
    call.record("task.updated", _subject(contact, task), body)
    if done:
        events.of_task(call.world, "TaskComplete", contact, task)
    return call.answer(200, {"task": shown(task)})


def _find(call: Call) -> tuple[Contact, Task]:
    """A missing task is a 400 with nothing but its sentence, as recorded."""
    contact = call.contact(call.params["id"])
    task = contact.tasks.get(call.params["task"])
    if task is None:
        raise Refusal(400, {"error": f"Task with id {call.params['task']} not found"})
    return contact, task


def _subject(contact: Contact, task: Task) -> Json:
    return {"task_id": task.id, **contact.subject()}


def shown(task: Task) -> Json:
    return {"id": task.id, "contactId": task.contact_id, **task.fields}


ROUTES = (
    Route("GET", "/contacts/{id}/tasks", every, "contacts.readonly"),
    Route("POST", "/contacts/{id}/tasks", create, "contacts.write"),
    Route("GET", "/contacts/{id}/tasks/{task}", get, "contacts.readonly"),
    Route("PUT", "/contacts/{id}/tasks/{task}", update, "contacts.write"),
    Route("DELETE", "/contacts/{id}/tasks/{task}", delete, "contacts.write"),
    Route("PUT", "/contacts/{id}/tasks/{task}/completed", complete, "contacts.write"),
)
