"""What is found at HighLevel by asking: each thing once, and nothing from before the arming."""

from pathlib import Path
from typing import Any

from dragoman.wiring import Parts
from tests.engine import people
from tests.engine.listening import listen
from tests.engine.rig import Rig


async def met(rig: Rig, parts: Parts) -> None:
    del parts
    for number, name in enumerate(("bo", "ann")):
        contact = await people.known(rig, f"{name}@example.com", phone=f"+1415555010{number}")
        await people.reply(rig, contact, "Hello")


async def contacts(rig: Rig) -> dict[str, str]:
    """Ids by address."""
    said = await rig.control("GET", "/control/highlevel/contacts")
    return {one["email"]: one["id"] for one in said["contacts"]}


def test_each_status_of_a_message_is_an_event_of_e_mails_as_well(tmp_path: Path) -> None:
    async def write(rig: Rig, parts: Parts) -> None:
        to = (await contacts(rig))["bo@example.com"]
        for kind, more in (("SMS", {"message": "Hi"}), ("Email", {"html": "Hi", "subject": "Hi"})):
            given = {"type": kind, "contactId": to, **more}
            await parts.direct.call("highlevel.messages.send", given, None)

    trigger = "highlevel.message.status_changed"
    slowly: dict[str, Any] = {"sent_after_seconds": 8.0, "delivered_after_seconds": 16.0}
    found = listen(tmp_path, trigger, write, met, **slowly)

    told: dict[str, list[str]] = {}
    for one in found:
        told.setdefault(one.data["channel"], []).append(one.data["status"])
    assert told == {kind: ["pending", "sent", "delivered"] for kind in ("TYPE_SMS", "TYPE_EMAIL")}


def test_a_transcript_is_found_when_it_is_there(tmp_path: Path) -> None:
    async def ring(rig: Rig, parts: Parts) -> None:
        del parts
        to = (await contacts(rig))["bo@example.com"]
        await people.ring(rig, to, transcript_after_seconds=90)
        await people.ring(rig, to, turns=(), status="no-answer")
        await rig.clock.sleep(150)

    async def before(rig: Rig, parts: Parts) -> None:
        await met(rig, parts)
        await people.ring(rig, (await contacts(rig))["ann@example.com"], transcript_after_seconds=1)

    (one,) = listen(tmp_path, "highlevel.call.transcribed", ring, before)

    assert one.subject == f"contact/{one.data['contact_id']}"
    assert one.data["text"].count("\n") == len(one.data["turns"]) - 1 > 0
    assert one.time - one.data["called_at"] >= 90_000


def test_contacts_are_found_when_they_are_changed(tmp_path: Path) -> None:
    async def change(rig: Rig, parts: Parts) -> None:
        del parts
        to = (await contacts(rig))["bo@example.com"]
        await people.known(rig, "new@example.com", phone="+14155550109")
        for city in ("Oakland", "Berkeley"):
            await rig.control("PUT", f"/control/highlevel/contacts/{to}", {"city": city})
            await rig.clock.sleep(10)

    found = listen(tmp_path, "highlevel.contact.changed", change, met)

    assert sorted((one.data["email"], one.data["new"]) for one in found) == [
        ("bo@example.com", False),
        ("bo@example.com", False),
        ("new@example.com", True),
    ]


def test_do_not_disturb_is_found_on_and_off(tmp_path: Path) -> None:
    async def disturb(rig: Rig, parts: Parts) -> None:
        del parts
        known = await contacts(rig)
        path = f"/control/highlevel/contacts/{known['bo@example.com']}"
        for status in ("active", "inactive"):
            await rig.control("POST", f"{path}/dnd", {"channel": "SMS", "status": status})
            await rig.clock.sleep(10)
        await rig.control(
            "PUT", f"/control/highlevel/contacts/{known['ann@example.com']}", {"city": "X"}
        )

    found = listen(tmp_path, "highlevel.dnd.changed", disturb, met)

    assert [(one.data["email"], one.data["channels"], one.data["before"]) for one in found] == [
        ("bo@example.com", ["sms"], []),
        ("bo@example.com", [], ["sms"]),
    ]


def test_conversations_are_found_when_somebody_writes(tmp_path: Path) -> None:
    async def write(rig: Rig, parts: Parts) -> None:
        del parts
        await people.reply(rig, (await contacts(rig))["bo@example.com"], "Call me")

    (one,) = listen(tmp_path, "highlevel.conversation.changed", write, met)

    assert (one.data["email"], one.data["last_message"]) == ("bo@example.com", "Call me")
