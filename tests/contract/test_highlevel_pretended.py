"""The pretended HighLevel against the vendor's description: paths, scopes, statuses, answers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dragoman.kernel import jsons
from dragoman.kernel.chance import SeededChance
from dragoman.simulator import SimulatorSettings, World
from dragoman.simulator.control import highlevel
from dragoman.simulator.control.credentials import Asked, mint
from dragoman.simulator.exchange import Answer, Request, form_fields
from dragoman.simulator.highlevel.app import RESOURCES, HighLevelVendor
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.routes import Route
from tests.catalog.shipped import CALLS
from tests.contract import deviations
from tests.contract.deviations import Deviations
from tests.contract.published import SHARED, bare, described
from tests.simulator.conftest import OwnClock

PUBLISHED = described(sorted((SHARED / "highlevel" / "apps").glob("*.json")))
SERVED: list[Route[Call]] = [route for one in RESOURCES for route in one.ROUTES]
OPERATIONS = {(one.method, bare(one.path)): one for one in CALLS if one.vendor == "highlevel"}


def name(route: Route[Call]) -> str:
    return f"{route.method} {bare(route.path)}"


def known(route: Route[Call]) -> Deviations:
    return deviations.of(OPERATIONS[route.method, bare(route.path)])


@pytest.mark.parametrize("route", SERVED, ids=name)
def test_every_path_and_scope_is_described(route: Route[Call]) -> None:
    scopes = PUBLISHED[route.method, bare(route.path)].scopes

    if f"scope {route.scope} undeclared" in known(route).asked:
        assert route.scope not in scopes
    else:
        assert route.scope in (scopes or {""})


class Asking(NamedTuple):
    method: str
    path: str
    body: Any = None


class Client:
    """Asks the pretended vendor without a socket."""

    def __init__(self, folder: Path) -> None:
        settings = SimulatorSettings(search_lag_seconds=0.0)
        self.world = World(OwnClock(), SeededChance(7), folder / "ledger.jsonl", settings)
        made: Any = mint(self.world, Asked(vendor="highlevel"))
        self._headers = {
            "authorization": f"Bearer {made['access_token']}",
            "version": "2021-07-28",
        }
        self._vendor = HighLevelVendor(self.world)

    def ask(self, asking: Asking) -> Answer:
        path, _, query = asking.path.partition("?")
        body = b"" if asking.body is None else jsons.encode(asking.body)
        fields = form_fields(query.encode())
        return self._vendor.serve(Request(asking.method, path, fields, self._headers, body))

    def made(self, asking: Asking, key: str) -> str:
        """Make something; its id."""
        answer = jsons.decode(self.ask(asking).body)
        return str(answer[key]["id"] if key in answer else answer["messageId"])


@pytest.fixture
async def client(tmp_path: Path) -> Any:
    one = Client(tmp_path)
    yield one
    await one.world.stop()


def story(client: Client) -> Iterator[Asking]:
    """Every JSON call that is served, in an order in which each can succeed."""
    place = client.world.highlevel.default_location
    yield Asking("GET", f"/locations/{place.id}")
    yield Asking("GET", f"/users/search?companyId={client.world.highlevel.company_id}")
    yield Asking("GET", f"/users/?locationId={place.id}")
    yield Asking("GET", f"/users/{next(iter(place.users))}")
    yield Asking("GET", f"/workflows/?locationId={place.id}")
    yield Asking("POST", "/contacts/", {"locationId": place.id, "email": "ann@example.com"})
    bo = {"locationId": place.id, "email": "bo@example.com", "phone": "+14155550100"}
    yield Asking("POST", "/contacts/upsert", {**bo, "tags": ["new"]})
    yield Asking("GET", f"/contacts/search/duplicate?locationId={place.id}&email=bo%40example.com")
    yield Asking("POST", "/contacts/search", {"locationId": place.id, "pageLimit": 1})
    contact = list(client.world.highlevel.contacts)[-1]
    yield from _contact(f"/contacts/{contact}", next(iter(place.workflows)))
    yield from _papers(client, f"/contacts/{contact}")
    yield from _messages(client, contact, place.id)
    yield Asking("DELETE", f"/contacts/{contact}")


def _contact(there: str, workflow: str) -> Iterator[Asking]:
    yield Asking("GET", there)
    yield Asking("PUT", there, {"dndSettings": {"Email": {"status": "active"}}})
    for method in ("POST", "DELETE"):
        yield Asking(method, f"{there}/tags", {"tags": ["vip"]})
        yield Asking(method, f"{there}/workflow/{workflow}", {})


def _papers(client: Client, there: str) -> Iterator[Asking]:
    task = {"title": "Call", "dueDate": "2026-10-01T09:00:00Z", "completed": False}
    for kind, body in (("notes", {"body": "Called"}), ("tasks", task)):
        one = client.made(Asking("POST", f"{there}/{kind}", body), kind[:-1])
        yield Asking("POST", f"{there}/{kind}", body)
        yield Asking("GET", f"{there}/{kind}")
        yield Asking("GET", f"{there}/{kind}/{one}")
        yield Asking("PUT", f"{there}/{kind}/{one}", {"body": "Called twice"})
        if kind == "tasks":
            yield Asking("PUT", f"{there}/{kind}/{one}/completed", {"completed": True})
        yield Asking("DELETE", f"{there}/{kind}/{one}")


def _messages(client: Client, contact: str, location: str) -> Iterator[Asking]:
    world = client.world
    send = {"type": "SMS", "contactId": contact, "message": "Hello"}
    yield Asking("POST", "/conversations/messages", send)
    conversation = next(one for one in world.highlevel.conversations.values() if one.messages)
    sent = conversation.messages[0].id
    yield Asking("GET", f"/conversations/messages/{sent}")
    yield Asking("GET", f"/conversations/{conversation.id}/messages")
    yield Asking("GET", f"/conversations/search?locationId={location}")
    yield Asking("GET", f"/conversations/{conversation.id}")
    read = {"locationId": location, "unreadCount": 0, "starred": False}
    yield Asking("PUT", f"/conversations/{conversation.id}", read)
    later = {**send, "scheduledTimestamp": world.clock.now() // 1000 + 60}
    message = client.made(Asking("POST", "/conversations/messages", later), "message")
    yield Asking("DELETE", f"/conversations/messages/{message}/schedule")
    turns = (highlevel.Spoken(speaker="caller", text="Hello."),)
    asked = highlevel.PlacedCall(contact_id=contact, turns=turns, transcript_after_seconds=0)
    call = highlevel.place_call(world, asked).id
    yield Asking("GET", f"/conversations/locations/{location}/messages/{call}/transcription")
    yield Asking("DELETE", f"/conversations/{conversation.id}")
    yield Asking("POST", "/conversations/", {"locationId": location, "contactId": contact})


async def test_every_answer_is_as_described_but_for_what_was_seen(client: Client) -> None:
    compared = set()
    for asking in story(client):
        answer = client.ask(asking)
        route = next(one for one in SERVED if _is(one, asking))
        answers = PUBLISHED[route.method, bare(route.path)].answers
        assert answer.status in answers, (asking, answer)
        compared.add(name(route))
        schema = answers[answer.status]
        if schema is not None:
            listed = known(route)
            body = jsons.decode(answer.body)
            body = body[listed.wrapped] if listed.wrapped else body
            found = schema.misfits(body)
            assert found <= {*listed.answered, *listed.simulated}, asking
            assert found >= set(listed.simulated), asking

    assert len(compared) >= 35


def _is(route: Route[Call], asking: Asking) -> bool:
    """Whether this is the route that answers; literal segments win over parameters."""
    path = asking.path.partition("?")[0]
    fits = [one for one in SERVED if one.method == asking.method and _fits(one.path, path)]
    return route is min(fits, key=lambda one: one.path.count("{"))


def _fits(template: str, path: str) -> bool:
    theirs, ours = template.split("/"), path.split("/")
    return len(theirs) == len(ours) and all(
        (their.startswith("{") and our) or their == our
        for their, our in zip(theirs, ours, strict=True)
    )
