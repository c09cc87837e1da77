"""The way a newcomer goes: pretend the vendors, make a folder, serve it, arm a flow, see a run."""

import json
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import Cli, Process, Simulator, until

Start = Callable[..., Process]
FLOW = "welcome-new-contact"


def served(start: Start, folder: Path, *more: str) -> Process:
    process = start("serve", folder, "--listen", "127.0.0.1:0", "--poll-every", "0.2", *more)
    process.line("Listening on http://127.0.0.1:|started")
    return process


def runs(cli: Cli, folder: Path, state: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cli("runs", "list", "-C", folder, "--state", state, "--json").json
    return found


def test_from_nothing_to_a_welcomed_contact(
    shop: Path, cli: Cli, start: Start, simulator: Simulator
) -> None:
    service = served(start, shop)
    assert "No flow is armed yet" in service.text

    armed = cli("flows", "arm", FLOW, "-C", shop)
    assert armed.status == 0, armed.err
    assert "Contact added to a list, list l-0042" in armed.out
    assert "are not touched" in " ".join(armed.out.split())
    service.line("flow changed")

    simulator.add_contact(email="bo@example.com", first_name="Bo", phone="(415) 555-0100")
    (run,) = until(lambda: runs(cli, shop, "done"))
    shown = cli("runs", "show", run["id"][:18], "-C", shop)

    assert shown.status == 0
    assert "highlevel.messages.send by main" in shown.out
    assert "Nothing: this run is finished." in shown.out
    assert "bo@example.com" not in shown.out
    assert "thanks for joining" not in shown.out
    assert "(415) 555-0100" in cli("runs", "show", run["id"], "-C", shop, "--reveal", "--json").out
    listed = cli("flows", "list", "-C", shop, "--json").json
    assert [one["runs"] for one in listed if one["name"] == FLOW] == [{"done": 1}]
    assert service.stop() == 0
    assert not (shop / ".dragoman" / "service.json").exists()


def test_service_json_is_for_its_owner_only(shop: Path, start: Start) -> None:
    service = served(start, shop)
    place = shop / ".dragoman" / "service.json"

    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    found = json.loads(place.read_text())
    assert found.keys() == {"address", "token", "pid"}
    assert found["pid"] == service.process.pid
    assert found["address"].startswith("http://127.0.0.1:")
    assert found["token"] not in service.text


def test_a_second_service_is_told_that_the_folder_is_taken(shop: Path, start: Start) -> None:
    served(start, shop)

    second = start("serve", shop, "--listen", "127.0.0.1:0")

    assert second.ended() == 1
    assert f"another Dragoman works in {shop}" in second.text


def test_a_port_in_use_is_named_with_the_way_out(shop: Path, bare: Path, start: Start) -> None:
    served(start, shop)
    address = json.loads((shop / ".dragoman" / "service.json").read_text())["address"]
    port = address.rpartition(":")[2]

    second = start("serve", bare, "--listen", f"127.0.0.1:{port}")

    assert second.ended() == 1
    assert f"127.0.0.1:{port} is taken" in second.text
    assert "--listen 127.0.0.1:0" in second.text
    assert not (bare / ".dragoman" / "service.json").exists()


def test_a_service_that_was_killed_leaves_no_closed_door(
    shop: Path, cli: Cli, start: Start
) -> None:
    service = served(start, shop)
    service.stop(signal.SIGKILL)
    assert (shop / ".dragoman" / "service.json").exists()

    armed = cli("flows", "arm", FLOW, "-C", shop)

    assert armed.status == 0, armed.err
    assert "Nothing runs in this folder yet" in armed.out


def test_what_waited_while_paused_goes_on_when_armed(
    shop: Path, cli: Cli, start: Start, simulator: Simulator
) -> None:
    served(start, shop)
    cli("flows", "arm", FLOW, "-C", shop)
    assert cli("flows", "pause", FLOW, "-C", shop).status == 0
    simulator.add_contact(email="al@example.com", first_name="Al", phone="(415) 555-0101")
    (waiting,) = until(lambda: runs(cli, shop, "waiting"))
    advice = cli("runs", "show", waiting["id"], "-C", shop).out
    assert f"It goes on after: dragoman flows arm {FLOW}" in advice

    armed = cli("flows", "arm", FLOW, "-C", shop, "--json").json

    assert (armed["resumed"], armed["was"], armed["service"]) == (1, "paused", True)
    assert until(lambda: runs(cli, shop, "done"))[0]["id"] == waiting["id"]


def test_ctrl_c_stops_a_service_gracefully(shop: Path, start: Start) -> None:
    service = served(start, shop)

    assert service.stop(signal.SIGINT) == 0
    assert "Traceback" not in service.text
    assert "nothing was under way" in service.text


def test_without_a_simulator_init_says_how_to_start_one(tmp_path: Path, cli: Cli) -> None:
    failed = cli("init", tmp_path / "new", "--simulator", "http://127.0.0.1:9")

    assert failed.status == 1
    assert "no simulator answers at http://127.0.0.1:9" in failed.err
    assert "dragoman simulate" in failed.err
    assert not (tmp_path / "new").exists()
