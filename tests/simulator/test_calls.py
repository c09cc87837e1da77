"""Calls: placed by a person, told by webhook, with a recording at once and a transcript later."""

import io
import wave
from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig

CALLS = "/control/highlevel/calls"
TURNS = [
    {"speaker": "agent", "text": "Good morning. How can I help?"},
    {"speaker": "caller", "text": "I am angry! Nobody calls me back."},
]


async def placed(rig: Rig, **asked: Any) -> tuple[Door, str]:
    """A call of a contact; a client, and the message's id."""
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, phone="+14155550100")
    await rig.subscribe()
    reply = await rig.control.post(CALLS, {"contact_id": contact, **asked})
    assert reply.status == 201, reply.raw
    return highlevel, reply.body["message"]["id"]


def transcript(rig: Rig, message: str, more: str = "") -> str:
    return f"/conversations/locations/{rig.location}/messages/{message}/transcription{more}"


def recording(rig: Rig, message: str) -> str:
    return f"/conversations/messages/{message}/locations/{rig.location}/recording"


async def test_a_call_is_a_message_of_its_own_kind(rig: Rig) -> None:
    highlevel, message = await placed(rig, seconds=61, turns=TURNS)

    shown = (await highlevel.get(f"/conversations/messages/{message}")).body["message"]
    found = await highlevel.get(
        f"/conversations/search?locationId={rig.location}&lastMessageType=TYPE_CALL&status=unread"
    )
    listed = await highlevel.get(
        f"/conversations/{shown['conversationId']}/messages?type=TYPE_CALL"
    )

    assert (shown["messageType"], shown["type"], shown["status"]) == ("TYPE_CALL", 1, "completed")
    assert shown["meta"] == {"call": {"duration": 61, "status": "completed"}}
    assert "body" not in shown
    assert found.body["total"] == 1
    assert [one["id"] for one in listed.body["messages"]["messages"]] == [message]


@pytest.mark.parametrize(
    ("direction", "call_status", "status"),
    [
        ("inbound", "completed", "completed"),
        ("inbound", "voicemail", "voicemail"),
        ("outbound", "voicemail", "completed"),
        ("inbound", "no-answer", "no-answer"),
        ("outbound", "busy", "busy"),
    ],
)
async def test_the_webhook_tells_how_it_ended(
    rig: Rig, direction: str, call_status: str, status: str
) -> None:
    _, message = await placed(rig, direction=direction, status=call_status, seconds=7)

    kind = "InboundMessage" if direction == "inbound" else "OutboundMessage"
    [event] = rig.told(kind)

    assert (event["messageType"], event["messageId"]) == ("CALL", message)
    assert (event["callStatus"], event["status"], event["callDuration"]) == (call_status, status, 7)
    assert "body" not in event
    assert event["from" if direction == "inbound" else "to"] == "+14155550100"


async def test_who_was_on_the_phone_may_be_unknown_when_they_are_called(rig: Rig) -> None:
    first, second = rig.world.highlevel.default_location.users
    await placed(rig)
    [contact] = rig.world.highlevel.contacts
    await rig.control.post(CALLS, {"contact_id": contact, "direction": "outbound"})
    await rig.control.post(CALLS, {"contact_id": contact, "user_id": second})

    told = [one for one in rig.told() if one.get("messageType") == "CALL"]

    assert [one.get("userId") for one in told] == [None, first, second]


async def test_a_recording_is_a_wav_that_opens(rig: Rig) -> None:
    highlevel, message = await placed(rig, turns=TURNS)

    reply = await highlevel.get(recording(rig, message))

    assert (reply.status, reply.headers["content-type"]) == (200, "audio/x-wav")
    assert reply.headers["content-disposition"] == "attachment; filename=audio.wav"
    with wave.open(io.BytesIO(reply.raw)) as sound:
        assert (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) == (8000, 2, 1)
        assert 0.5 < sound.getnframes() / 8000 <= 4
        assert set(sound.readframes(8000)) != {0}


async def test_a_recording_of_a_long_call_is_small(rig: Rig) -> None:
    highlevel, message = await placed(rig, turns=TURNS * 200)

    assert len((await highlevel.get(recording(rig, message))).raw) < 70_000


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed", "canceled"])
async def test_where_nobody_picked_up_there_is_no_recording(rig: Rig, status: str) -> None:
    highlevel, message = await placed(rig, status=status)

    reply = await highlevel.get(recording(rig, message))

    assert (reply.status, reply.body["statusCode"]) == (400, 400)


async def test_a_message_that_is_no_call_has_neither(rig: Rig) -> None:
    highlevel, _ = await placed(rig)
    [contact] = rig.world.highlevel.contacts
    said = await rig.control.post(
        "/control/highlevel/messages", {"contact_id": contact, "text": "Hi"}
    )
    message = said.body["message"]["id"]

    assert (await highlevel.get(recording(rig, message))).status == 400
    assert (await highlevel.get(transcript(rig, message))).status == 404


