"""The same webhook, however often it comes, in whatever order and beside whichever: one event."""

import asyncio

import pytest

from dragoman.kernel.chance import SeededChance
from tests.web.conftest import Shop
from tests.web.signed import BRANCH, Hook, bring, signed

CHANCE = SeededChance(5)


def shuffled(hooks: list[Hook]) -> list[Hook]:
    return sorted(hooks, key=lambda _: CHANCE.fraction())


async def test_ten_thousand_arrivals_of_a_thousand_are_a_thousand_events(shop: Shop) -> None:
    app = shop.app
    hooks = [signed(webhookId=f"h{n}", messageId=f"m{n}") for n in range(1000)]
    coming = iter(shuffled(hooks * 10))
    statuses: list[int] = []

    async def sender() -> None:
        statuses.extend([(await bring(app, hook)).status for hook in coming])

    sorting = asyncio.ensure_future(shop.parts.service._sorter.work())
    await asyncio.gather(*(sender() for _ in range(50)))
    sorting.cancel()
    await asyncio.gather(sorting, return_exceptions=True)
    await shop.sort()

    assert statuses == [200] * 10_000
    assert {one.state for one in await shop.deliveries()} == {"sorted"}
    assert len(await shop.deliveries()) == 1000
    assert sorted(one.data["message_id"] for one in await shop.events()) == sorted(
        f"m{n}" for n in range(1000)
    )


@pytest.mark.parametrize("copies", [2, 7, 50])
async def test_copies_at_the_same_moment_are_one(copies: int, shop: Shop) -> None:
    app = shop.app

    answers = await asyncio.gather(*(bring(app, signed()) for _ in range(copies)))
    await shop.sort()

    assert [one.status for one in answers] == [200] * copies
    assert len(await shop.deliveries()) == len(await shop.events()) == 1


async def test_two_deliveries_of_one_message_are_one_event(shop: Shop) -> None:
    """A vendor may send the same happening under another id."""
    for number in range(3):
        await bring(shop.app, signed(webhookId=f"h{number}", messageId="m1"))
    await shop.sort()

    assert len(await shop.deliveries()) == 3
    assert len(await shop.events()) == 1


async def test_the_same_id_of_another_account_is_another(shop: Shop) -> None:
    await bring(shop.app, signed())
    await bring(shop.app, signed(BRANCH, locationId="loc2"))
    await shop.sort()

    assert [one.connection for one in await shop.deliveries()] == ["main", "branch"]
    assert len({one.id for one in await shop.events()}) == 2


async def test_without_an_id_the_message_or_the_bytes_tell_copies(shop: Shop) -> None:
    plain = [signed(webhookId=None, messageId=f"m{n}") for n in (1, 1, 2)]
    bare = [Hook(signed(webhookId=None, messageId=None, body=text).body) for text in "aab"]
    for hook in plain + bare:
        assert (await bring(shop.app, hook)).status == 200

    kept = await shop.deliveries()
    assert [one.key for one in kept[:2]] == ["message:m1", "message:m2"]
    assert len(kept) == 4


async def test_any_order_of_arrival_gives_the_same_events(shop: Shop) -> None:
    hooks = [signed(webhookId=f"h{n}", messageId=f"m{n}") for n in range(6)]
    found = []
    for number in range(5):
        for hook in shuffled(hooks):
            await bring(shop.app, hook)
        await shop.sort()
        found.append({one.id for one in await shop.events()})
        if number == 0:
            assert len(found[0]) == 6

    assert all(one == found[0] for one in found)
