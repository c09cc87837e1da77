"""Every `curl` of the documents is answered by the simulators' control server."""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from dragoman.kernel.chance import SeededChance
from dragoman.kernel.clock import SystemClock
from dragoman.simulator import Simulators, SimulatorSettings
from dragoman.simulator.simulators import CONTROL_PORT
from tests.docs import pages
from tests.docs.pages import Said

USUAL = f"http://127.0.0.1:{CONTROL_PORT}"
CURLS = [one for one in pages.commands() if one.text.startswith("curl")]


class Asked:
    """A `curl` command, taken apart."""

    def __init__(self, command: Said) -> None:
        words = iter(pages.words(command)[1:])
        self.method, self.url, self.data = "", "", None
        for word in words:
            match word:
                case "-s":
                    continue
                case "-X":
                    self.method = next(words)
                case "-d":
                    self.data = next(words)
                case _:
                    self.url = word
        self.method = self.method or ("POST" if self.data is not None else "GET")


@pytest.mark.parametrize("page", sorted({one.page for one in CURLS}))
async def test_the_commands_of_a_page_are_answered_in_their_order(
    page: str, tmp_path: Path
) -> None:
    simulators = Simulators(
        SystemClock(), SeededChance(7), tmp_path / "ledger.jsonl", SimulatorSettings()
    )
    async with simulators as addresses, aiohttp.ClientSession() as http:
        known = await placeholders(http, addresses.control)
        for command in [one for one in CURLS if one.page == page]:
            asked = Asked(command)
            assert asked.url.startswith(f"{USUAL}/control/"), command
            url, data = asked.url.replace(USUAL, addresses.control), asked.data
            for name, value in known.items():
                url, data = url.replace(name, value), data and data.replace(name, value)
            async with http.request(asked.method, url, data=data) as answer:
                said = await answer.text()

            assert answer.status in (200, 201), f"{command}: {said}"
            json.loads(said)


async def placeholders(http: aiohttp.ClientSession, control: str) -> dict[str, str]:
    """Ids of things that are there: a contact in a workflow, a client, a webhook never sent."""
    nobody = {"url": "http://127.0.0.1:1/hooks", "types": ["ContactCreate"]}
    await post(http, f"{control}/control/webhooks", nobody)
    await post(http, f"{control}/control/webhooks/faults", {"drop": 1})
    contact = await post(http, f"{control}/control/highlevel/contacts", {"email": "di@example.com"})
    contact_id = contact["contact"]["id"]
    hooks = await get(http, f"{control}/control/webhooks")
    workflows = (await get(http, f"{control}/control/highlevel/workflows"))["workflows"]
    client = await post(http, f"{control}/control/credentials", {"vendor": "highlevel"})
    await enter(http, control, contact_id, workflows[0]["id"])
    return {
        "CONTACT_ID": contact_id,
        "CLIENT_ID": client["client_id"],
        "WEBHOOK_ID": hooks["deliveries"][0]["webhook_id"],
        "WORKFLOW_ID": workflows[0]["id"],
    }


async def enter(http: aiohttp.ClientSession, control: str, contact: str, workflow: str) -> None:
    """Put a contact into a workflow, as a client does."""
    made = await post(http, f"{control}/control/credentials", {"vendor": "highlevel"})
    highlevel = (await get(http, f"{control}/control/state"))["highlevel"]["url"]
    headers = {"Authorization": f"Bearer {made['access_token']}", "Version": "2021-07-28"}
    path = f"{highlevel}/contacts/{contact}/workflow/{workflow}"
    async with http.post(path, headers=headers) as answer:
        assert answer.status == 200


async def get(http: aiohttp.ClientSession, url: str) -> Any:
    async with http.get(url) as answer:
        return await answer.json()


async def post(http: aiohttp.ClientSession, url: str, body: Any) -> Any:
    async with http.post(url, json=body) as answer:
        return await answer.json()


def test_the_crash_points_told_are_those_of_the_code() -> None:
    source = "".join(one.read_text() for one in (pages.ROOT / "src").rglob("*.py"))
    reached = {part.partition('"')[0] for part in source.split('points.reach("')[1:]}

    for page in ("docs/rehearse.md", "docs/architecture.md"):
        told = {one.text for one in pages.inline() if one.page == page}
        assert reached - told == set(), page
