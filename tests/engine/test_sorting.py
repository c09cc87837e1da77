"""From a delivery to events: which trigger takes it, what it lacks, what becomes of its body."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.engine.deliveries import Delivery
from dragoman.engine.unpacking import Unpacked, Unpacker, _Rule
from dragoman.kernel import jsons
from dragoman.kernel.clock import DAY, HOUR, SECOND
from dragoman.store.port import Statement
from tests.catalog.shipped import CATALOGUE
from tests.web.conftest import Shop, opened
from tests.web.signed import WORKSPACE, bring, message, signed
from tests.web.virtual import Stalling, play

RECEIVED, SENT = "highlevel.message.received", "highlevel.message.sent"
COMPLETED = "highlevel.call.completed"
COMMENTED = "highlevel.message.commented"


@pytest.fixture
async def shop(tmp_path: Path) -> Any:
    async with opened(tmp_path) as one:
        yield one


async def sort(shop: Shop, **fields: Any) -> Delivery:
    """Let one delivery arrive and be sorted; what became of it."""
    assert (await bring(shop.app, signed(**fields))).status == 200
    await shop.sort()
    return (await shop.deliveries())[-1]


@pytest.mark.parametrize(
    ("type_", "kind", "trigger"),
    [
        ("InboundMessage", "SMS", RECEIVED),
        ("InboundMessage", "Email", RECEIVED),
        ("InboundMessage", "SomethingNew", RECEIVED),
        ("InboundMessage", None, RECEIVED),
        ("InboundMessage", "CALL", COMPLETED),
        ("InboundMessage", "Call", COMPLETED),
        ("InboundMessage", "VoiceMail", COMPLETED),
        ("InboundMessage", "TYPE_CALL", COMPLETED),
        ("OutboundMessage", "SMS", SENT),
        ("OutboundMessage", None, SENT),
        ("OutboundMessage", "CALL", COMPLETED),
        ("OutboundMessage", "VOICEMAIL", COMPLETED),
        ("OutboundMessage", "InternalComment", COMMENTED),
        ("OutboundMessage", "TYPE_INTERNAL_COMMENT", COMMENTED),
        ("OutboundMessage", "Email", SENT),
    ],
)
async def test_each_kind_goes_to_the_trigger_that_is_about_it(
    type_: str, kind: str | None, trigger: str, shop: Shop
) -> None:
    delivery = await sort(shop, type=type_, messageType=kind)

    assert [one.type for one in await shop.events()] == [trigger]
    assert (delivery.state, delivery.type) == ("sorted", type_)
    assert delivery.body is None


async def test_what_no_trigger_is_about_is_passed_over_unread(shop: Shop) -> None:
    delivery = await sort(shop, type="InboundMessage")
    unpacker = Unpacker(shop.parts.accounts, [CATALOGUE.trigger(SENT)])

    assert unpacker.unpack(msgspec.structs.replace(delivery, body=b"{")) == Unpacked()


async def test_the_event_says_whose_and_when_and_how_it_was_found(shop: Shop) -> None:
    delivery = await sort(shop, contactId="con-7")
    (event,) = await shop.events()

    assert (event.connection, event.environment, event.via) == ("main", "live", "webhook")
    assert (event.source, event.subject) == ("/highlevel/loc1", "contact/con-7")
    assert event.time == event.data["created_at"] == 1772463845678
    assert event.received_at == delivery.received_at
    assert event.data["body"] == "Yes please ✓"


async def test_nested_fields_give_the_same_event(shop: Shop) -> None:
    flat = message()
    outer = {name: flat.pop(name) for name in ("type", "webhookId", "timestamp")}
    nested: dict[str, Any] = {**dict.fromkeys(flat), **outer, "data": flat}
    await sort(shop)
    await sort(shop, **{**nested, "webhookId": "another"})

    assert len(await shop.events()) == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"contactId": None}, "contact_id is missing"),
        ({"contactId": " "}, "contact_id is missing"),
        ({"contactId": 7}, "contact_id should be a string, not a number"),
        ({"messageId": {"a": 1}}, "message_id should be a string, not an object"),
        ({"dateAdded": None, "timestamp": None}, "created_at is missing"),
        ({"dateAdded": "soon", "timestamp": "later"}, "created_at is missing"),
    ],
)
async def test_what_an_event_needs_and_is_not_there_puts_the_delivery_aside(
    fields: dict[str, Any], why: str, shop: Shop
) -> None:
    delivery = await sort(shop, **fields)

    assert (delivery.state, delivery.reason) == ("quarantined", f"{RECEIVED}: {why}")
    assert delivery.body == jsons.encode(message(**fields))
    assert await shop.events() == []


@pytest.mark.parametrize("moment", [0, -1, 253_402_300_800_000, 10**18])
def test_a_moment_that_no_calendar_has_is_a_flaw(moment: int) -> None:
    """Whatever a vendor's function lets through: it could not be shown, and intake would stop."""
    rule = _Rule(CATALOGUE.trigger(RECEIVED))
    data = {"message_id": "m", "contact_id": "c", "created_at": 1772463845678}

    assert rule.flaw(data) is None
    assert rule.flaw({**data, "created_at": moment}) == "created_at is no moment"


