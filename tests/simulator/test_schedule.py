"""Messages to be sent later: shown, sent in time, or taken back before."""

from typing import Any

import pytest

from tests.simulator.conftest import START, Door, Reply, Rig

SEND = "/conversations/messages"


async def scheduled(rig: Rig, **more: Any) -> tuple[Door, Reply]:
    """A message for in a minute, to somebody with phone and e-mail."""
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100", email="bo@example.com")
    body = {"type": "SMS", "contactId": contact, "message": "Hi"} | more
    sent = await highlevel.post(SEND, {"scheduledTimestamp": START // 1000 + 60, **body})
    assert sent.status == 200, sent.raw
    return highlevel, sent


async def test_one_that_is_taken_back_is_never_sent(rig: Rig) -> None:
    highlevel, sent = await scheduled(rig)
    path = f"{SEND}/{sent.body['messageId']}"
    await rig.subscribe()

    cancelled = await highlevel.delete(f"{path}/schedule")
    gone = await highlevel.get(path)
    listed = await highlevel.get(f"/conversations/{sent.body['conversationId']}/messages")
    rig.clock.advance(3600)
    await highlevel.get(path)

    assert (cancelled.status, cancelled.body["status"]) == (200, 200)
    assert gone.status == 400
    assert listed.body["messages"]["messages"] == []
    [entry] = rig.effects("message.schedule_cancelled")
    assert entry["content"]["text"] == "Hi"
    assert rig.effects("message.sent") == rig.told() == []


async def test_an_email_is_taken_back_by_its_other_id(rig: Rig) -> None:
    highlevel, sent = await scheduled(rig, type="Email", html="<p>Hi</p>")

    by_message = await highlevel.delete(f"{SEND}/{sent.body['messageId']}/schedule")
    by_email = await highlevel.delete(f"{SEND}/email/{sent.body['emailMessageId']}/schedule")

    assert (by_message.status, by_email.status) == (404, 200)
    assert len(rig.effects("message.schedule_cancelled")) == 1


@pytest.mark.parametrize("hidden", [False, True])
async def test_what_was_sent_cannot_be_taken_back(rig: Rig, *, hidden: bool) -> None:
    changes = {"cancel_failures_answer_200": hidden}
    rig.world.settings = rig.world.settings.changed(changes)
    highlevel, sent = await scheduled(rig)
    rig.clock.advance(60)

    late = await highlevel.delete(f"{SEND}/{sent.body['messageId']}/schedule")
    unknown = await highlevel.delete(f"{SEND}/nothing/schedule")

    assert late.status == unknown.status == (200 if hidden else 404)
    assert late.body["status"] == unknown.body["status"] == 404
    assert late.body["message"] == "Failed cancel the scheduled message"
    assert len(rig.effects("message.sent")) == 1


async def test_somebody_elses_cannot_be_taken_back(rig: Rig) -> None:
    _, sent = await scheduled(rig)
    other = await rig.highlevel(location_id="AnotherLocation00000")

    assert (await other.delete(f"{SEND}/{sent.body['messageId']}/schedule")).status == 403


async def test_a_time_that_has_passed_is_no_schedule(rig: Rig) -> None:
    await scheduled(rig, scheduledTimestamp=START // 1000 - 60)

    assert rig.effects("message.scheduled") == []
    assert "scheduled" not in rig.effects("message.sent")[0]["content"]


async def test_who_does_not_want_it_any_more_when_the_time_comes_is_not_sent_to(rig: Rig) -> None:
    highlevel, sent = await scheduled(rig)
    [contact] = rig.world.highlevel.contacts
    await highlevel.put(f"/contacts/{contact}", {"dndSettings": {"SMS": {"status": "active"}}})

    rig.clock.advance(60)
    shown = (await highlevel.get(f"{SEND}/{sent.body['messageId']}")).body["message"]

    assert shown["status"] == "failed"
    assert rig.effects("message.sent") == []
    assert "DND is active" in rig.effects("message.refused")[0]["content"]["because"]


async def test_until_it_is_sent_it_is_not_the_last_message(rig: Rig) -> None:
    highlevel, sent = await scheduled(rig)
    path = f"/conversations/search?locationId={rig.location}"

    before = (await highlevel.get(path)).body["conversations"][0]
    rig.clock.advance(60)
    after = (await highlevel.get(path)).body["conversations"][0]

    assert (before["lastMessageType"], after["lastMessageType"]) == ("TYPE_NO_SHOW", "TYPE_SMS")
    assert sent.body["conversationId"] == after["id"]


@pytest.mark.parametrize("gone", ["contacts", "conversations"])
async def test_with_the_conversation_it_goes(rig: Rig, gone: str) -> None:
    highlevel, sent = await scheduled(rig)
    [contact] = rig.world.highlevel.contacts
    thing = contact if gone == "contacts" else sent.body["conversationId"]

    await highlevel.delete(f"/{gone}/{thing}")
    rig.clock.advance(60)
    await rig.control.get("/control/state")

    assert rig.effects("message.sent") == []
