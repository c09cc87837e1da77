"""What flows were ever armed, and how their runs stand."""

from typing import Any, Protocol

import msgspec

from dragoman.kernel.clock import Millis
from dragoman.store.port import Row


class Reads(Protocol):
    """A store, or a reader beside it."""

    async def read(self, name: str, values: dict[str, Any] | None = None) -> list[Row]: ...


class FlowState(msgspec.Struct, frozen=True):
    name: str
    state: str
    """`armed` or `paused`."""
    version: str
    file: str
    changed_at: Millis
    runs: dict[str, int]
    """How many runs there are in each state."""


async def flow_states(store: Reads) -> list[FlowState]:
    counts: dict[str, dict[str, int]] = {}
    for flow, state, count in await store.read("runs.count"):
        counts.setdefault(flow, {})[state] = count
    files = {version: file for version, _, file, _, _ in await store.read("versions.all")}
    return [
        FlowState(name, state, version, files.get(version, ""), changed_at, counts.get(name, {}))
        for name, version, state, changed_at in await store.read("flows.all")
    ]


class Trouble(msgspec.Struct, frozen=True):
    """A source that cannot be asked at the moment."""

    source: str
    why: str


async def troubles(store: Reads) -> list[Trouble]:
    rows = await store.read("cursors.all")
    return [Trouble(source, why) for source, *_, why in rows if why]
