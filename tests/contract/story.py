"""Calls to the pretended HighLevel without Dragoman, in an order in which each can succeed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.kernel import jsons
from dragoman.kernel.chance import SeededChance
from dragoman.simulator import SimulatorSettings, World
from dragoman.simulator.control import highlevel
from dragoman.simulator.control.credentials import Asked, mint
from dragoman.simulator.exchange import Answer, Request, form_fields
from dragoman.simulator.highlevel.app import HighLevelVendor
from tests.simulator.conftest import OwnClock


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


def story(client: Client) -> Iterator[Asking]:
    """The calls of contacts and conversations."""
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
    yield Asking("PUT", there, {"dndSettings": {"WhatsApp": {"status": "active"}}})
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
    mail = {**later, "type": "Email", "html": "<p>Hello</p>", "subject": "Hello"}
    made = jsons.decode(client.ask(Asking("POST", "/conversations/messages", mail)).body)
    yield Asking("DELETE", f"/conversations/messages/email/{made['emailMessageId']}/schedule")
    turns = (highlevel.Spoken(speaker="caller", text="Hello."),)
    asked = highlevel.PlacedCall(contact_id=contact, turns=turns, transcript_after_seconds=0)
    call = highlevel.place_call(world, asked).id
    transcript = f"/conversations/locations/{location}/messages/{call}/transcription"
    yield Asking("GET", transcript)
    yield Asking("GET", f"{transcript}/download")
    yield Asking("GET", f"/conversations/messages/{call}/locations/{location}/recording")
    yield Asking("DELETE", f"/conversations/{conversation.id}")
    yield Asking("POST", "/conversations/", {"locationId": location, "contactId": contact})
