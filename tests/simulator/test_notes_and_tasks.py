"""Notes and tasks of a contact: the whole life of each, and what is said where they are not."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig

TASK = {"title": "Call back", "dueDate": "2026-09-22T09:00:00Z", "completed": False}


async def opened(rig: Rig) -> tuple[Door, str]:
    """A client, and the path of a contact."""
    highlevel = await rig.highlevel()
    return highlevel, f"/contacts/{await rig.contact(highlevel, email='bo@example.com')}"


async def test_the_life_of_a_note(rig: Rig) -> None:
    highlevel, contact = await opened(rig)

    made = await highlevel.post(f"{contact}/notes", {"body": "Called", "pinned": False})
    await highlevel.post(f"{contact}/notes", {"body": "Called again"})
    path = f"{contact}/notes/{made.body['note']['id']}"
    changed = await highlevel.put(path, {"body": "Called at noon"})
    got = await highlevel.get(path)
    listed = await highlevel.get(f"{contact}/notes")
    deleted = await highlevel.delete(path)
    gone = await highlevel.get(path)

    assert (made.status, changed.status) == (201, 200)
    assert got.body["note"] == changed.body["note"]
    assert got.body["note"]["bodyText"] == "Called at noon"
    assert [one["body"] for one in listed.body["notes"]] == ["Called again", "Called at noon"]
    assert deleted.body["succeded"] is deleted.body["succeeded"] is True
    assert (gone.status, gone.body["status"]) == (400, 400)
    assert [
        (entry["effect"], entry["content"]) for entry in rig.written() if "note" in entry["effect"]
    ] == [
        ("note.created", {"body": "Called", "pinned": False}),
        ("note.created", {"body": "Called again"}),
        ("note.updated", {"body": "Called at noon"}),
        ("note.deleted", {}),
    ]
    assert rig.effects("note.created")[0]["subject"]["email"] == "bo@example.com"


async def test_the_life_of_a_task(rig: Rig) -> None:
    highlevel, contact = await opened(rig)

    made = await highlevel.post(f"{contact}/tasks", TASK)
    path = f"{contact}/tasks/{made.body['task']['id']}"
    await highlevel.put(path, {"body": "She is angry"})
    done = await highlevel.put(f"{path}/completed", {"completed": True})
    got = await highlevel.get(path)
    listed = await highlevel.get(f"{contact}/tasks")
    await highlevel.delete(path)
    gone = await highlevel.get(path)

    assert made.status == 201
    assert made.body["task"]["completed"] is False
    assert done.body["task"] == got.body["task"] == listed.body["tasks"][0]
    assert got.body["task"] | TASK | {"completed": True, "body": "She is angry"} == got.body["task"]
    assert gone.status == 400
    assert gone.body.keys() == {"error", "traceId"}
    assert [
        (entry["effect"], entry["content"]) for entry in rig.written() if "task" in entry["effect"]
    ] == [
        ("task.created", TASK),
        ("task.updated", {"body": "She is angry"}),
        ("task.updated", {"completed": True}),
        ("task.deleted", {}),
    ]


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("notes", {}, ["body should not be empty"]),
        ("notes", {"body": "x", "author": "Bo"}, ["property author should not exist"]),
        ("notes", {"body": 1}, ["body must be a string"]),
        ("tasks", {"title": "x", "completed": False}, ["dueDate should not be empty"]),
        ("tasks", {**TASK, "completed": "no"}, ["completed must be a boolean value"]),
        ("tasks", {**TASK, "dueDate": "soon"}, ["dueDate must be a valid ISO 8601 date string"]),
        ("tasks", {**TASK, "contactId": "x"}, ["property contactId should not exist"]),
    ],
)
async def test_what_does_not_fit_is_named(
    rig: Rig, path: str, body: dict[str, Any], message: list[str]
) -> None:
    highlevel, contact = await opened(rig)

    reply = await highlevel.post(f"{contact}/{path}", body)

    assert (reply.status, reply.body["message"]) == (422, message)


@pytest.mark.parametrize("path", ["notes", "tasks", "notes/x", "tasks/x"])
async def test_of_a_contact_that_is_not_there(rig: Rig, path: str) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.get(f"/contacts/nobody/{path}")

    assert (reply.status, reply.body["error"]) == (400, "Contact with id nobody not found")


async def test_scopes_are_those_of_contacts(rig: Rig) -> None:
    _, contact = await opened(rig)
    reader = await rig.highlevel(scopes=["contacts.readonly"])

    assert (await reader.get(f"{contact}/notes")).status == 200
    assert (await reader.post(f"{contact}/notes", {"body": "x"})).status == 401
    assert (await reader.post(f"{contact}/tasks", TASK)).status == 401
