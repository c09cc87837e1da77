"""Both pretended vendors, as the stories act on them and look at them."""

from typing import Any

from dragoman.cli import pretended
from dragoman.cli.demo.hooks import Hooks
from dragoman.cli.demo.verdict import Entry
from dragoman.simulator.world import World


class Vendors:
    def __init__(self, world: World) -> None:
        self._world = world
        self.hooks = Hooks(world.webhooks.deliveries)

    @property
    def ledger(self) -> list[Entry]:
        """Every effect on the vendors' side, as they wrote it down."""
        return self._world.ledger.entries

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask their control server."""
        return await pretended.ask(self._world.addresses.control, method, path, body)

    async def hold(self, vendor: str, method: str, path: str) -> None:
        """Let a vendor act on the next such call, and keep its answer back."""
        fault = {"kind": "stall", "when": "after", "seconds": 60}
        asked = {"vendor": vendor, "method": method, "path": path, "fault": fault}
        await self.ask("POST", "/control/break", asked)

    async def mend(self) -> None:
        """Let every call through again."""
        await self.ask("DELETE", "/control/break")

    async def known(self, **contact: str) -> str:
        """Make a contact in HighLevel; its id."""
        made = await self.ask("POST", "/control/highlevel/contacts", contact)
        return str(made["contact"]["id"])

    async def contact(self, email: str) -> str:
        """The id of a contact that HighLevel has."""
        found = await self.ask("GET", "/control/highlevel/contacts")
        return next(str(one["id"]) for one in found["contacts"] if one["email"] == email)

    def happened(self, effect: str, email: str) -> int:
        """How often a person met an effect, by the vendors' ledgers."""
        return sum(
            entry["effect"] == effect and entry["subject"].get("email") == email
            for entry in self.ledger
        )

    def person(self, data: dict[str, Any]) -> str:
        """Who an event is about, in words that a person knows."""
        if "email" in data:
            return str(data["email"])
        known = self._world.highlevel.contacts
        contact = known.get(data.get("contact_id") or data.get("input", {}).get("contactId"))
        return contact.email if contact is not None else "nobody"

    def whose(self, path: str) -> str:
        """The first name of the person that a path at HighLevel is about; nothing where of none."""
        state = self._world.highlevel
        for word in path.split("/"):
            thing = state.conversations.get(word) or state.messages.get(word)
            contact = state.contacts.get(thing.contact_id if thing is not None else word)
            if contact is not None:
                return str(contact.fields.get("firstName", ""))
        return ""
