"""Asks the pretended vendors for an operation, without a socket and without the engine."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from dragoman.catalog import wire
from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Operation
from dragoman.kernel.chance import SeededChance
from dragoman.simulator import SimulatorSettings, World
from dragoman.simulator.acton import app as acton
from dragoman.simulator.acton.app import ActOnVendor
from dragoman.simulator.control.credentials import Asked, mint
from dragoman.simulator.exchange import Answer, Request, Vendor, form_fields
from dragoman.simulator.highlevel import app as highlevel
from dragoman.simulator.highlevel.app import HighLevelVendor
from tests.contract.generating import FACTS
from tests.contract.published import bare
from tests.simulator.conftest import OwnClock

_PATIENT = SimulatorSettings(highlevel_limit=10**6, acton_limit=10**6)

_BY_HAND = {
    (vendor, route.method, bare(route.path))
    for vendor, resources in (("highlevel", highlevel.RESOURCES), ("acton", acton.RESOURCES))
    for one in resources
    for route in one.ROUTES
}


def is_generic(operation: Operation) -> bool:
    """Whether an operation has no module of its own in the simulator."""
    place = operation.vendor, operation.method, bare(operation.path)
    return operation.callable and not operation.first_class and place not in _BY_HAND


class Pretence:
    def __init__(self, folder: Path) -> None:
        self.world = World(OwnClock(), SeededChance(7), folder / "ledger.jsonl", _PATIENT)
        self._vendors: dict[str, Vendor] = {
            "highlevel": HighLevelVendor(self.world),
            "acton": ActOnVendor(self.world),
        }
        location = Asked(vendor="highlevel", location_id=FACTS["location_id"])
        agency = Asked(vendor="highlevel", user_type="Company")
        account = Asked(vendor="acton", account_id=FACTS["account_id"])
        self._tokens = {
            kind: _token(mint(self.world, asked))
            for kind, asked in {"location": location, "agency": agency, "account": account}.items()
        }
        self._facts = {**FACTS, "company_id": self.world.highlevel.company_id}

    def ask(self, operation: Operation, given: dict[str, Any]) -> Answer:
        """The answer to an input; what a connection would fill in is filled in."""
        vendor, request = self.asking(operation, given)
        return vendor.serve(request)

    def asking(self, operation: Operation, given: dict[str, Any]) -> tuple[Vendor, Request]:
        """Who would be asked, and how."""
        own = {name for name, one in operation.input.items() if _of_connection(one.default)}
        builder = Builder(operation)
        left = {name: one for name, one in given.items() if name not in own}
        request = builder.build(builder.complete(left, self._facts))
        return self._vendors[operation.vendor], self._sent(operation, request)

    def _sent(self, operation: Operation, request: wire.Request) -> Request:
        headers = {name.lower(): one for name, one in request.headers.items()}
        kinds = [kind.partition("-")[0] for kind in operation.tokens]
        token = self._tokens.get("location" if "location" in kinds else kinds[0], "")
        headers["authorization"] = f"Bearer {token}"
        query, body = urlencode(request.query).encode(), request.body or b""
        return Request(request.method, request.path, form_fields(query), headers, body, query)


def _token(made: Any) -> str:
    return str(made["access_token"])


def _of_connection(default: Any) -> bool:
    return isinstance(default, str) and "{{" in default
