"""Conversations that are read, starred, deleted; contacts that are forbidden, assigned, deleted."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig


async def said(rig: Rig) -> tuple[Door, str, str]:
    """A reply that nobody has read; a client, the contact, the conversation's path."""
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    reply = await rig.control.post(
        "/control/highlevel/messages", {"contact_id": contact, "text": "Hi"}
    )
    return highlevel, contact, f"/conversations/{reply.body['message']['conversation_id']}"


async def test_a_conversation_is_read_and_starred(rig: Rig) -> None:
    highlevel, contact, path = await said(rig)
    search = f"/conversations/search?locationId={rig.location}&status="

    reply = await highlevel.put(
        path, {"locationId": rig.location, "unreadCount": 0, "starred": True}
    )
    got = await highlevel.get(path)
    totals = [(await highlevel.get(search + one)).body["total"] for one in ("unread", "starred")]

    assert reply.status == 200
    assert reply.body["success"] is True
    shown = reply.body["conversation"]
    assert (shown["unreadCount"], shown["starred"], shown["lastMessageType"]) == (0, True, 2)
    assert shown["lastMessageDate"] == "2026-09-21T14:13:20.000Z"
    assert got.body["starred"] is True
    assert "unreadCount" not in got.body
    assert totals == [0, 1]
    [entry] = rig.effects("conversation.updated")
    assert entry["content"] == {"unreadCount": 0, "starred": True}
    assert entry["subject"]["contact_id"] == contact


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"unreadCount": 0}, 422, ["locationId should not be empty"]),
        ({"locationId": "L", "archived": True}, 422, ["property archived should not exist"]),
        ({"locationId": "L", "starred": "yes"}, 422, ["starred must be a boolean value"]),
        ({"locationId": "L"}, 403, "The token does not have access to this location."),
    ],
)
async def test_what_an_update_does_not_take(
    rig: Rig, body: dict[str, Any], status: int, message: Any
) -> None:
    highlevel, _, path = await said(rig)

    reply = await highlevel.put(path, body)

    assert (reply.status, reply.body["message"]) == (status, message)
    assert rig.effects("conversation.updated") == []


async def test_a_deleted_conversation_takes_its_messages_along(rig: Rig) -> None:
    highlevel, contact, path = await said(rig)

    reply = await highlevel.delete(path)
    again = await highlevel.delete(path)
    found = await highlevel.get(
        f"/conversations/search?locationId={rig.location}&contactId={contact}"
    )

    assert (reply.status, reply.body["success"]) == (200, True)
    assert again.status == 400
    assert found.body["total"] == 0
    assert rig.world.highlevel.messages == {}
    [entry] = rig.effects("conversation.deleted")
    assert entry["content"] == {"messages": 1}


async def test_a_deleted_contact_leaves_its_address_free(rig: Rig) -> None:
    highlevel, contact, path = await said(rig)

    reply = await highlevel.delete(f"/contacts/{contact}")
    gone = (await highlevel.get(f"/contacts/{contact}"), await highlevel.get(path))
    again = await rig.contact(highlevel, phone="+14155550100")

    assert reply.status == 200
    assert reply.body["succeded"] is reply.body["succeeded"] is True
    assert [one.status for one in gone] == [400, 400]
    assert again != contact
    assert [entry["effect"] for entry in rig.written()][2:4] == [
        "contact.deleted",
        "conversation.deleted",
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"dnd": True},
        {"dndSettings": {"SMS": {"status": "active", "message": "asked on the phone"}}},
        {"dndSettings": {"SMS": {"status": "permanent"}, "Email": {"status": "inactive"}}},
    ],
)
async def test_do_not_disturb_set_by_the_api_forbids_sends(rig: Rig, body: dict[str, Any]) -> None:
    highlevel, contact, _ = await said(rig)
    send = {"type": "SMS", "contactId": contact, "message": "Hello"}

    changed = await highlevel.put(f"/contacts/{contact}", body)
    refused = await highlevel.post("/conversations/messages", send)
    off = {"dnd": False, "dndSettings": {"SMS": {"status": "inactive"}}}
    await highlevel.put(f"/contacts/{contact}", off)
    sent = await highlevel.post("/conversations/messages", send)

    assert changed.status == 200
    assert (refused.status, refused.body["message"]) == (
        400,
        "Cannot send message as DND is active for SMS",
    )
    assert sent.status == 200
    assert [entry["content"] for entry in rig.effects("contact.dnd_set")] == [body, off]


async def test_an_update_assigns_and_replaces_tags(rig: Rig) -> None:
    highlevel, contact, _ = await said(rig)
    user = next(iter(rig.world.highlevel.default_location.users))
    await highlevel.post(f"/contacts/{contact}/tags", {"tags": ["old"]})

    reply = await highlevel.put(f"/contacts/{contact}", {"assignedTo": user, "tags": ["new"]})

    assert reply.body["contact"]["assignedTo"] == user
    assert reply.body["contact"]["tags"] == ["new"]
    assert rig.effects("contact.updated")[0]["content"] == {"assignedTo": user, "tags": ["new"]}


async def test_a_person_can_change_and_remove_a_contact_without_an_effect(rig: Rig) -> None:
    highlevel, contact, _ = await said(rig)
    before = len(rig.written())
    path = f"/control/highlevel/contacts/{contact}"

    changed = await rig.control.put(path, {"firstName": "Bo", "tags": ["vip"]})
    unfit = await rig.control.put(path, {"nickname": "B"})
    shown = (await highlevel.get(f"/contacts/{contact}")).body["contact"]
    removed = await rig.control.delete(path)

    assert changed.body["contact"]["tags"] == ["vip"]
    assert unfit.body["error"] == "property nickname should not exist"
    assert (shown["firstName"], shown["lastUpdatedBy"]["source"]) == ("Bo", "WEB_USER")
    assert removed.body == {"removed": contact}
    assert len(rig.written()) == before
