"""Calendars, their groups, rooms, notifications and schedules: what is kept, what is refused."""

from typing import Any

import pytest

from tests.simulator.booking import calendar, staff
from tests.simulator.conftest import Rig

GROUP = {"name": "Visits", "description": "", "slug": "visits"}
ROOM = {"name": "Blue", "description": "", "quantity": 1, "outOfService": 0, "capacity": 4}
RULE = {"receiverType": "contact", "channel": "email", "notificationType": "booked"}


async def test_a_calendar_has_the_vendors_defaults_and_can_be_a_draft(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    made = await calendar(rig, highlevel)
    draft = await calendar(rig, highlevel, isActive=False)
    got = (await highlevel.get(f"/calendars/{made}")).body["calendar"]
    every = await highlevel.get(f"/calendars/?locationId={rig.location}")
    shown = await highlevel.get(f"/calendars/?locationId={rig.location}&showDrafted=false")

    assert (got["slotDuration"], got["slotDurationUnit"], got["autoConfirm"]) == (30, "mins", True)
    assert (got["calendarType"], got["eventTitle"]) == ("event", "{{contact.name}}")
    assert [one["id"] for one in every.body["calendars"]] == [made, draft]
    assert [one["id"] for one in shown.body["calendars"]] == [made]


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"name": ""}, 422, ["name should not be empty"]),
        ({"colour": "red"}, 422, ["property colour should not exist"]),
        (
            {"slotDurationUnit": "days"},
            422,
            ["slotDurationUnit must be one of the following values: mins, hours"],
        ),
        (
            {"calendarType": "round_robin"},
            422,
            ["teamMembers are required for calendars of type round_robin"],
        ),
        (
            {"calendarType": "personal", "teamMembers": [{"userId": "a"}, {"userId": "b"}]},
            422,
            ["a personal calendar must have exactly one team member"],
        ),
        ({"slug": "taken"}, 400, "Slug is already taken"),
        ({"locationId": "another"}, 403, "The token does not have access to this location."),
    ],
)
async def test_a_calendar_that_cannot_be_is_refused(
    rig: Rig, body: dict[str, Any], status: int, message: Any
) -> None:
    highlevel = await rig.highlevel()
    await calendar(rig, highlevel, slug="taken")

    reply = await highlevel.post("/calendars/", {"locationId": rig.location, "name": "New", **body})

    assert (reply.status, reply.body["message"]) == (status, message)
    assert len(rig.effects("calendar.created")) == 1


@pytest.mark.parametrize(
    "body", [{"groupId": "none"}, {"teamMembers": [{"userId": "nobody"}]}], ids=["group", "user"]
)
async def test_a_calendar_belongs_to_what_is_there(rig: Rig, body: dict[str, Any]) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.post("/calendars/", {"locationId": rig.location, "name": "New", **body})

    assert (reply.status, reply.body["status"]) == (400, 400)
    assert reply.body["error"].endswith("not found")


