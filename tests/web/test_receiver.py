"""What is answered when: stored means on disk, and whatever is in the way means 429."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message

from dragoman.web.receiver import BODY_CAP
from tests.web.conftest import Shop
from tests.web.signed import PATH, Answered, Hook, bring, is_put_off, of_size, signed
from tests.web.virtual import play


async def test_what_is_stored_is_answered_with_nothing_more(shop: Shop) -> None:
    hook = signed()

    answered = await bring(shop.app, hook)
    (stored,) = await shop.deliveries()

    assert (answered.status, answered.body) == (200, b"")
    assert (stored.vendor, stored.connection, stored.key) == ("highlevel", "main", "hook-1")
    assert (stored.type, stored.state, stored.body) == ("InboundMessage", "new", hook.body)


async def test_the_second_time_the_answer_is_the_same_and_nothing_is_added(shop: Shop) -> None:
    answers = [(await bring(shop.app, signed())).status for _ in range(3)]
    await shop.sort()
    answers += [(await bring(shop.app, signed())).status for _ in range(3)]

    assert answers == [200] * 6
    assert [one.state for one in await shop.deliveries()] == ["sorted"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_post_is_heard(method: str, shop: Shop) -> None:
    answered = await bring(shop.app, Hook(b"", method=method))

    assert answered.status == 405
    assert answered.headers["allow"] == "POST"


@pytest.mark.parametrize("path", [PATH + "/", PATH + "x", "/hooks/", "/hooks/acton", "/hooks/a/b"])
async def test_elsewhere_nothing_is_taken_in(path: str, shop: Shop) -> None:
    assert (await bring(shop.app, Hook(signed().body, path=path))).status == 404


def in_pieces(body: bytes, size: int) -> list[Message]:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return [
        {"type": "http.request", "body": part, "more_body": number < len(parts)}
        for number, part in enumerate(parts, 1)
    ]


async def test_the_largest_body_is_taken_and_one_byte_more_is_not(shop: Shop) -> None:
    for size, status in ((BODY_CAP, 200), (BODY_CAP + 1, 413)):
        for pieces in (None, 1000, 65_536, BODY_CAP):
            hook = of_size(size)
            if pieces is not None:
                hook.pieces = in_pieces(hook.body, pieces)
            assert (await bring(shop.app, hook)).status == status

    assert [len(one.body or b"") for one in await shop.deliveries()] == [BODY_CAP]


async def test_what_says_that_it_is_too_large_is_not_even_read(shop: Shop) -> None:
    hook = of_size(BODY_CAP + 1, headers=[(b"content-length", b"1048577")])
    hook.pieces = []

    answered = await bring(shop.app, hook)

    assert answered.status == 413
    assert answered.headers["connection"] == "close"


async def test_of_an_endless_body_no_more_is_read_than_is_allowed(shop: Shop) -> None:
    hook = signed()
    piece: Message = {"type": "http.request", "body": b"x" * 65_536, "more_body": True}
    hook.pieces = [piece] * 17  # one more would be the end of the test

    assert (await bring(shop.app, hook)).status == 413


async def test_what_is_not_signed_is_not_waited_for(shop: Shop) -> None:
    assert (await bring(shop.app, Hook(b"", signatures=(), pieces=[]))).status == 401


async def test_whoever_leaves_in_the_middle_leaves_nothing(shop: Shop) -> None:
    app = shop.app
    whole = signed()
    for number in range(len(whole.body) // 40):
        cut = whole.body[: number * 40]
        first: Message = {"type": "http.request", "body": cut, "more_body": True}
        await bring(app, Hook(whole.body, pieces=[first, {"type": "http.disconnect"}]))

    assert await shop.deliveries() == []
    assert (await bring(app, whole)).status == 200


def test_a_body_that_dawdles_is_put_off_and_harms_nobody(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        app = shop.app
        slow = [asyncio.ensure_future(dawdle(app, number)) for number in range(50)]
        await asyncio.sleep(5)
        assert (await bring(app, signed())).status == 200

        assert all(is_put_off(one) for one in await asyncio.gather(*slow))
        assert 10 <= asyncio.get_running_loop().time() <= 11
        assert len(await shop.deliveries()) == 1

    async def dawdle(app: Any, number: int) -> Answered:
        hook, got = signed(webhookId=f"slow-{number}"), []

        async def receive() -> Message:
            await asyncio.sleep(0.9)
            return {"type": "http.request", "body": b"x", "more_body": True}

        async def send(one: Message) -> None:
            got.append(one)

        await app(hook.scope(), receive, send)
        headers = {name.decode(): value.decode() for name, value in got[0]["headers"]}
        return Answered(got[0]["status"], headers, got[1]["body"])

    play(tmp_path, story)


def test_a_service_that_stops_puts_off_what_comes(tmp_path: Path) -> None:
    async def story(shop: Shop) -> None:
        app = shop.app
        assert (await bring(app, signed())).status == 200
        shop.parts.service.stop()

        assert is_put_off(await bring(app, signed(webhookId="late")))
        assert len(await shop.deliveries()) == 1

    play(tmp_path, story)


def test_a_server_that_ends_a_request_has_it_put_off(tmp_path: Path) -> None:
    """It would answer 500 by itself, and of that a vendor may think what it likes."""

    async def story(shop: Shop) -> None:
        got: list[Message] = []

        async def receive() -> Message:
            await asyncio.Event().wait()
            raise AssertionError

        async def send(one: Message) -> None:
            got.append(one)

        request = asyncio.ensure_future(shop.app(signed().scope(), receive, send))
        await asyncio.sleep(1)
        request.cancel()
        await request

        assert [one.get("status") for one in got] == [429, None]

    play(tmp_path, story)
