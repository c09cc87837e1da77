"""Messages and calls that happened elsewhere, and what their providers tell of them."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig

HERE = "/conversations/messages"


async def opened(rig: Rig) -> tuple[Door, dict[str, Any]]:
    """A client, and the ids that a log needs."""
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100", email="bo@example.com")
    there = rig.world.highlevel.conversation_of(contact)
    assert there is not None
    provider = rig.world.highlevel.default_location.provider
    return highlevel, {
        "contactId": contact,
        "conversationId": there.id,
        "conversationProviderId": provider,
    }


async def test_a_message_from_elsewhere_is_unread_and_told(rig: Rig) -> None:
    highlevel, ids = await opened(rig)
    await rig.subscribe()

    reply = await highlevel.post(f"{HERE}/inbound", {**ids, "type": "SMS", "message": "Hello"})

    there = await highlevel.get(f"/conversations/{ids['conversationId']}")
    assert reply.status == 200
    assert reply.body["message"] == "Hello"
    assert there.body["unreadCount"] == 1
    assert [one["body"] for one in rig.told("InboundMessage")] == ["Hello"]
    assert rig.effects("message.sent") == []
    assert len(rig.effects("message.logged")) == 1


async def test_what_came_long_ago_stands_where_its_date_puts_it(rig: Rig) -> None:
    highlevel, ids = await opened(rig)
    await highlevel.post(f"{HERE}/inbound", {**ids, "type": "SMS", "message": "Today"})

    old = {**ids, "type": "SMS", "message": "Long ago", "date": "2026-01-02T03:04:05.000Z"}
    reply = await highlevel.post(f"{HERE}/inbound", old)
    listed = await highlevel.get(f"/conversations/{ids['conversationId']}/messages")

    assert reply.body["dateAdded"] == "2026-01-02T03:04:05.000Z"
    found = listed.body["messages"]["messages"]
    assert [one["body"] for one in found] == ["Today", "Long ago"]


async def test_the_contact_alone_is_enough(rig: Rig) -> None:
    highlevel, ids = await opened(rig)

    told = {"type": "WhatsApp", "contactId": ids["contactId"], "message": "Hello"}
    reply = await highlevel.post(f"{HERE}/inbound", told)

    assert reply.body["conversationId"] == ids["conversationId"]


async def test_an_e_mail_keeps_its_thread(rig: Rig) -> None:
    highlevel, ids = await opened(rig)
    mail = {**ids, "type": "Email", "html": "<p>Yes</p>", "emailMessageId": "thread"}

    reply = await highlevel.post(f"{HERE}/inbound", {**mail, "subject": "Re: Thursday"})
    found = await highlevel.get(f"{HERE}/email/{reply.body['emailMessageId']}")

    assert found.body["threadId"] == "thread"
    assert (found.body["body"], found.body["subject"]) == ("<p>Yes</p>", "Re: Thursday")
    assert found.body["from"] == "bo@example.com"


async def test_a_provider_of_somebody_elses_is_an_error_of_the_server(rig: Rig) -> None:
    highlevel, ids = await opened(rig)
    told = {**ids, "type": "Custom", "message": "x", "conversationProviderId": "not mine"}

    assert (await highlevel.post(f"{HERE}/inbound", told)).status == 500
    assert rig.effects("message.logged") == []


async def test_a_channel_of_ones_own_without_its_provider_is_a_201_with_nothing_in_it(
    rig: Rig,
) -> None:
    highlevel, ids = await opened(rig)
    del ids["conversationProviderId"]

    reply = await highlevel.post(f"{HERE}/inbound", {**ids, "type": "Custom", "message": "x"})

    assert (reply.status, reply.raw) == (201, b"")
    assert rig.effects("message.logged") == []


async def test_a_logged_call_has_no_recording_and_takes_files(rig: Rig) -> None:
    highlevel, ids = await opened(rig)
    del ids["contactId"]
    reply = await highlevel.post(
        f"{HERE}/outbound", {**ids, "type": "Call", "call": {"status": "voicemail"}}
    )
    message = reply.body["messageId"]

    changed = await highlevel.put(f"{HERE}/{message}/attachments", {"attachments": ["a", "b"]})
    found = (await highlevel.get(f"{HERE}/{message}")).body["message"]
    sound = await highlevel.get(f"{HERE}/{message}/locations/{rig.location}/recording")

    assert changed.status == 200
    assert (found["messageType"], found["type"]) == ("TYPE_CUSTOM_CALL", 34)
    assert found["attachments"] == ["a", "b"]
    assert sound.status == 400


async def test_other_messages_take_no_files_afterwards(rig: Rig) -> None:
    highlevel, ids = await opened(rig)
    text = await highlevel.post(f"{HERE}/inbound", {**ids, "type": "SMS", "message": "x"})
    path = f"{HERE}/{text.body['messageId']}/attachments"

    assert (await highlevel.put(path, {"attachments": ["a"]})).status == 403
    assert (await highlevel.put(path, {"attachments": list("abcdef")})).status == 422
    assert (await highlevel.put(f"{HERE}/x/attachments", {"attachments": ["a"]})).status == 404


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("inbound", {"type": "Fax"}, "type must be one of the following values"),
        ("inbound", {"type": "SMS"}, "conversationId should not be empty"),
        ("inbound", {"type": "SMS", "status": "x"}, "property status should not exist"),
        ("outbound", {"type": "SMS"}, "conversationId should not be empty"),
        ("outbound", {"type": "Call", "message": "x"}, "property message should not exist"),
    ],
)
async def test_what_does_not_fit_is_named(
    rig: Rig, path: str, body: dict[str, Any], said: str
) -> None:
    highlevel, _ = await opened(rig)

    reply = await highlevel.post(f"{HERE}/{path}", body)

    assert reply.status == 422
    assert any(one.startswith(said) for one in reply.body["message"])


async def test_a_state_is_told_by_the_provider_and_not_at_once(rig: Rig) -> None:
    highlevel, ids = await opened(rig)
    custom = {**ids, "type": "Custom", "message": "Hello"}
    del custom["conversationId"]
    sent = (await highlevel.post(HERE, custom)).body["messageId"]
    path = f"{HERE}/{sent}/status"

    early = await highlevel.put(path, {"status": "read"})
    rig.clock.advance(5)
    later = await highlevel.put(path, {"status": "read"})
    found = await highlevel.get(f"{HERE}/{sent}")

    assert early.status == 403
    assert early.body["message"] == "No conversation provider found for this message"
    assert later.status == 200
    assert found.body["message"]["status"] == "read"


async def test_of_what_went_another_way_nobody_tells_a_state(rig: Rig) -> None:
    highlevel, ids = await opened(rig)
    text = {"type": "SMS", "contactId": ids["contactId"], "message": "Hello"}
    sent = (await highlevel.post(HERE, text)).body["messageId"]
    rig.clock.advance(60)

    reply = await highlevel.put(f"{HERE}/{sent}/status", {"status": "read"})
    incomplete = await highlevel.put(f"{HERE}/{sent}/status", {"status": "failed", "error": {}})

    assert reply.status == 403
    assert incomplete.status == 422


async def test_only_a_review_can_be_replied_to(rig: Rig) -> None:
    highlevel, ids = await opened(rig)
    said = {
        "locationId": rig.location,
        "conversationId": ids["conversationId"],
        "message": "Thanks",
    }

    reply = await highlevel.post(f"{HERE}/review-reply", said)

    assert (reply.status, reply.body["message"]) == (400, "Conversation does not have a review")


async def test_an_e_mail_that_is_not_there(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    assert (await highlevel.get(f"{HERE}/email/nothing")).status == 400
