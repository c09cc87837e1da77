"""Sees what the pretended vendors answer while tours are made, and finds the operation of each."""

import asyncio
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import tests
from dragoman.simulator.acton.app import ActOnVendor
from dragoman.simulator.exchange import Answer, Request
from dragoman.simulator.highlevel.app import HighLevelVendor
from tests.contract.story import Client, story

TOURS = Path(tests.__path__[0]) / "tours"


class Seen(NamedTuple):
    vendor: str
    request: Request
    answer: Answer


class Tour(NamedTuple):
    name: str
    make: Callable[..., None]
    given: dict[str, Any]
    """What it takes besides a folder: of what it is made with, the first."""


def tours() -> Iterator[Tour]:
    """Every tour once."""
    for file in sorted(TOURS.glob("test_*.py")):
        module = import_module(f"tests.tours.{file.stem}")
        for name, one in vars(module).items():
            arguments = getattr(one, "__annotations__", {})
            if name.startswith("test_") and "tmp_path" in arguments:
                yield Tour(f"{file.stem} {name}", one, dict(_first(one)))


def _first(one: Callable[..., None]) -> Iterator[tuple[str, Any]]:
    for mark in getattr(one, "pytestmark", ()):
        if mark.name == "parametrize":
            names, values = mark.args
            yield names, values[0]


def watched(folder: Path) -> Iterator[Seen]:
    """Make every tour, and after it the story, and tell each answer of a vendor."""
    seen: list[Seen] = []
    with pytest.MonkeyPatch.context() as patch:
        for vendor in (HighLevelVendor, ActOnVendor):
            patch.setattr(vendor, "serve", _telling(vendor.serve, seen))
        for number, tour in enumerate(tours()):
            there = folder / str(number)
            there.mkdir()
            tour.make(there, **tour.given)
            yield from seen
            seen.clear()
        asyncio.run(_story(folder))
        yield from seen


async def _story(folder: Path) -> None:
    client = Client(folder)
    for asking in story(client):
        client.ask(asking)
    await client.world.stop()


def _telling(serve: Callable[..., Answer], seen: list[Seen]) -> Callable[..., Answer]:
    def told(self: Any, request: Request) -> Answer:
        answer = serve(self, request)
        seen.append(Seen(self.name, request, answer))
        return answer

    return told
