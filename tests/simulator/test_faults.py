"""Faults strike when told to, and what they leave undone or done is in the ledger."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from dragoman.kernel import jsons
from tests.simulator.conftest import Door, Rig

SEND = "/conversations/messages"


class Case:
    """A contact who can be sent to, and a client that sends."""

    def __init__(self, rig: Rig, highlevel: Door, contact: str) -> None:
        self.rig = rig
        self.writers: list[asyncio.StreamWriter] = []
        self.highlevel = highlevel
        self.body = {"type": "SMS", "contactId": contact, "message": "Hello"}

    async def send_raw(self) -> asyncio.StreamReader:
        """Send over a bare socket, to see what really comes back."""
        reader, writer = await self.open()
        writer.write(self.request())
        return reader

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        where = urlsplit(self.rig.addresses.highlevel)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        self.writers.append(writer)
        return reader, writer

    def request(self) -> bytes:
        body = jsons.encode(self.body)
        head = [f"POST {SEND} HTTP/1.1", "Host: simulator", f"Content-Length: {len(body)}"]
        head += [f"{name}: {value}" for name, value in self.highlevel.headers.items()]
        return "\r\n".join([*head, "", ""]).encode() + body

    def sent(self) -> int:
        return len(self.rig.effects("message.sent"))

    def held(self) -> bool:
        """Whether a call is being kept waiting."""
        return self.rig.clock.sleepers() > 0


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop turn until something has come about."""
    for _ in range(100_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came about")


@pytest.fixture
async def case(rig: Rig) -> AsyncIterator[Case]:
    highlevel = await rig.highlevel()
    case = Case(rig, highlevel, await rig.contact(highlevel, phone="+14155550100"))
    yield case
    for writer in case.writers:
        writer.close()


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
async def test_a_cut_closes_the_socket_without_a_byte(case: Case, when: str, sent: int) -> None:
    await case.rig.break_({"kind": "cut", "when": when})

    answer = await (await case.send_raw()).read()

    assert answer == b""
    assert case.sent() == sent


async def test_a_cut_amid_the_answer_leaves_half_of_it(case: Case) -> None:
    await case.rig.break_({"kind": "cut", "when": "half"})

    answer = await (await case.send_raw()).read()
    head, _, body = answer.partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200 OK")
    length = int(head.lower().partition(b"content-length: ")[2].split()[0])
    assert 0 < len(body) < length
    assert case.sent() == 1


async def test_the_effect_is_in_the_ledger_before_the_answer_leaves(case: Case) -> None:
    await case.rig.break_({"kind": "stall", "when": "after", "seconds": 60})
    reader = await case.send_raw()
    await until(case.held)

    assert case.sent() == 1

    assert reader.at_eof() is False
    case.rig.clock.advance(60)
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
async def test_a_stall_outlasts_the_client(case: Case, when: str, sent: int) -> None:
    await case.rig.break_({"kind": "stall", "when": when, "seconds": 3600})
    reader = await case.send_raw()

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.read(1), 0.05)

    assert case.sent() == sent


async def test_a_client_that_leaves_undoes_nothing_and_the_vendor_acts_late(case: Case) -> None:
    await case.rig.break_({"kind": "stall", "when": "before", "seconds": 60})
    reader, writer = await case.open()
    writer.write(case.request())
    await until(case.held)
    writer.transport.abort()
    await until(reader.at_eof)

    early = case.sent()
    case.rig.clock.advance(60)
    await until(lambda: case.sent() == 1)

    assert early == 0
    assert await reader.read() == b""


async def test_a_stall_that_ends_in_a_cut_never_acts(case: Case) -> None:
    await case.rig.break_({"kind": "stall", "when": "before", "seconds": 60, "then": "cut"})
    reader = await case.send_raw()
    await until(case.held)
    case.rig.clock.advance(60)

    assert await reader.read() == b""
    assert case.sent() == 0


async def test_stopping_lets_go_of_held_calls(case: Case) -> None:
    await case.rig.break_({"kind": "stall", "when": "before", "seconds": 3600})
    reader = await case.send_raw()
    await until(case.held)

    await asyncio.wait_for(case.rig.simulators.stop(), 1)

    assert await reader.read() == b""
    assert case.sent() == 0


@pytest.mark.parametrize(
    ("fault", "status", "sent"),
    [
        ({"kind": "429"}, 429, 0),
        ({"kind": "status", "status": 503}, 503, 0),
        ({"kind": "act_then_status", "status": 503}, 503, 1),
        ({"kind": "html", "status": 403}, 403, 0),
        ({"kind": "empty"}, 200, 1),
        ({"kind": "empty", "status": 404}, 404, 0),
        ({"kind": "json", "status": 401, "body": {"message": "Command timed out"}}, 401, 0),
    ],
)
async def test_a_fault_answers_in_the_vendors_place(
    case: Case, fault: dict[str, Any], status: int, sent: int
) -> None:
    await case.rig.break_(fault)

    reply = await case.highlevel.post(SEND, case.body)

    assert reply.status == status
    assert case.sent() == sent