async def test_what_a_calendar_is_cannot_be_changed_later(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    made = await calendar(rig, highlevel)

    reply = await highlevel.put(f"/calendars/{made}", {"calendarType": "personal"})

    assert reply.body["message"] == ["property calendarType should not exist"]


async def test_a_group_that_goes_leaves_its_calendars(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    said = {"locationId": rig.location, **GROUP, "description": "All"}
    group = (await highlevel.post("/calendars/groups", said)).body["group"]["id"]
    made = await calendar(rig, highlevel, groupId=group)
    again = await highlevel.post("/calendars/groups", said)

    gone = await highlevel.delete(f"/calendars/groups/{group}")
    got = await highlevel.get(f"/calendars/{made}")

    assert (again.status, again.body["message"]) == (400, "Slug is already taken")
    assert gone.body["success"] is True
    assert "groupId" not in got.body["calendar"]
    assert (await highlevel.delete(f"/calendars/groups/{group}")).status == 400


async def test_a_group_is_changed_with_all_three_fields(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    said = {"locationId": rig.location, **GROUP, "description": "All"}
    group = (await highlevel.post("/calendars/groups", said)).body["group"]["id"]

    reply = await highlevel.put(f"/calendars/groups/{group}", {"name": "Calls"})

    assert reply.body["message"] == ["description should not be empty", "slug should not be empty"]


async def test_equipment_is_for_one_calendar_and_a_room_for_several(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    service = {"calendarType": "service_booking", "teamMembers": [{"userId": staff(rig)[0]}]}
    one, two = [await calendar(rig, highlevel, **service) for _ in range(2)]
    plain = await calendar(rig, highlevel)
    said = {"locationId": rig.location, **ROOM}

    async def made(kind: str, *calendars: str) -> int:
        body = {**said, "calendarIds": list(calendars)}
        return (await highlevel.post(f"/calendars/resources/{kind}", body)).status

    assert [await made("rooms", one, two), await made("rooms", one)] == [201, 201]
    assert [await made("equipments", one), await made("equipments", one)] == [201, 400]
    assert [await made("equipments", one, two), await made("rooms", plain)] == [400, 400]
    assert await made("cars", one) == 422


async def test_resources_come_by_type_as_a_bare_list_by_pages(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    for name in ("Blue", "Red", "Green"):
        body = {"locationId": rig.location, **ROOM, "name": name, "calendarIds": []}
        await highlevel.post("/calendars/resources/rooms", body)
    there = f"/calendars/resources/rooms?locationId={rig.location}"

    page = await highlevel.get(f"{there}&limit=2&skip=1")
    without = await highlevel.get(there)
    other = await highlevel.get(f"/calendars/resources/equipments/{page.body[0]['id']}")

    assert [one["name"] for one in page.body] == ["Red", "Green"]
    assert (without.status, without.body["message"]) == (422, ["limit must be a number string"])
    assert other.status == 400


async def test_a_change_of_a_room_is_answered_without_its_calendars(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    body = {"locationId": rig.location, **ROOM, "calendarIds": []}
    made = (await highlevel.post("/calendars/resources/rooms", body)).body

    changed = await highlevel.put(f"/calendars/resources/rooms/{made['id']}", {"capacity": 9})

    assert (changed.body["capacity"], "calendarIds" in changed.body) == (9, False)
    assert made["calendarIds"] == []


async def test_notifications_are_made_several_at_once_or_not_at_all(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    there = f"/calendars/{await calendar(rig, highlevel)}/notifications"

    wrong = await highlevel.post(there, [RULE, {**RULE, "channel": "pigeon"}])
    bare = await highlevel.post(there, RULE)
    none = await highlevel.get(there)
    made = await highlevel.post(
        there, [RULE, {**RULE, "channel": "sms", "fromNumber": "+14155550190"}]
    )
    await highlevel.delete(f"{there}/{made.body[0]['_id']}")
    left = await highlevel.get(f"{there}?deleted=false")
    every = await highlevel.get(there)

    assert (wrong.status, bare.status, none.body) == (422, 400, [])
    assert made.status == 200
    assert [one["channel"] for one in left.body] == ["sms"]
    assert [one["deleted"] for one in every.body] == [True, False]
    assert "fromNumber" not in every.body[1]


async def test_a_schedule_that_is_not_there_is_a_404(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    replies = [
        await highlevel.get("/calendars/schedules/none"),
        await highlevel.put("/calendars/schedules/none", {"name": "x"}),
        await highlevel.delete("/calendars/schedules/none"),
        await highlevel.delete("/calendars/schedules/none/associations/none"),
    ]

    assert {(one.status, one.body["message"]) for one in replies} == {(404, "Schedule not found")}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"timezone": "Mars/Olympus"}, ["timezone must be an IANA timezone"]),
        (
            {"rules": [{"type": "wday", "intervals": []}]},
            ["rules.0 must have a type, and its day or date"],
        ),
        (
            {
                "rules": [
                    {
                        "type": "date",
                        "date": "2026-09-21",
                        "intervals": [{"from": "9", "to": "25:00"}],
                    }
                ]
            },
            ["rules.0.intervals must be in HH:MM format"],
        ),
    ],
)
async def test_a_schedule_that_makes_no_sense_is_refused(
    rig: Rig, body: dict[str, Any], message: list[str]
) -> None:
    highlevel = await rig.highlevel()
    usual = {"locationId": rig.location, "userId": staff(rig)[0], "name": "Early"}

    reply = await highlevel.post(
        "/calendars/schedules", {**usual, "timezone": "America/New_York", **body}
    )

    assert (reply.status, reply.body["message"]) == (422, message)


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/calendars/", "calendars.readonly"),
        ("/calendars/groups", "calendars/groups.readonly"),
        ("/calendars/events", "calendars/events.readonly"),
        ("/calendars/resources/rooms", "calendars/resources.readonly"),
    ],
)
async def test_each_part_has_a_scope_of_its_own(rig: Rig, path: str, scope: str) -> None:
    without = await rig.highlevel(scopes=["contacts.readonly"])
    with_it = await rig.highlevel(scopes=[scope])

    assert (await without.get(path)).status == 401
    assert (await with_it.get(path)).status == 403
