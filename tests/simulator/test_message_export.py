"""The export of messages: one moment, seen through cursors that live two minutes."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.simulator.conftest import Door, Rig


async def opened(rig: Rig, texts: int) -> tuple[Door, str]:
    """A client, and the path of an export of so many texts."""
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100", email="bo@example.com")
    for number in range(texts):
        rig.clock.advance(1)
        await send(highlevel, contact, message=f"Text {number}")
    return highlevel, f"/conversations/messages/export?locationId={rig.location}"


async def send(highlevel: Door, contact: str, **content: Any) -> Any:
    said = {"type": "SMS", "contactId": contact, **content}
    reply = await highlevel.post("/conversations/messages", said)
    assert reply.status == 200, reply.raw
    return reply.body


async def test_pages_follow_each_other_without_gaps(rig: Rig) -> None:
    highlevel, path = await opened(rig, 25)

    page = (await highlevel.get(f"{path}&limit=10")).body
    seen = [one["body"] for one in page["messages"]]
    for _ in range(2):
        cursor = quote(page["nextCursor"])
        page = (await highlevel.get(f"{path}&limit=10&cursor={cursor}")).body
        seen += [one["body"] for one in page["messages"]]

    assert seen == [f"Text {number}" for number in reversed(range(25))]
    assert (page["nextCursor"], page["total"]) == (None, 25)


async def test_what_comes_meanwhile_is_not_in_an_export_that_has_begun(rig: Rig) -> None:
    highlevel, path = await opened(rig, 12)
    first = (await highlevel.get(f"{path}&limit=10")).body
    contact = first["messages"][0]["contactId"]

    await send(highlevel, contact, message="Late")
    second = (await highlevel.get(f"{path}&limit=10&cursor={quote(first['nextCursor'])}")).body

    assert [one["body"] for one in second["messages"]] == ["Text 1", "Text 0"]
    assert second["total"] == 12


async def test_a_cursor_lives_two_minutes_from_the_last_page(rig: Rig) -> None:
    highlevel, path = await opened(rig, 31)
    cursor = (await highlevel.get(f"{path}&limit=10")).body["nextCursor"]
    for _ in range(2):
        rig.clock.advance(119)
        page = await highlevel.get(f"{path}&limit=10&cursor={quote(cursor)}")
        assert page.status == 200
        cursor = page.body["nextCursor"]
    rig.clock.advance(120)

    late = await highlevel.get(f"{path}&limit=10&cursor={quote(cursor)}")

    assert (late.status, late.body["message"]) == (400, "Invalid or expired cursor")


@pytest.mark.parametrize("cursor", ["nonsense", "bm9uc2Vuc2U=", "eyJwaXRJZCI6ICJ4In0="])
async def test_a_cursor_that_is_none_is_refused(rig: Rig, cursor: str) -> None:
    highlevel, path = await opened(rig, 0)

    assert (await highlevel.get(f"{path}&cursor={cursor}")).status == 400


async def test_e_mails_come_only_when_they_are_asked_for(rig: Rig) -> None:
    highlevel, path = await opened(rig, 1)
    listed = (await highlevel.get(path)).body["messages"]
    mail = await send(highlevel, listed[0]["contactId"], type="Email", html="<p>Hello</p>")

    texts = (await highlevel.get(path)).body["messages"]
    mails = (await highlevel.get(f"{path}&channel=Email")).body["messages"]

    assert [one["messageType"] for one in texts] == ["TYPE_SMS"]
    assert [one["id"] for one in mails] == [mail["messageId"]]
    assert "body" not in mails[0]


async def test_a_message_moves_when_its_state_changes(rig: Rig) -> None:
    highlevel, path = await opened(rig, 2)
    rig.clock.advance(1.5)

    found = (await highlevel.get(f"{path}&sortBy=updatedAt&sortOrder=asc")).body["messages"]

    assert [(one["body"], one["status"]) for one in found] == [
        ("Text 0", "sent"),
        ("Text 1", "sent"),
    ]
    assert all(one["dateUpdated"] > one["dateAdded"] for one in found)


async def test_dates_are_those_of_the_making(rig: Rig) -> None:
    highlevel, path = await opened(rig, 3)
    middle = (await highlevel.get(path)).body["messages"][1]["dateAdded"]

    since = (await highlevel.get(f"{path}&startDate={middle}")).body
    until = (await highlevel.get(f"{path}&endDate={middle}")).body

    assert [one["body"] for one in since["messages"]] == ["Text 2", "Text 1"]
    assert [one["body"] for one in until["messages"]] == ["Text 1", "Text 0"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=9", 400),
        ("limit=501", 400),
        ("channel=Fax", 422),
        ("sortBy=size", 422),
        ("sortOrder=up", 422),
        ("startDate=soon", 400),
    ],
)
async def test_what_does_not_fit_is_refused_and_not_clamped(
    rig: Rig, query: str, status: int
) -> None:
    highlevel, path = await opened(rig, 0)

    assert (await highlevel.get(f"{path}&{query}")).status == status


async def test_another_location_is_not_exported(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.get("/conversations/messages/export?locationId=elsewhere")

    assert reply.status == 403
