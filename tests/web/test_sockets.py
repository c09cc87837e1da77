"""Real sockets: slow, huge and broken requests, and good ones beside them."""

import asyncio

import pytest

from dragoman.web import listener, receiver
from tests.web.conftest import Shop
from tests.web.signed import signed
from tests.web.wire import SOON, ask, connect, head, is_closed, listening, status, whole

pytestmark = pytest.mark.usefixtures("hasty")


async def test_many_requests_on_one_connection(port: int, shop: Shop) -> None:
    streams = await connect(port)
    for number in range(20):
        streams[1].write(whole(signed(webhookId=f"h{number}")))
        assert await status(streams) == 200
    # And without waiting for the answers.
    streams[1].write(b"".join(whole(signed(webhookId=f"p{number}")) for number in range(20)))
    assert [await status(streams) for _ in range(20)] == [200] * 20
    streams[1].close()

    assert len(await shop.deliveries()) == 40


async def test_a_body_in_drops_that_comes_in_time_is_taken(port: int) -> None:
    hook = signed()
    streams = await connect(port)
    streams[1].write(head(hook, length=len(hook.body)))
    for at in range(0, len(hook.body), 50):
        streams[1].write(hook.body[at : at + 50])
        await streams[1].drain()
        await asyncio.sleep(0)

    assert await status(streams) == 200
    streams[1].close()


async def test_whoever_asks_first_whether_to_go_on_is_told_so(port: int) -> None:
    hook = signed()
    streams = await connect(port)
    streams[1].write(head(hook, b"Expect: 100-continue", length=len(hook.body)))
    assert await streams[0].readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
    streams[1].write(hook.body)

    assert await status(streams) == 200
    streams[1].close()


async def test_too_large_by_its_own_word(port: int) -> None:
    hook = signed()

    assert await ask(port, head(hook, length=receiver.BODY_CAP + 1)) == 413
    assert await ask(port, head(hook, length=10**15)) == 413


async def test_too_large_without_a_word(port: int) -> None:
    """Sent in chunks: nobody knows how much is to come. One byte is one too many; more would
    only race with the end of the connection.
    """
    hook = signed()
    streams = await connect(port)
    streams[1].write(head(hook, b"Transfer-Encoding: chunked"))
    streams[1].write(b"%x\r\n%b\r\n" % (receiver.BODY_CAP, b"x" * receiver.BODY_CAP))
    streams[1].write(b"1\r\nx\r\n")

    assert await status(streams) == 413
    assert await is_closed(streams)
    streams[1].close()


async def test_chunks_are_put_together_before_they_are_verified(port: int) -> None:
    hook = signed()
    halves = (hook.body[:100], hook.body[100:])
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in halves) + b"0\r\n\r\n"

    assert await ask(port, head(hook, b"Transfer-Encoding: chunked"), chunks) == 200


async def test_a_body_that_does_not_come_is_put_off(port: int) -> None:
    hook = signed()
    for begun in (b"", hook.body[:10]):
        streams = await connect(port)
        streams[1].write(head(hook, length=len(hook.body)) + begun)

        assert await status(streams) == 429
        assert await is_closed(streams)


async def test_those_who_dawdle_do_not_shut_out_those_who_do_not(port: int, shop: Shop) -> None:
    hook = signed()
    large = b"x" * 500_000
    slow = [await connect(port) for _ in range(150)]
    for number, (_, writer) in enumerate(slow):
        begun = head(hook, length=receiver.BODY_CAP) + large if number % 3 else b"POST /"
        writer.write(begun)

    statuses = [await ask(port, whole(signed(webhookId=f"h{n}"))) for n in range(50)]

    assert statuses == [200] * 50
    assert len(await shop.deliveries()) == 50
    for streams in slow:
        assert await is_closed(streams)


async def test_what_is_in_hand_when_the_port_closes_is_answered(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "_PATIENCE", 60.0)
    monkeypatch.setattr(listener, "_GRACE", SOON)
    hook = signed()
    async with listening(shop.app) as (one, port):
        streams = await connect(port)
        streams[1].write(head(hook, length=len(hook.body)))
        assert await ask(port, whole(signed(webhookId="beside"))) == 200
        await one.stop()

        assert await status(streams) == 429
        assert await is_closed(streams)
        with pytest.raises(ConnectionRefusedError):
            await connect(port)
