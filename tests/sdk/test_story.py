"""What of contacts and conversations HighLevel's own client does before the simulator."""

import inspect
from typing import Any

from tests.sdk.broken import BROKEN
from tests.sdk.conftest import Make
from tests.sdk.story import Caller, tell
from tests.simulator.conftest import Rig

KNOWN = 45
"""How many calls succeed; fewer would mean that something no longer does."""


async def test_each_call_succeeds_or_is_known_to_be_broken(client: Make, rig: Rig) -> None:
    token = (await rig.credentials("highlevel", kind="pit"))["access_token"]
    call = Caller(client(private_integration_token=token), rig)

    await tell(call)

    print(f"{len(call.succeeded)} calls of HighLevel's own client succeed")  # noqa: T201
    assert len(call.succeeded) >= KNOWN
    assert call.succeeded | BROKEN.keys() == _methods(call.sdk)
    assert not call.succeeded & BROKEN.keys()


def _methods(sdk: Any) -> set[str]:
    return {
        f"{service}.{name}"
        for service in ("contacts", "conversations")
        for name, _ in inspect.getmembers(getattr(sdk, service), inspect.iscoroutinefunction)
    }
