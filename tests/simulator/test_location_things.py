"""Tags, tasks, templates and values of a location."""

from typing import Any

import pytest

from tests.simulator.conftest import Rig


async def test_a_tag_has_one_name_in_whatever_case(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    await rig.contact(highlevel, email="bo@example.com", tags=["New"])
    path = f"/locations/{rig.location}/tags"

    listed = await highlevel.get(path)
    taken = await highlevel.post(path, {"name": "NEW"})
    made = await highlevel.post(path, {"name": "Old"})
    same = await highlevel.put(f"{path}/{made.body['tag']['id']}", {"name": "OLD"})
    clash = await highlevel.put(f"{path}/{made.body['tag']['id']}", {"name": "new"})

    assert [one["name"] for one in listed.body["tags"]] == ["New"]
    assert (taken.status, clash.status) == (400, 400)
    assert (made.status, same.body["tag"]["name"]) == (200, "OLD")
    assert (await highlevel.get(f"{path}/none")).body["error"] == "Tag with id none not found"


async def test_a_tag_that_is_deleted_stays_with_whom_it_has(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com", tags=["New"])
    path = f"/locations/{rig.location}/tags"
    (tag,) = (await highlevel.get(path)).body["tags"]

    deleted = await highlevel.delete(f"{path}/{tag['id']}")

    assert deleted.body["succeded"] is True
    assert (await highlevel.get(path)).body["tags"] == []
    assert (await highlevel.get(f"/contacts/{contact}")).body["contact"]["tags"] == ["New"]


async def test_the_tasks_of_all_contacts_are_searched(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, email="bo@example.com")
    ann = await rig.contact(highlevel, email="ann@example.com")
    user = next(iter(rig.world.highlevel.default_location.users))
    for contact, title, more in (
        (bo, "Call", {"assignedTo": user}),
        (bo, "Write", {"body": "About the call"}),
        (ann, "Visit", {"completed": True}),
    ):
        task = {"title": title, "dueDate": "2026-10-01T09:00:00Z", "completed": False, **more}
        await highlevel.post(f"/contacts/{contact}/tasks", task)

    async def titles(**asked: Any) -> list[str]:
        reply = await highlevel.post(f"/locations/{rig.location}/tasks/search", asked)
        return [one["title"] for one in reply.body["tasks"]]

    assert await titles() == ["Call", "Write", "Visit"]
    assert await titles(contactId=[ann]) == ["Visit"]
    assert await titles(assignedTo=[user]) == ["Call"]
    assert await titles(query="call") == ["Call", "Write"]
    assert await titles(completed=True) == ["Visit"]
    assert await titles(skip=1, limit=1) == ["Write"]
    refused = await highlevel.post(f"/locations/{rig.location}/tasks/search", {"limit": 101})
    assert refused.status == 400


RULE = {
    "intervalType": "weekly",
    "interval": 1,
    "startDate": "2020-01-01T00:00:00Z",
    "dueAfterSeconds": 60,
}


async def test_a_recurring_task_makes_its_first_task_unless_it_shall_not(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, email="bo@example.com")
    path = f"/locations/{rig.location}/recurring-tasks"
    asked = {"title": "Call", "contactIds": [bo], "rruleOptions": RULE}

    made = await highlevel.post(path, asked)
    later = await highlevel.post(path, {**asked, "ignoreTaskCreation": True})
    tasks = (await highlevel.get(f"/contacts/{bo}/tasks")).body["tasks"]

    assert (made.status, made.body["recurringTask"]["totalOccurrence"]) == (201, 1)
    assert made.body["recurringTask"]["contactId"] == bo
    assert later.body["recurringTask"]["totalOccurrence"] == 0
    assert [one["title"] for one in tasks] == ["Call"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"rruleOptions": {}}, "rruleOptions.interval should not be empty"),
        ({"rruleOptions": {**RULE, "intervalType": "hourlyish"}}, "intervalType must be one of"),
        ({"rruleOptions": {**RULE, "startDate": "soon"}}, "startDate must be a valid ISO 8601"),
    ],
)
async def test_a_rule_that_is_none_is_refused(rig: Rig, more: dict[str, Any], message: str) -> None:
    highlevel = await rig.highlevel()
    path = f"/locations/{rig.location}/recurring-tasks"

    reply = await highlevel.post(path, {"title": "Call", "rruleOptions": RULE, **more})

    assert reply.status == 422
    assert any(message in one for one in reply.body["message"])


async def test_templates_that_are_deleted_are_listed_where_they_are_asked_for(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    path = f"/locations/{rig.location}/templates"
    origin = f"originId={rig.location}"
    everything = await highlevel.get(f"{path}?{origin}")
    first = everything.body["templates"][0]["id"]

    await highlevel.delete(f"{path}/{first}")
    left = await highlevel.get(f"{path}?{origin}")
    deleted = await highlevel.get(f"{path}?{origin}&deleted=true")
    bare = await highlevel.get(path)

    assert (everything.body["totalCount"], left.body["totalCount"]) == (2, 1)
    assert [one["id"] for one in deleted.body["templates"]] == [first]
    assert (bare.status, bare.body["message"]) == (422, ["originId should not be empty"])


async def test_a_custom_value_keeps_its_key_when_it_gets_another_name(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    path = f"/locations/{rig.location}/customValues"

    made = await highlevel.post(path, {"name": "Opening hours", "value": "9-5"})
    one = f"{path}/{made.body['customValue']['id']}"
    changed = await highlevel.put(one, {"name": "Hours", "value": "10-6"})
    wrong_case = await highlevel.get(path.lower())

    assert made.status == 201
    assert changed.body["customValue"]["fieldKey"] == "{{ custom_values.opening_hours }}"
    assert (wrong_case.status, wrong_case.body["message"]) == (401, "Invalid JWT")
    assert (await highlevel.put(one, {"name": "Hours"})).status == 422


async def test_everything_is_the_tokens_own_location(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    elsewhere = "/locations/AnotherLocation00000"

    for path in ("tags", "customFields", "customValues", "templates", "timezones"):
        reply = await highlevel.get(f"{elsewhere}/{path}")
        assert (reply.status, path) == (403, path)
