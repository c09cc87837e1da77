"""Webhooks of every documented type, sent on demand: a rehearsal of what rarely happens."""

from typing import Any

import pytest

from dragoman.kernel import jsons
from dragoman.simulator.webhooks import samples
from tests.simulator.conftest import Rig

EMIT = "/control/webhooks/emit"
ENVELOPE = {
    *("type", "locationId", "companyId", "timestamp", "webhookId", "appId", "versionId"),
}


async def emitted(rig: Rig, kind: str, **more: Any) -> dict[str, Any]:
    await rig.subscribe()
    reply = await rig.control.post(EMIT, {"type": kind, **more})
    assert reply.status == 201
    [posted] = await rig.receiver.wait_for(1)
    assert posted.body.decode() == reply.body["delivery"]["body"]
    body: dict[str, Any] = jsons.decode(posted.body)
    return body


@pytest.mark.parametrize("kind", samples.every())
async def test_a_sample_of_each_type_comes_in_its_envelope(rig: Rig, kind: str) -> None:
    body = await emitted(rig, kind)

    sample = samples.every()[kind]
    assert body.keys() >= ENVELOPE
    assert {name: body[name] for name in sample} == sample
    assert body["type"] == sample.get("type", kind)
    assert body["locationId"] == rig.location


async def test_fields_can_be_others_and_null_leaves_one_out(rig: Rig) -> None:
    body = await emitted(rig, "NoteCreate", fields={"body": "Other", "type": None, "own": [1]})

    assert (body["body"], body["own"]) == ("Other", [1])
    assert "type" not in body


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"type": "Sneeze"}, 404, "no type Sneeze; one of InboundMessage"),
        ({"type": "NoteCreate", "location_id": "x"}, 404, "no location x"),
        ({"type": "NoteCreate"}, 409, "nobody is subscribed"),
        ({"type": "NoteCreate", "field": {}}, 400, "field"),
    ],
)
async def test_what_cannot_be_sent_says_why(
    rig: Rig, asked: dict[str, Any], status: int, said: str
) -> None:
    reply = await rig.control.post(EMIT, asked)

    assert reply.status == status
    assert said in reply.body["error"]


async def test_a_type_that_nobody_has_asked_for_is_not_sent(rig: Rig) -> None:
    await rig.subscribe(types=["NoteCreate"])

    assert (await rig.control.post(EMIT, {"type": "TaskCreate"})).status == 409
