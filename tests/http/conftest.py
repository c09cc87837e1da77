import asyncio
from collections.abc import AsyncIterator

import pytest

from dragoman.http.client import Client

# looptime asks for the current event loop before a sync test. Where none was ever set, asyncio
# makes one that nobody closes, and its warning fails whichever test comes next.
asyncio.set_event_loop(None)


@pytest.fixture
async def http() -> AsyncIterator[Client]:
    client = Client(deadline=5.0)
    yield client
    await client.close()
