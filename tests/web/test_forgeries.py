"""Nothing is taken in that was not signed, to the last bit, by a key that its account accepts."""

import gzip
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dragoman.kernel import jsons
from tests.web.conftest import Shop
from tests.web.signed import MAIN, STRANGER, Hook, bring, message, signed

LONG = "Hello, I would like to know more about the spring offer. ✓ " * 4
KINDS: list[dict[str, Any]] = [
    {},
    {"body": LONG},
    {"body": ""},
    {"body": "👩‍👧 שלום"},
    {"messageType": "Email", "to": ["bo@example.com"], "body": "<p>Hi</p>"},
    {"messageType": "CALL", "callStatus": "completed", "callDuration": 12},
    {"messageType": "VoiceMail", "status": "voicemail"},
    {"type": "OutboundMessage", "direction": "outbound"},
    {"type": "ContactCreate", "id": "con-1", "email": "bo@example.com"},
    {"type": "ContactDndUpdate", "dndSettings": {"SMS": {"status": "active"}}},
    {"type": "INSTALL", "companyId": "com"},
    {"type": "NoteCreate", "body": '"quoted" \\ and\nbroken'},
    {"type": "SomethingNew"},
    {"type": None},
    {"attachments": ["https://files.example.com/a.png"] * 3},
    {"data": {"nested": {"deep": [1, 2, 3]}}},
    {"number": 1.5e300, "large": 2**62, "none": None, "yes": True},
    {"messageType": "WhatsApp"},
    {"contactId": None},
    {"userId": "user-1", "source": "workflow"},
]
REAL = [
    signed(**{"webhookId": f"hook-{number}", "messageId": f"msg-{number}", **fields})
    for number, fields in enumerate(KINDS)
]


def other(byte: int, number: int) -> int:
    """A byte that is not this one; over many, every way of being another."""
    return byte ^ (1 + number * 37 % 255)


def mutated(hook: Hook) -> Iterator[Hook]:
    """The request with one byte changed, for each of its bytes."""
    signature = b64encode(MAIN.sign(hook.body).signature)
    for at, byte in enumerate(hook.body):
        body = hook.body[:at] + bytes([other(byte, at)]) + hook.body[at + 1 :]
        yield Hook(body, signatures=[signature])
    for at, byte in enumerate(signature):
        changed = signature[:at] + bytes([other(byte, at)]) + signature[at + 1 :]
        yield Hook(hook.body, signatures=[changed])
    name = b"x-ghl-signature"
    for at, byte in enumerate(name):
        changed = name[:at] + bytes([other(byte, at)]) + name[at + 1 :]
        yield Hook(hook.body, signatures=(), headers=[(changed, signature)])


def test_the_twenty_are_twenty() -> None:
    assert len(REAL) == len({hook.body for hook in REAL}) == 20


@pytest.mark.parametrize("hook", REAL, ids=range(20))
async def test_with_any_byte_changed_a_real_request_is_refused(hook: Hook, shop: Shop) -> None:
    app = shop.app
    changed = list(mutated(hook))

    answers = [(await bring(app, one)).status for one in changed]

    assert answers == [401] * len(changed)
    assert len(changed) == len(hook.body) + 88 + 15
    assert await shop.deliveries() == []
    assert (await bring(app, hook)).status == 200
    assert [one.body for one in await shop.deliveries()] == [hook.body]


RIGHT = signed()
SIGNATURE = b64encode(MAIN.sign(RIGHT.body).signature)


@pytest.mark.parametrize(
    "given",
    [
        (),
        (b"",),
        (b"N/A",),
        (b"n/a",),
        (b" ",),
        (SIGNATURE, SIGNATURE),
        (SIGNATURE, b"N/A"),
        (SIGNATURE + b"," + SIGNATURE,),
        (SIGNATURE + b" ",),
        (b"ed25519=" + SIGNATURE,),
        (SIGNATURE[:-2],),
        (SIGNATURE.lower(),),
        (MAIN.sign(RIGHT.body).signature.hex().encode(),),
        (b64encode(b"\x00" * 64),),
        (b64encode(b"\xff" * 64),),
        (b64encode(MAIN.sign(RIGHT.body + b" ").signature),),
        (b64encode(MAIN.sign(b"").signature),),
        (b64encode(STRANGER.sign(RIGHT.body).signature),),
        (b64encode(MAIN.sign(RIGHT.body)),),
        (b"\xff" * 88,),
        (b"A" * 100_000,),
    ],
    ids=range(21),
)
async def test_no_other_header_opens(given: tuple[bytes, ...], shop: Shop) -> None:
    answered = await bring(shop.app, Hook(RIGHT.body, signatures=given))

    assert answered.status == 401
    assert jsons.decode(answered.body)["code"] == "unauthorized"
    assert await shop.deliveries() == []


@pytest.mark.parametrize("name", [b"x-wh-signature", b"x-ghl-signature2", b"authorization"])
async def test_the_signature_under_another_name_is_none(name: bytes, shop: Shop) -> None:
    hook = Hook(RIGHT.body, signatures=(), headers=[(name, SIGNATURE)])

    assert (await bring(shop.app, hook)).status == 401


REWRITTEN: dict[str, Callable[[bytes], bytes]] = {
    "a space more": lambda body: body + b" ",
    "a line end more": lambda body: body + b"\n",
    "a space before": lambda body: b" " + body,
    "a mark before": lambda body: b"\xef\xbb\xbf" + body,
    "wide": lambda body: json.dumps(json.loads(body), indent=2, ensure_ascii=False).encode(),
    "ASCII": lambda body: json.dumps(json.loads(body)).encode(),
    "sorted": lambda body: jsons.canonical(jsons.decode(body)),
    "UTF-16": lambda body: body.decode().encode("utf-16"),
    "packed": gzip.compress,
    "twice": lambda body: body + body,
    "none": lambda _: b"",
    "as a form": lambda body: b"payload=" + body,
    "one field more": lambda body: body[:-1] + b',"x":1}',
    "one field twice": lambda body: b'{"type":"InboundMessage",' + body[1:],
}


@pytest.mark.parametrize("way", REWRITTEN)
async def test_the_same_said_with_other_bytes_is_refused(way: str, shop: Shop) -> None:
    body = REWRITTEN[way](RIGHT.body)

    assert body != RIGHT.body
    assert (await bring(shop.app, Hook(body, signatures=[SIGNATURE]))).status == 401
    assert await shop.deliveries() == []


async def test_nothing_that_came_is_said_aloud(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    canary = "canary-77ab"
    for hook in (
        signed(STRANGER, body=canary),
        Hook(jsons.encode(message(body=canary)), signatures=[canary.encode()]),
        signed(body=canary, locationId="elsewhere"),
        signed(body=canary, type="Unheard"),
        Hook(canary.encode()),
    ):
        assert canary.encode() not in (await bring(shop.app, hook)).body

    said = "".join(capsys.readouterr())
    assert canary not in said
    assert "/highlevel/elsewhere" in said


async def test_who_is_refused_again_and_again_is_named_once(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    app = shop.app
    for number in range(50):
        await bring(app, signed(STRANGER, webhookId=f"s{number}"))
        await bring(app, signed(locationId="elsewhere", webhookId=f"e{number}"))
        await bring(app, signed(locationId="yonder", webhookId=f"y{number}"))

    said = "".join(capsys.readouterr())
    assert said.count("none of `webhook_keys` has signed them") == 1
    assert said.count("/highlevel/elsewhere") == said.count("/highlevel/yonder") == 1
