"""Which happenings HighLevel tells by webhook, whoever caused them, and with which fields."""

from typing import Any

import pytest

from tests.simulator.conftest import START, Door, Rig

CONTACTS = "/control/highlevel/contacts"
SEND = "/conversations/messages"


def kinds(rig: Rig) -> list[str]:
    return [one["type"] for one in rig.told()]


def bare(event: dict[str, Any]) -> dict[str, Any]:
    """An event without its envelope."""
    envelope = {"type", "locationId", "companyId", "appId", "versionId", "timestamp", "webhookId"}
    return {name: value for name, value in event.items() if name not in envelope}


async def known(rig: Rig, **fields: Any) -> tuple[Door, str]:
    """A contact from before the subscription."""
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, **{"phone": "+14155550100", **fields})
    await rig.subscribe()
    return highlevel, contact


async def test_a_new_contact_is_told_by_the_api_and_by_a_person_alike(rig: Rig) -> None:
    await rig.subscribe()
    fields = {"firstName": "Bo", "email": "bo@example.com", "tags": ["new"]}
    await rig.contact(await rig.highlevel(), **fields)
    await rig.control.post(CONTACTS, {**fields, "email": "ann@example.com"})

    first, second = (bare(one) for one in rig.told("ContactCreate"))

    assert kinds(rig) == ["ContactCreate", "ContactCreate"]
    assert first == {
        "id": first["id"],
        "firstName": "Bo",
        "name": "Bo",
        "email": "bo@example.com",
        "dateAdded": "2026-09-21T14:13:20.000Z",
        "dnd": False,
        "tags": ["new"],
        "customFields": [],
        "attachments": [],
    }
    assert first.keys() == second.keys()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"firstName": "Bo"}, ["ContactUpdate"]),
        ({"customFields": [{"id": "color", "field_value": "red"}]}, ["ContactUpdate"]),
        ({"tags": ["vip"]}, ["ContactTagUpdate"]),
        ({"dnd": True}, ["ContactDndUpdate"]),
        ({"dndSettings": {"SMS": {"status": "active"}}}, ["ContactDndUpdate"]),
        ({"city": "Oslo", "tags": ["vip"]}, ["ContactUpdate", "ContactTagUpdate"]),
        ({"phone": "+14155550100", "tags": []}, []),
    ],
)
async def test_each_kind_of_change_is_an_event_of_its_own(
    rig: Rig, body: dict[str, Any], told: list[str]
) -> None:
    highlevel, contact = await known(rig)

    await highlevel.put(f"/contacts/{contact}", body)
    by_api = kinds(rig)
    other = await rig.control.post(CONTACTS, {"phone": "+14155550101"})
    await rig.control.put(
        f"{CONTACTS}/{other.body['contact']['id']}", body | {"phone": "+14155550101"}
    )

    assert by_api == told
    assert kinds(rig) == [*told, "ContactCreate", *told]


async def test_an_upsert_that_finds_somebody_tells_a_change(rig: Rig) -> None:
    highlevel, _ = await known(rig, email="bo@example.com")
    body = {"locationId": rig.location, "email": "bo@example.com", "firstName": "Bo"}

    await highlevel.post("/contacts/upsert", body)
    await highlevel.post("/contacts/upsert", body)

    assert kinds(rig) == ["ContactUpdate"]


async def test_tags_added_and_removed_are_told_where_that_changes_something(rig: Rig) -> None:
    highlevel, contact = await known(rig)
    path = f"/contacts/{contact}/tags"

    for method, tag in (("POST", "vip"), ("POST", "VIP"), ("DELETE", "vip"), ("DELETE", "x")):
        await highlevel.call(method, path, json={"tags": [tag]})

    assert [one["tags"] for one in rig.told("ContactTagUpdate")] == [["vip"], []]
    assert len(rig.told()) == 2


async def test_do_not_disturb_tells_its_settings(rig: Rig) -> None:
    _, contact = await known(rig)

    await rig.control.post(f"{CONTACTS}/{contact}/dnd", {"channel": "SMS", "status": "active"})
    await rig.control.post(f"{CONTACTS}/{contact}/dnd", {"channel": "all"})

    first, second = rig.told("ContactDndUpdate")
    assert (first["dnd"], second["dnd"]) == (False, True)
    assert first["dndSettings"]["SMS"]["status"] == "active"


async def test_a_contact_that_goes_is_told_once(rig: Rig) -> None:
    highlevel, contact = await known(rig)
    other = await rig.contact(highlevel, email="ann@example.com")

    await highlevel.delete(f"/contacts/{contact}")
    await rig.control.delete(f"{CONTACTS}/{other}")

    assert [one["id"] for one in rig.told("ContactDelete")] == [contact, other]


