"""The pretended vendors take any nonsense for a bad request, never for a fault of their own.

Each call that a tour makes is made in many senseless ways, too, in a copy of the world as it is at
that moment. What was accepted must then be readable: nothing of it may break the next answer.
"""

import copy
import json
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.catalog.entries import Operation
from dragoman.catalog.samples import sample
from dragoman.kernel import jsons
from dragoman.simulator import World
from dragoman.simulator.acton.app import ActOnVendor
from dragoman.simulator.exchange import Answer, Request, Vendor
from dragoman.simulator.highlevel.app import HighLevelVendor
from tests.contract.garbage import spoilt
from tests.contract.pretence import Pretence
from tests.contract.test_pretended import asked
from tests.contract.test_pretended_generic import GENERIC
from tests.contract.witness import Seen, watched

KNOWN = 250
"""How many operations are tried; fewer would mean that some are no longer looked at."""
MANY, FEW = 50, 12
"""In how many ways a call is spoilt, and how many reads are made after one."""
OWN_FAULTS = {
    b"transactional subscription required": "Act-On's e-mail service fails so without the add-on",
    b"Internal server error": "HighLevel was seen to fail so where a provider is not there",
}
"""What a vendor is known to answer as a fault of its own, and why."""


class Silent:
    """Stands for what goes on later, and for whoever is told of it."""

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        work.close()

    def publish(self, *told: Any) -> None:
        jsons.encode(told)

    def append(self, *_: str, **entry: Any) -> None:
        jsons.encode(entry)


def double(world: World) -> World:
    """The same world, in which something may go wrong without a trace in the other."""
    known: dict[int, Any] = {id(world.clock): world.clock}
    other = copy.copy(world)
    other.mint = copy.deepcopy(world.mint, known)
    known[id(world.mint)] = other.mint
    other.highlevel = copy.deepcopy(world.highlevel, known)
    other.acton = copy.deepcopy(world.acton, known)
    for name in ("background", "webhooks", "ledger"):
        setattr(other, name, Silent())
    limits = {"highlevel_limit": 10**6, "acton_limit": 10**6}
    other.settings = msgspec.structs.replace(world.settings, **limits)
    return other


def check(answer: Answer) -> None:
    """An answer can be sent as it is, and says that the caller is at fault, if anybody is."""
    assert answer.status < 500 or any(one in answer.body for one in OWN_FAULTS), answer.body
    answer.content_type.encode("latin-1")
    for text in answer.headers.values():
        assert text.encode("latin-1").isascii()
        assert text.isprintable()
    if "json" in answer.content_type and answer.body:
        json.loads(answer.body)


class Spoiler:
    """Stands in for `serve`: before the first call of an operation, it tries the senseless ones."""

    def __init__(self) -> None:
        self.tried: set[str] = set()
        self._reads: defaultdict[str, deque[Request]] = defaultdict(lambda: deque(maxlen=FEW))
        self._busy = False

    def around(self, serve: Callable[..., Answer]) -> Callable[..., Answer]:
        def told(vendor: Any, request: Request) -> Answer:
            if not self._busy:
                self._busy = True
                self._try(vendor, request)
                self._busy = False
            return serve(vendor, request)

        return told

    def _try(self, vendor: Any, request: Request) -> None:
        operation = asked(Seen(vendor.name, request, Answer(200)))
        reads = self._reads[vendor.name]
        if operation.id not in self.tried:
            self.tried.add(operation.id)
            try_all(type(vendor), vendor._world, operation, request, reads=reads)
        if request.method == "GET":
            reads.append(request)


def try_all(
    kind: Callable[[World], Vendor],
    world: World,
    operation: Operation,
    request: Request,
    reads: Iterable[Request] = (),
    many: int = MANY,
) -> None:
    every = spoilt(request, operation)
    other = kind(double(world))
    for one in every[:: max(1, len(every) // many)]:
        answer = other.serve(one)
        check(answer)
        if one.method != "GET" and answer.status < 400:
            for read in reads:
                check(other.serve(read))
            other = kind(double(world))


def test_no_nonsense_breaks_a_pretended_vendor(tmp_path: Path) -> None:
    spoiler = Spoiler()
    with pytest.MonkeyPatch.context() as patch:
        for vendor in (HighLevelVendor, ActOnVendor):
            patch.setattr(vendor, "serve", spoiler.around(vendor.serve))
        for _ in watched(tmp_path):
            pass

    print(f"{len(spoiler.tried)} operations asked in senseless ways")  # noqa: T201
    assert len(spoiler.tried) >= KNOWN


async def test_no_nonsense_breaks_what_is_pretended_in_general(tmp_path: Path) -> None:
    pretence = Pretence(tmp_path)
    for operation in GENERIC:
        vendor, request = pretence.asking(operation, sample(operation, whole=True))
        try_all(type(vendor), pretence.world, operation, request, many=20)
    await pretence.world.stop()
