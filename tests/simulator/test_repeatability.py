"""The same seed gives the same day, whatever was read in between; and no server is needed."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.kernel import jsons
from dragoman.kernel.chance import SeededChance
from dragoman.simulator import SimulatorSettings, World
from dragoman.simulator.control.credentials import Asked, mint
from dragoman.simulator.exchange import Request
from dragoman.simulator.faults import BreakRequest
from dragoman.simulator.gate import Gate
from dragoman.simulator.highlevel.app import HighLevelVendor, highlevel_app
from tests.simulator.conftest import OwnClock


def _day(path: Path, seed: int, *, reads: int = 0) -> bytes:
    """A contact and a message, with some reads before; returns the ledger."""
    settings = SimulatorSettings(highlevel_limit=1000)
    world = World(OwnClock(), SeededChance(seed), path, settings)
    vendor = HighLevelVendor(world)
    made: Any = mint(world, Asked(vendor="highlevel"))
    headers = {"authorization": f"Bearer {made['access_token']}", "version": "2021-07-28"}
    for _ in range(reads):
        vendor.serve(Request("GET", "/contacts/nobody", {}, headers, b""))
    body = {"locationId": made["location_id"], "phone": "+14155550100", "name": "Bo"}
    request = Request("POST", "/contacts/upsert", {}, headers, jsons.encode(body))
    contact = jsons.decode(vendor.serve(request).body)["contact"]["id"]
    send = {"type": "SMS", "contactId": contact, "message": "Hello"}
    vendor.serve(Request("POST", "/conversations/messages", {}, headers, jsons.encode(send)))
    world.ledger.close()
    return path.read_bytes()


def test_the_same_seed_gives_the_same_ledger(tmp_path: Path) -> None:
    first, second = (_day(tmp_path / name, seed=3) for name in ("a", "b"))
    other = _day(tmp_path / "c", seed=4)

    assert first == second
    assert first != other


def test_reads_in_between_do_not_shift_the_ids(tmp_path: Path) -> None:
    quiet = [jsons.decode(line) for line in _day(tmp_path / "a", seed=3).splitlines()]
    busy = [jsons.decode(line) for line in _day(tmp_path / "b", seed=3, reads=9).splitlines()]

    assert [one["subject"] for one in quiet] == [one["subject"] for one in busy]


async def test_an_application_without_a_socket_cuts_by_an_error(tmp_path: Path) -> None:
    world = World(OwnClock(), SeededChance(1), tmp_path / "ledger", SimulatorSettings())
    app: Gate = highlevel_app(world)
    asked = {"fault": {"kind": "cut"}, "vendor": "highlevel"}
    world.breaks.add(jsons.decode_as(jsons.encode(asked), BreakRequest))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: Any) -> None:
        raise AssertionError("nothing must be sent")

    scope = {"type": "http", "method": "GET", "path": "/x", "headers": [], "query_string": b""}
    with pytest.raises(ConnectionResetError):
        await app(scope, receive, send)
    world.ledger.close()
