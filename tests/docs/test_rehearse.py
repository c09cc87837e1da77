"""Every `curl` of the documents is answered by the simulators' control server."""

import json
import re
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from dragoman.kernel.chance import SeededChance
from dragoman.kernel.clock import SystemClock
from dragoman.simulator import Simulators, SimulatorSettings
from dragoman.simulator.control.app import PARTS
from dragoman.simulator.simulators import CONTROL_PORT
from tests.docs import pages
from tests.docs.pages import Said

USUAL = f"http://127.0.0.1:{CONTROL_PORT}"
TEMPLATE = "t-0001"
MAIL = {
    "envelope": {
        "toAddress": "bo@example.com",
        "fromAddress": "ann@example.com",
        "fromDisplayName": "Ann",
    },
    "metadata": {"transactional": False},
    "actions": {"trackOpens": True, "trackClicks": True},
}
SILENT = {
    ("PUT", "/control/highlevel/uploads/{upload_id}"): "HighLevel's answer gives the address",
    ("DELETE", "/control/highlevel/contacts/{contact_id}"): "said in words",
    ("DELETE", "/control/webhooks"): "said in words",
    ("DELETE", "/control/break/{break_id}"): "all at once are mended, as the page has it",
}
"""Doors of which no page has an example, and why."""
CURLS = [one for one in pages.commands() if one.text.startswith("curl") and "/control/" in one.text]


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
    papers = await get(http, f"{control}/control/highlevel/papers")
    state = await get(http, f"{control}/control/state")
    client = await post(http, f"{control}/control/credentials", {"vendor": "highlevel"})
    highlevel = Client(http, state["highlevel"]["url"], client, {"Version": "2021-07-28"})
    await highlevel.call(f"/contacts/{contact_id}/workflow/{workflows[0]['id']}")
    made = await post(http, f"{control}/control/credentials", {"vendor": "acton"})
    acton = Client(http, state["acton"]["url"], made)
    await acton.call(f"/ete/v1/email/{made['account_id']}/{TEMPLATE}", json=MAIL)
    link = {"name": "Offer", "url": "https://example.com/offer"}
    return {
        "CONTACT_ID": contact_id,
        "CLIENT_ID": client["client_id"],
        "WEBHOOK_ID": hooks["deliveries"][0]["webhook_id"],
        "WORKFLOW_ID": workflows[0]["id"],
        "PAPER_ID": papers["forms"][0]["id"],
        "LOCATION_ID": client["location_id"],
        "MESSAGE_ID": TEMPLATE,
        "MEDIA_ID": (await acton.call("/api/1/medialink", data=link))["id"],
    }


class Client:
    """Asks a pretended vendor as the holder of a token does."""

    def __init__(
        self, http: aiohttp.ClientSession, url: str, made: Any, more: dict[str, str] | None = None
    ) -> None:
        self._http, self._url = http, url
        self._headers = {"Authorization": f"Bearer {made['access_token']}", **(more or {})}

    async def call(self, path: str, **body: Any) -> Any:
        async with self._http.post(self._url + path, headers=self._headers, **body) as answer:
            assert answer.status in (200, 201), await answer.text()
            return await answer.json()


async def get(http: aiohttp.ClientSession, url: str) -> Any:
    async with http.get(url) as answer:
        return await answer.json()


async def post(http: aiohttp.ClientSession, url: str, body: Any) -> Any:
    async with http.post(url, json=body) as answer:
        return await answer.json()


def test_every_setting_of_the_simulators_is_told_with_its_default() -> None:
    page = (pages.ROOT / "docs/control.md").read_text()
    told = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", page, re.MULTILINE))

    assert {name: json.loads(usual) for name, usual in told.items()} == json.loads(
        msgspec.json.encode(SimulatorSettings())
    )


def test_every_door_of_the_control_server_is_shown() -> None:
    asked = [
        (one.method, one.url.removeprefix(USUAL).partition("?")[0]) for one in map(Asked, CURLS)
    ]
    doors = {door for part in PARTS for door in part.ROUTES if door[1].startswith("/control/")}

    shown = {
        (method, path)
        for method, path in doors
        if any(
            method == said and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), url)
            for said, url in asked
        )
    }

    assert doors - shown == set(SILENT)


def test_the_crash_points_told_are_those_of_the_code() -> None:
    source = "".join(one.read_text() for one in (pages.ROOT / "src").rglob("*.py"))
    reached = {part.partition('"')[0] for part in source.split('points.reach("')[1:]}

    for page in ("docs/rehearse.md", "docs/architecture.md"):
        told = {one.text for one in pages.inline() if one.page == page}
        assert reached - told == set(), page