async def test_a_transcript_comes_later(rig: Rig) -> None:
    highlevel, message = await placed(rig, turns=TURNS, seconds=10)

    early = await highlevel.get(transcript(rig, message))
    rig.clock.advance(8)
    late = await highlevel.get(transcript(rig, message))

    assert (early.status, early.body["statusCode"]) == (404, 404)
    assert late.status == 200
    assert [(one["mediaChannel"], one["transcript"]) for one in late.body] == [
        (1, "Good morning."),
        (1, "How can I help?"),
        (2, "I am angry!"),
        (2, "Nobody calls me back."),
    ]
    assert [one["sentenceIndex"] for one in late.body] == [0, 1, 2, 3]
    assert late.body[0]["startTime"] == 0
    assert late.body[-1]["endTime"] == 10_000
    assert all(
        one["endTime"] == after["startTime"]
        for one, after in zip(late.body, late.body[1:], strict=False)
    )


async def test_each_call_may_have_a_delay_of_its_own(rig: Rig) -> None:
    highlevel, message = await placed(rig, turns=TURNS, transcript_after_seconds=0)

    assert (await highlevel.get(transcript(rig, message))).status == 200


async def test_where_nothing_was_said_there_is_never_a_transcript(rig: Rig) -> None:
    highlevel, message = await placed(rig)
    rig.clock.advance(3600)

    assert (await highlevel.get(transcript(rig, message))).status == 404


@pytest.mark.parametrize("shape", ["wrapped", "single"])
async def test_a_transcript_has_other_shapes_too(rig: Rig, shape: str) -> None:
    rig.world.settings = rig.world.settings.changed({"transcript_shape": shape})
    highlevel, message = await placed(rig, turns=TURNS, transcript_after_seconds=0, seconds=10)

    body = (await highlevel.get(transcript(rig, message))).body

    if shape == "wrapped":
        assert len(body["transcription"]) == 4
    else:
        assert body["transcript"].startswith("Good morning. How can I help? I am angry!")
        assert (body["startTime"], body["endTime"]) == (0, 10_000)
    assert body["traceId"]


async def test_a_transcript_can_be_had_as_text(rig: Rig) -> None:
    highlevel, message = await placed(rig, turns=TURNS, transcript_after_seconds=1)

    early = await highlevel.get(transcript(rig, message, "/download"))
    rig.clock.advance(1)
    reply = await highlevel.get(transcript(rig, message, "/download"))

    assert early.status == 404
    assert reply.headers["content-type"].startswith("text/plain")
    assert reply.headers["content-disposition"] == 'attachment; filename="transcription.txt"'
    assert reply.raw.decode().splitlines()[1] == "Caller: I am angry! Nobody calls me back."


async def test_another_location_and_an_unknown_message_are_refused(rig: Rig) -> None:
    highlevel, message = await placed(rig, turns=TURNS)
    other = await rig.highlevel(location_id="AnotherLocation00000")

    foreign = await other.get(recording(rig, message))
    theirs = await other.get(
        f"/conversations/messages/{message}/locations/AnotherLocation00000/recording"
    )
    unknown = await highlevel.get(recording(rig, "nothing"))

    assert (foreign.status, theirs.status, unknown.status) == (403, 403, 400)
    assert unknown.body["error"] == "Message with id nothing not found"


async def test_recordings_need_their_scope(rig: Rig) -> None:
    _, message = await placed(rig)
    narrow = await rig.highlevel(scopes=["conversations.readonly"])

    assert (await narrow.get(recording(rig, message))).status == 401


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({"contact_id": "nobody"}, 404, "no contact nobody"),
        ({"status": "busy", "turns": TURNS}, 400, "leave out the turns"),
        ({"user_id": "nobody"}, 404, "no user nobody"),
        ({"turns": [{"speaker": "dog", "text": "Wow"}]}, 400, "speaker"),
        ({"status": "ringing"}, 400, "status"),
        ({"length": 3}, 400, "length"),
    ],
)
async def test_a_call_that_cannot_be_is_refused(
    rig: Rig, asked: dict[str, Any], status: int, sentence: str
) -> None:
    contact = await rig.contact(await rig.highlevel(), phone="+14155550100")

    reply = await rig.control.post(CALLS, {"contact_id": contact, **asked})

    assert reply.status == status
    assert sentence in reply.body["error"]
    assert rig.world.highlevel.messages == {}


async def test_a_call_takes_as_long_as_its_words(rig: Rig) -> None:
    await placed(rig, turns=TURNS)
    [contact] = rig.world.highlevel.contacts
    for more in ({"status": "voicemail"}, {"status": "busy"}):
        await rig.control.post(CALLS, {"contact_id": contact, **more})

    told = [one["callDuration"] for one in rig.told("InboundMessage")]

    assert told == [5, 30, 0]
