"""A disk that is full: only 200 and 429 are ever answered, and what was answered 200 is there."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tests.web.conftest import Shop, opened
from tests.web.signed import bring, signed


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603  # our own
        pytest.skip("only root can mount a small disk; the next test fills a database instead")
    yield place
    subprocess.run(["umount", str(place)], check=True)  # noqa: S603, S607  # our own, root's path


async def fill(shop: Shop, name: str) -> list[str]:
    """Send until it is refused for the tenth time; the ids that were taken."""
    app, taken, refused = shop.app, [], 0
    for number in range(2000):
        hook = signed(webhookId=f"{name}-{number}", body="x" * 4000)
        status = (await bring(app, hook)).status
        assert status in {200, 429}
        refused += status == 429
        if status == 200:
            taken.append(f"{name}-{number}")
        if refused == 10:
            return taken
    raise AssertionError("it never was full")


async def test_a_real_disk_that_is_full_puts_off_until_there_is_room(small: Path) -> None:
    ballast = small / "ballast"
    async with opened(small) as shop:
        ballast.write_bytes(b"x" * 600_000)
        taken = await fill(shop, "first")
        ballast.unlink()
        more = await fill(shop, "second")

    assert len(taken) > 10
    assert len(more) > 10
    async with opened(small) as shop:
        assert [one.key for one in await shop.deliveries()] == taken + more


async def test_a_database_that_may_not_grow_puts_off_until_it_may(shop: Shop) -> None:
    store = shop.parts.journal.store
    connection: apsw.Connection = store._connection  # type: ignore[attr-defined]
    connection.pragma("max_page_count", int(connection.pragma("page_count")) + 50)

    taken = await fill(shop, "h")
    connection.pragma("max_page_count", 1_000_000)

    assert len(taken) > 10
    assert [one.key for one in await shop.deliveries()] == taken
    assert (await bring(shop.app, signed(webhookId="room"))).status == 200