async def test_a_faults_body_is_what_was_asked_for(case: Case) -> None:
    await case.rig.break_({"kind": "empty"})
    empty = await case.highlevel.post(SEND, case.body)
    await case.rig.break_({"kind": "html", "status": 502})
    page = await case.highlevel.post(SEND, case.body)
    await case.rig.break_({"kind": "json", "status": 200, "body": [1]})
    array = await case.highlevel.post(SEND, case.body)
    await case.rig.break_(
        {"kind": "status", "status": 500, "body": "oops", "content_type": "text/weird"}
    )
    text = await case.highlevel.post(SEND, case.body)
    await case.rig.break_({"kind": "status", "status": 500})
    own = await case.highlevel.post(SEND, case.body)

    assert empty.raw == b""
    assert page.headers["content-type"].startswith("text/html")
    assert array.body == [1]
    assert (text.raw, text.headers["content-type"]) == (b"oops", "text/weird")
    assert own.body == {
        "statusCode": 500,
        "message": "Internal Server Error",
        "error": "Internal Server Error",
    }


@pytest.mark.parametrize(
    ("retry_after", "header"),
    [(None, None), (7, "7"), (0.5, "0.5"), ("Mon, 21 Sep 2026 14:14:00 GMT",) * 2],
)
async def test_a_429_says_when_to_come_back_only_if_told_to(
    case: Case, retry_after: float | str | None, header: str | None
) -> None:
    await case.rig.break_({"kind": "429", "retry_after": retry_after})

    reply = await case.highlevel.post(SEND, case.body)

    assert reply.headers.get("retry-after") == header
    assert reply.headers["x-ratelimit-remaining"] == "0"
    assert reply.headers["x-ratelimit-daily-remaining"] != "0"


async def test_acton_has_its_own_form_of_a_fault(rig: Rig) -> None:
    acton = await rig.acton()
    await rig.break_({"kind": "429"}, vendor="acton")

    reply = await acton.get("/api/1/account")

    assert reply.body["moreInformation"] == "Rate Limit exceeded"


async def test_a_fault_strikes_the_nth_match_and_then_no_more(case: Case) -> None:
    await case.rig.break_({"kind": "status", "status": 503}, skip=1, times=2)

    statuses = [(await case.highlevel.post(SEND, case.body)).status for _ in range(4)]

    assert statuses == [200, 503, 503, 200]


async def test_a_fault_for_ever_lasts_until_it_is_mended(case: Case) -> None:
    break_id = await case.rig.break_({"kind": "status", "status": 503}, times=None)

    broken = [(await case.highlevel.post(SEND, case.body)).status for _ in range(3)]
    mended = await case.rig.control.delete(f"/control/break/{break_id}")
    again = await case.rig.control.delete(f"/control/break/{break_id}")
    after = await case.highlevel.post(SEND, case.body)

    assert broken == [503] * 3
    assert (mended.status, again.status, after.status) == (200, 404, 200)


@pytest.mark.parametrize(
    ("which", "struck"),
    [
        ({}, True),
        ({"vendor": "highlevel"}, True),
        ({"vendor": "acton"}, False),
        ({"method": "post"}, True),
        ({"method": "GET"}, False),
        ({"path": "^/conversations/messages$"}, True),
        ({"path": "^/contacts"}, False),
    ],
)
async def test_a_fault_strikes_only_what_it_names(
    case: Case,
    which: dict[str, str],
    struck: bool,  # noqa: FBT001  # a parameter of the table above
) -> None:
    await case.rig.break_({"kind": "status", "status": 503}, **which)

    reply = await case.highlevel.post(SEND, case.body)

    assert (reply.status == 503) is struck


async def test_all_is_mended_at_once(case: Case) -> None:
    for _ in range(2):
        await case.rig.break_({"kind": "status", "status": 503}, times=None)

    listed = await case.rig.control.get("/control/break")
    mended = await case.rig.control.delete("/control/break")

    assert len(listed.body["breaks"]) == mended.body["mended"] == 2
    assert (await case.highlevel.post(SEND, case.body)).status == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"fault": {"kind": "explode"}},
        {"fault": {"kind": "429"}, "path": "("},
        {"fault": {"kind": "429"}, "vendr": "acton"},
        {},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(rig: Rig, asked: dict[str, Any]) -> None:
    reply = await rig.control.post("/control/break", asked)

    assert reply.status == 400
    assert reply.body["error"]
