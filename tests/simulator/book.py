"""What the tests of Act-On Contacts have in common."""

from typing import Any

from tests.simulator.conftest import Door, Rig


async def put(rig: Rig, *contacts: dict[str, Any]) -> list[str]:
    """Contacts who come without a call; their ids."""
    reply = await rig.control.post("/control/acton/contacts", {"contacts": list(contacts)})
    assert reply.status == 201, reply.raw
    return list(reply.body["contact_ids"])


async def client(rig: Rig) -> Door:
    """One that need not wait: more calls a second are let through."""
    rig.world.settings = rig.world.settings.changed({"acton_limit": 50})
    return await rig.acton()