async def test_one_that_is_put_aside_keeps_no_other(shop: Shop) -> None:
    app = shop.app
    for number in range(250):
        await bring(app, signed(webhookId=f"h{number}", messageId=f"m{number}"))
        await bring(app, signed(webhookId=f"bad{number}", contactId=None))
    await shop.sort()

    states = [one.state for one in await shop.deliveries()]
    assert (states.count("sorted"), states.count("quarantined")) == (250, 250)
    assert [one.data["message_id"] for one in await shop.events()] == [f"m{n}" for n in range(250)]


async def test_what_came_for_a_connection_that_was_taken_away_is_kept(tmp_path: Path) -> None:
    async with opened(tmp_path) as shop:
        await bring(shop.app, signed())
    renamed = WORKSPACE.replace("  main:", "  other:").replace(
        "highlevel: main", "highlevel: other"
    )
    async with opened(tmp_path, renamed) as shop:
        await shop.sort()
        (kept,) = await shop.deliveries()

    assert kept.state == "quarantined"
    assert kept.reason == "the connection 'main' is not in dragoman.yaml any more"


def test_what_arrived_before_the_service_began_is_sorted_when_it_does(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        await bring(shop.app, signed())
        service = asyncio.ensure_future(shop.parts.service.run())
        await asyncio.sleep(1)
        await bring(shop.app, signed(webhookId="h2", messageId="m2"))
        await asyncio.sleep(1)
        shop.parts.service.stop()
        await service

        assert [one.state for one in await shop.deliveries()] == ["sorted", "sorted"]
        assert {one.state for one in await shop.events()} == {"skipped"}

    play(tmp_path, story)


def test_while_many_arrive_sorting_goes_on_and_takes_its_time(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        async def done() -> int:
            rows = await shop.parts.journal.store.read("deliveries.count")
            return sum(count for state, count in rows if state == "sorted")

        store: Any = shop.parts.journal.store
        store.takes = 0.005
        app = shop.app
        sorting = asyncio.ensure_future(shop.parts.service._sorter.work())
        coming = []
        for number in range(1000):  # four thousand within a second
            hooks = [signed(webhookId=f"h{number}-{n}", messageId=f"m{n}") for n in range(4)]
            coming += [asyncio.ensure_future(bring(app, hook)) for hook in hooks]
            await asyncio.sleep(0.001)

        assert 400 <= await done() <= 1000
        assert {one.status for one in await asyncio.gather(*coming)} == {200}
        await asyncio.sleep(1)
        assert await done() == 4000
        sorting.cancel()

    play(tmp_path, story, Stalling)  # type: ignore[arg-type]


def test_a_few_are_sorted_at_once(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        loop = asyncio.get_running_loop()
        sorting = asyncio.ensure_future(shop.parts.service._sorter.work())
        for number in range(50):
            await bring(shop.app, signed(webhookId=f"h{number}", messageId=f"m{number}"))
            await asyncio.sleep(0.005)

            assert len(await shop.events()) == number + 1
        assert loop.time() < 1
        sorting.cancel()

    play(tmp_path, story)


def test_deliveries_are_forgotten_after_ninety_days(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        app = shop.app
        tidying = asyncio.ensure_future(shop.parts.service._housekeeper.work())
        for number in range(1200):
            await bring(app, signed(webhookId=f"h{number}"))
        await bring(app, signed(webhookId="aside", type="SomethingNew"))
        await shop.sort()
        await asyncio.sleep(89 * DAY // SECOND)
        await bring(app, signed(webhookId="young"))
        await shop.sort()
        assert len(await shop.deliveries()) == 1202

        await asyncio.sleep((DAY + 2 * HOUR) // SECOND)
        assert [one.key for one in await shop.deliveries()] == ["young"]
        tidying.cancel()

    play(tmp_path, story)


async def test_what_nobody_has_sorted_is_not_forgotten(shop: Shop) -> None:
    old = Delivery("highlevel", "main", "old", "InboundMessage", 1, b"{}")
    done = Delivery("highlevel", "main", "done", "InboundMessage", 1, None, state="ignored")
    await shop.parts.journal.write([old.add(), done.add()])

    gone = Statement("deliveries.forget", {"before": 2, "limit": 10})
    assert len((await shop.parts.journal.write([gone]))[0]) == 1
    assert [one.key for one in await shop.deliveries()] == ["old"]
