"""What the search of contacts sees: each contact as it was when the lag was over."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from dragoman.kernel.clock import Millis
from dragoman.simulator.highlevel.records import Contact


class Index:
    def __init__(self) -> None:
        self._states: dict[str, list[tuple[Millis, Contact]]] = {}

    def put(self, contact: Contact, now: Millis, lag: Millis) -> None:
        """Note how a contact looks now; search sees it so from `now + lag` on."""
        states = self._states.setdefault(contact.id, [])
        shown = [place for place, (since, _) in enumerate(states) if since <= now]
        del states[: shown[-1] if shown else 0]
        states.append((now + lag, deepcopy(replace(contact, notes={}, tasks={}))))

    def drop(self, contact_id: str) -> None:
        self._states.pop(contact_id, None)

    def of_location(self, location_id: str, now: Millis) -> Iterator[Contact]:
        """Every contact of a location that search sees by now."""
        for states in self._states.values():
            shown = [contact for since, contact in states if since <= now]
            if shown and shown[-1].location_id == location_id:
                yield shown[-1]
