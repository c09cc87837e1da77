"""The way a product goes through both vendors, from a new row to a sent message."""

from pathlib import Path

import aiohttp
import pytest

from dragoman.kernel.chance import SeededChance
from dragoman.simulator import Simulators, SimulatorSettings
from tests.simulator.conftest import Door, Rig


async def test_a_new_row_at_acton_becomes_a_message_at_highlevel(rig: Rig) -> None:
    acton, highlevel = await rig.acton(), await rig.highlevel()
    bo = {"email": "bo@example.com", "first_name": "Bo", "phone": "+14155550100"}
    added = await rig.control.post("/control/acton/lists/l-0042/contacts", bo)
    rows = await acton.get("/api/1/list/l-0042?datequalifiers=true&modafter=0")
    upserted = await highlevel.post(
        "/contacts/upsert",
        {"locationId": rig.location, "email": "bo@example.com", "phone": "+14155550100"},
    )
    contact = upserted.body["contact"]["id"]
    found = await highlevel.get(
        f"/conversations/search?locationId={rig.location}&contactId={contact}"
    )
    sent = await highlevel.post(
        "/conversations/messages", {"type": "SMS", "contactId": contact, "message": "Hello Bo"}
    )
    back = await acton.put("/api/1/list/l-0042/record?email=bo%40example.com", {"Opted Out": "no"})

    assert added.body == {"record_ids": ["l-0042:1"]}
    assert rows.body["data"][0][0] == "l-0042:1"
    assert upserted.body["new"] is True
    assert sent.body["conversationId"] == found.body["conversations"][0]["id"]
    assert back.body["contact_id"] == "l-0042:1"
    assert [entry["effect"] for entry in rig.written()] == [
        "contact.created",
        "conversation.created",
        "message.sent",
        "record.updated",
    ]


async def test_a_taken_port_leaves_nothing_running(rig: Rig, tmp_path: Path) -> None:
    taken = int(rig.addresses.control.rpartition(":")[2])
    second = Simulators(rig.clock, SeededChance(1), tmp_path / "other", SimulatorSettings())

    with pytest.raises(OSError, match="address already in use"):
        await second.start(control_port=taken)

    door = Door(rig.http, second.world.addresses.highlevel)
    with pytest.raises(aiohttp.ClientConnectorError):
        await door.get("/")
    assert (await rig.control.get("/control/state")).status == 200


async def test_servers_listen_on_loopback_only(rig: Rig) -> None:
    where = rig.addresses

    assert all(
        url.startswith("http://127.0.0.1:") for url in (where.highlevel, where.acton, where.control)
    )