async def test_a_message_that_comes_in_is_told_with_the_number_of_unread(rig: Rig) -> None:
    _, contact = await known(rig)

    sent = await rig.control.post(
        "/control/highlevel/messages", {"contact_id": contact, "text": "Yes"}
    )
    message, unread = rig.told()

    assert bare(message) == {
        "attachments": [],
        "body": "Yes",
        "contactId": contact,
        "contentType": "text/plain",
        "conversationId": sent.body["message"]["conversation_id"],
        "dateAdded": "2026-09-21T14:13:20.000Z",
        "direction": "inbound",
        "from": "+14155550100",
        "messageId": sent.body["message"]["id"],
        "messageType": "SMS",
        "messageTypeId": 2,
        "messageTypeString": "TYPE_SMS",
        "status": "delivered",
        "to": "+14155550190",
    }
    assert unread["type"] == "ConversationUnreadUpdate"
    assert (unread["contactId"], unread["unreadCount"]) == (contact, 1)


async def test_an_email_that_comes_in_has_subject_and_thread(rig: Rig) -> None:
    _, contact = await known(rig, email="bo@example.com")

    await rig.control.post(
        "/control/highlevel/messages",
        {"contact_id": contact, "text": "<p>Yes</p>", "channel": "Email", "subject": "Re: Hello"},
    )

    [event] = rig.told("InboundMessage")
    assert (event["messageType"], event["subject"]) == ("Email", "Re: Hello")
    assert (event["from"], event["to"]) == ("bo@example.com", "desk@example.com")
    assert event["threadId"] == event["emailMessageId"] != event["messageId"]


async def test_a_message_that_goes_out_is_told_and_leaves_the_unread_alone(rig: Rig) -> None:
    highlevel, contact = await known(rig)
    await rig.control.post("/control/highlevel/messages", {"contact_id": contact, "text": "Hi"})

    sent = await highlevel.post(SEND, {"type": "SMS", "contactId": contact, "message": "Hello"})
    rig.clock.advance(60)
    read = await highlevel.get(f"/conversations/{sent.body['conversationId']}")

    [event] = rig.told("OutboundMessage")
    assert (event["messageId"], event["body"]) == (sent.body["messageId"], "Hello")
    assert (event["direction"], event["source"]) == ("outbound", "api")
    assert read.body["unreadCount"] == 1
    assert kinds(rig) == ["InboundMessage", "ConversationUnreadUpdate", "OutboundMessage"]


async def test_a_refused_send_tells_nothing(rig: Rig) -> None:
    highlevel, contact = await known(rig)
    await highlevel.put(f"/contacts/{contact}", {"dndSettings": {"SMS": {"status": "active"}}})

    refused = await highlevel.post(SEND, {"type": "SMS", "contactId": contact, "message": "Hello"})

    assert refused.status == 400
    assert kinds(rig) == ["ContactDndUpdate"]


async def test_notes_and_tasks_are_told(rig: Rig) -> None:
    highlevel, contact = await known(rig)
    note = await highlevel.post(f"/contacts/{contact}/notes", {"body": "Called twice"})
    task = await highlevel.post(
        f"/contacts/{contact}/tasks",
        {"title": "Call back", "dueDate": "2026-09-22T09:00:00Z", "completed": False},
    )
    tasks = f"/contacts/{contact}/tasks/{task.body['task']['id']}"
    await highlevel.put(f"{tasks}/completed", {"completed": True})
    await highlevel.put(f"{tasks}/completed", {"completed": True})
    await highlevel.delete(tasks)
    await highlevel.delete(f"/contacts/{contact}/notes/{note.body['note']['id']}")

    assert kinds(rig) == ["NoteCreate", "TaskCreate", "TaskComplete", "TaskDelete", "NoteDelete"]
    assert bare(rig.told()[0]) == {
        "id": note.body["note"]["id"],
        "body": "Called twice",
        "contactId": contact,
        "dateAdded": "2026-09-21T14:13:20.000Z",
    }
    assert rig.told()[1]["dueDate"] == "2026-09-22T09:00:00Z"


async def test_reading_a_conversation_is_told_once(rig: Rig) -> None:
    highlevel, contact = await known(rig)
    said = await rig.control.post(
        "/control/highlevel/messages", {"contact_id": contact, "text": "Hi"}
    )
    path = f"/conversations/{said.body['message']['conversation_id']}"

    for _ in range(2):
        await highlevel.put(path, {"locationId": rig.location, "unreadCount": 0})
    await highlevel.put(path, {"locationId": rig.location, "starred": True})

    assert [one["unreadCount"] for one in rig.told("ConversationUnreadUpdate")] == [1, 0]


async def test_no_webhook_tells_that_a_message_arrived(rig: Rig) -> None:
    highlevel, contact = await known(rig)
    sent = await highlevel.post(SEND, {"type": "SMS", "contactId": contact, "message": "Hello"})

    rig.clock.advance(3600)
    got = await highlevel.get(f"{SEND}/{sent.body['messageId']}")

    assert got.body["message"]["status"] == "delivered"
    assert kinds(rig) == ["OutboundMessage"]


async def test_a_scheduled_message_is_told_when_it_is_sent(rig: Rig) -> None:
    highlevel, contact = await known(rig)
    body = {"type": "SMS", "contactId": contact, "message": "Hi"}
    await highlevel.post(SEND, {**body, "scheduledTimestamp": START // 1000 + 60})

    before = kinds(rig)
    rig.clock.advance(60)
    await rig.receiver.wait_for(1)

    assert (before, kinds(rig)) == ([], ["OutboundMessage"])
