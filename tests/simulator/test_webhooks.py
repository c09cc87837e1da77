"""Signed webhooks: envelope, signature, who gets them; and only to this machine."""

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from dragoman.kernel import jsons
from dragoman.kernel.chance import SeededChance
from dragoman.simulator import SimulatorSettings, World
from tests.simulator.conftest import HOOKS, START, OwnClock, Posted, Rig

MESSAGES = "/control/highlevel/messages"


async def key(rig: Rig) -> Ed25519PublicKey:
    """The key the control server shows."""
    shown = (await rig.control.get("/control/webhooks")).body["public_keys"]["ed25519"]
    found = load_der_public_key(b64decode(shown))
    assert isinstance(found, Ed25519PublicKey)
    return found


async def one_reply(rig: Rig, text: str = "Yes please") -> Posted:
    """A reply of a contact, as it was posted."""
    contact = await rig.contact(await rig.highlevel(), phone="+14155550100", name="Bo")
    await rig.subscribe(types=["InboundMessage"])
    await rig.control.post(MESSAGES, {"contact_id": contact, "text": text})
    [posted] = await rig.receiver.wait_for(1)
    return posted


async def test_the_signature_is_over_the_raw_body_with_the_key_that_is_shown(rig: Rig) -> None:
    posted = await one_reply(rig, "Ja, bitte, für 5 €")
    signature = b64decode(posted.headers["X-GHL-Signature"])

    (await key(rig)).verify(signature, posted.body)
    with pytest.raises(InvalidSignature):
        (await key(rig)).verify(signature, posted.body.replace(b"5", b"6", 1))
    assert "X-WH-Signature" not in posted.headers
    assert posted.headers["Content-Type"] == "application/json"


async def test_the_envelope_is_the_documented_one_with_the_fields_at_its_top(rig: Rig) -> None:
    posted = await one_reply(rig)
    event = jsons.decode(posted.body)

    assert posted.url == HOOKS
    assert (event["type"], event["locationId"]) == ("InboundMessage", rig.location)
    assert event["companyId"] == rig.world.highlevel.company_id
    assert event["timestamp"] == "2026-09-21T14:13:20.000Z"
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", event["webhookId"])
    assert re.fullmatch(r"[0-9a-f]{24}", event["appId"])
    assert event["versionId"]
    assert event["body"] == "Yes please"


@pytest.mark.parametrize(
    ("turned", "headers"),
    [
        ({"webhook_signed": False}, {"X-GHL-Signature": "N/A"}),
        ({"webhook_legacy_header": True}, {"X-WH-Signature": "N/A"}),
    ],
)
async def test_either_signature_can_be_told_as_absent(
    rig: Rig, turned: dict[str, Any], headers: dict[str, str]
) -> None:
    rig.world.settings = rig.world.settings.changed(turned)

    posted = await one_reply(rig)

    assert headers.items() <= posted.headers.items()


def test_the_same_seed_gives_the_same_key(tmp_path: Path) -> None:
    settings = SimulatorSettings()
    worlds = [
        World(OwnClock(), SeededChance(seed), tmp_path / name, settings)
        for seed, name in ((7, "a"), (7, "b"), (8, "c"))
    ]
    first, second, other = (one.webhooks.signer.public_key for one in worlds)
    for one in worlds:
        one.ledger.close()

    assert first == second != other


async def test_without_a_subscription_nothing_is_told(rig: Rig) -> None:
    await rig.contact(await rig.highlevel(), email="bo@example.com")

    assert rig.told() == []


async def test_only_wanted_types_are_told(rig: Rig) -> None:
    await rig.subscribe(types=["ContactDndUpdate"])
    contact = await rig.contact(await rig.highlevel(), email="bo@example.com")
    await rig.control.post(f"/control/highlevel/contacts/{contact}/dnd", {"channel": "SMS"})

    assert [one["type"] for one in rig.told()] == ["ContactDndUpdate"]


async def test_a_location_may_have_a_subscription_of_its_own(rig: Rig) -> None:
    await rig.subscribe()
    await rig.subscribe(url="http://[::1]:9/own", location_id="AnotherLocation00000")
    for location in (rig.location, "AnotherLocation00000"):
        await rig.control.post(
            "/control/highlevel/contacts", {"firstName": "Bo", "locationId": location}
        )

    posted = await rig.receiver.wait_for(2)

    assert {one.url: jsons.decode(one.body)["locationId"] for one in posted} == {
        HOOKS: rig.location,
        "http://[::1]:9/own": "AnotherLocation00000",
    }


async def test_subscribing_again_replaces_and_deleting_ends_it(rig: Rig) -> None:
    await rig.subscribe()
    await rig.subscribe(url="http://localhost:9/other", types=["NoteCreate"])
    shown = (await rig.control.get("/control/webhooks")).body["subscriptions"]
    removed = await rig.control.delete("/control/webhooks")
    await rig.contact(await rig.highlevel(), email="bo@example.com")

    assert shown == [
        {"url": "http://localhost:9/other", "location_id": None, "types": ["NoteCreate"]}
    ]
    assert removed.body == {"removed": 1}
    assert rig.told() == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hooks",
        "http://10.0.0.1/hooks",
        "http://0.0.0.0:80/hooks",
        "http://127.0.0.1.example.com/",
        "http://127.0.0.1@example.com/",
        "ftp://127.0.0.1/",
        "nonsense",
        "",
    ],
)
async def test_webhooks_go_to_this_machine_only(rig: Rig, url: str) -> None:
    reply = await rig.control.post("/control/webhooks", {"url": url})

    assert reply.status == 400
    assert "loopback only" in reply.body["error"]
    assert rig.world.webhooks.subscriptions.all() == []


async def test_what_became_of_each_is_shown(rig: Rig) -> None:
    posted = await one_reply(rig)
    event = jsons.decode(posted.body)

    shown = (await rig.control.get("/control/webhooks")).body
    later = (await rig.control.get("/control/webhooks?since=1")).body

    [delivery] = shown["deliveries"]
    assert delivery == {
        "number": 1,
        "webhook_id": event["webhookId"],
        "type": "InboundMessage",
        "location_id": rig.location,
        "made": START,
        "state": "delivered",
        "copies": 1,
        "attempts": [{"copy": 1, "at": START, "status": 200}],
        "body": posted.body.decode(),
    }
    assert shown["counts"] == {
        "made": 1,
        "pending": 0,
        "delivered": 1,
        "failed": 0,
        "dropped": 0,
        "doubled": 0,
        "attempts": 1,
    }
    assert (later["deliveries"], later["counts"]) == ([], shown["counts"])
