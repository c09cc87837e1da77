"""HighLevel's messages: no key against doubles, consent checked at the door, a walking status."""

from typing import Any

import pytest

from tests.simulator.conftest import START, Rig

SEND = "/conversations/messages"
CHANNELS = ("SMS", "RCS", "Email", "WhatsApp", "IG", "FB", "Custom", "Live_Chat", "TIKTOK")


async def test_the_same_send_twice_is_two_messages_in_the_ledger(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    body = {"type": "SMS", "contactId": contact, "message": "Hello"}

    first, second = await highlevel.post(SEND, body), await highlevel.post(SEND, body)
    sent = rig.effects("message.sent")

    assert first.status == 200
    assert set(first.body) == {"conversationId", "messageId", "traceId"}
    assert first.body["messageId"] != second.body["messageId"]
    assert [entry["content"] for entry in sent] == [{"type": "SMS", "text": "Hello"}] * 2
    assert {entry["subject"]["contact_id"] for entry in sent} == {contact}
    assert [entry["request"] for entry in sent] == [first.body["traceId"], second.body["traceId"]]


async def test_a_location_in_a_send_is_an_unknown_property(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")

    reply = await highlevel.post(
        SEND,
        {"type": "SMS", "contactId": contact, "message": "Hello", "locationId": rig.location},
    )

    assert (reply.status, reply.body["message"]) == (
        422,
        ["property locationId should not exist"],
    )
    assert rig.effects("message.sent") == []


@pytest.mark.parametrize(
    ("dnd", "refused"),
    [
        ({"channel": "SMS", "status": "active"}, True),
        ({"channel": "SMS", "status": "permanent"}, True),
        ({"channel": "SMS", "status": "inactive"}, False),
        ({"channel": "Email", "status": "active"}, False),
        ({"channel": "all", "status": "active"}, True),
        ({"channel": "all", "status": "inactive"}, False),
    ],
)
async def test_do_not_disturb_blocks_a_send(rig: Rig, dnd: dict[str, str], refused: bool) -> None:  # noqa: FBT001  # a parameter of the table above
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    await rig.control.post(f"/control/highlevel/contacts/{contact}/dnd", dnd)

    reply = await highlevel.post(SEND, {"type": "SMS", "contactId": contact, "message": "Hello"})

    assert len(rig.effects("message.sent")) == (0 if refused else 1)
    assert reply.body.get("message") == (
        "Cannot send message as DND is active for SMS" if refused else None
    )
    assert reply.status == (400 if refused else 200)


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"type": "SMS", "message": "Hello"}, 400, "Missing phone number"),
        (
            {"type": "Email", "html": "<p>Hello</p>"},
            400,
            "Unable to send e-mail, contact's e-mail is invalid",
        ),
        (
            {"type": "Email", "message": "Hello"},
            422,
            ["There is no message or attachments for this message. Skip sending."],
        ),
        ({"message": "Hello"}, 422, ["type should not be empty"]),
        (
            {"type": "Fax", "message": "Hello"},
            422,
            ["type must be one of the following values: " + ", ".join(CHANNELS)],
        ),
    ],
)
async def test_what_cannot_be_sent_is_refused(
    rig: Rig, body: dict[str, Any], status: int, message: str | list[str]
) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, name="Bo Example")

    reply = await highlevel.post(SEND, {"contactId": contact, **body})

    assert (reply.status, reply.body["message"]) == (status, message)


async def test_a_message_walks_from_pending_to_delivered(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    sent = await highlevel.post(SEND, {"type": "SMS", "contactId": contact, "message": "Hello"})

    walk = []
    for step in (0.0, 1.0, 2.0):
        rig.clock.advance(step)
        reply = await highlevel.get(f"{SEND}/{sent.body['messageId']}")
        walk.append(reply.body["message"]["status"])

    assert walk == ["pending", "sent", "delivered"]


async def test_a_scheduled_send_waits_for_its_time(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    later = START // 1000 + 60
    sent = await highlevel.post(
        SEND,
        {"type": "SMS", "contactId": contact, "message": "Hi", "scheduledTimestamp": later},
    )

    walk = []
    for step in (0, 60, 3):
        rig.clock.advance(step)
        reply = await highlevel.get(f"{SEND}/{sent.body['messageId']}")
        walk.append(reply.body["message"]["status"])

    assert walk == ["scheduled", "pending", "delivered"]
    [scheduled], [done] = rig.effects("message.scheduled"), rig.effects("message.sent")
    assert scheduled["content"]["scheduled"] == done["at"] == later * 1000
    assert scheduled["subject"] == done["subject"]


async def test_an_email_has_a_second_id_and_keeps_its_text_elsewhere(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")

    sent = await highlevel.post(
        SEND,
        {"type": "Email", "contactId": contact, "html": "<p>Hello</p>", "subject": "News"},
    )
    got = await highlevel.get(f"{SEND}/{sent.body['messageId']}")
    message = got.body["message"]

    assert message["meta"]["email"]["messageIds"] == [sent.body["emailMessageId"]]
    assert "body" not in message
    assert (message["messageType"], message["type"]) == ("TYPE_EMAIL", 3)


async def test_message_lists_are_wrapped_and_paged_newest_first(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    sent = [
        await highlevel.post(SEND, {"type": "SMS", "contactId": contact, "message": f"No. {n}"})
        for n in range(3)
    ]
    path = f"/conversations/{sent[0].body['conversationId']}/messages?limit=2"

    first = (await highlevel.get(path)).body["messages"]
    second = (await highlevel.get(f"{path}&lastMessageId={first['lastMessageId']}")).body[
        "messages"
    ]

    assert [one["body"] for one in first["messages"]] == ["No. 2", "No. 1"]
    assert [one["body"] for one in second["messages"]] == ["No. 0"]
    assert (first["nextPage"], second["nextPage"]) == (True, False)


async def test_message_lists_can_be_narrowed_by_type(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100", email="bo@example.com")
    await highlevel.post(SEND, {"type": "SMS", "contactId": contact, "message": "Hello"})
    sent = await highlevel.post(
        SEND, {"type": "Email", "contactId": contact, "html": "<p>Hello</p>"}
    )

    reply = await highlevel.get(
        f"/conversations/{sent.body['conversationId']}/messages?type=TYPE_EMAIL,TYPE_CALL"
    )

    assert [one["messageType"] for one in reply.body["messages"]["messages"]] == ["TYPE_EMAIL"]


async def test_sending_makes_the_conversation_where_there_is_none(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    rig.world.highlevel.forget_conversation(contact)

    reply = await highlevel.post(SEND, {"type": "SMS", "contactId": contact, "message": "Hello"})
    made = rig.effects("conversation.created")[-1]

    assert reply.status == 200
    assert made["subject"]["conversation_id"] == reply.body["conversationId"]
    assert made["content"] == {"because": "message.sent"}
