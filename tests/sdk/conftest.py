"""HighLevel's own Python client, unchanged, before the simulator on loopback."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.simulator.conftest import Rig, clock, rig

__all__ = ["clock", "rig"]
Make = Callable[..., Any]


@pytest.fixture
async def client(rig: Rig) -> AsyncIterator[Make]:
    """Makes clients as the package's users do; where they ask is a setting of their HTTP client."""
    highlevel = pytest.importorskip("highlevel", reason="`uv sync --group sdk` brings it")
    made: list[Any] = []

    def make(**credentials: Any) -> Any:
        one = highlevel.HighLevel(**credentials, log_level="none")
        one.get_http_client().base_url = rig.addresses.highlevel
        made.append(one)
        return one

    yield make
    for one in made:
        await one.close()
