"""What is signed and cannot be used is kept as it came, put aside, and answered 200."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.kernel import jsons
from tests.web.conftest import Shop
from tests.web.signed import Hook, bring, message, signed

DEEP = 100_000
NESTED = b'{"locationId": "loc1", "type": "InboundMessage", "webhookId": "w", "x": '
CORPUS = {
    "nothing": b"",
    "no JSON": b"hello",
    "half a document": b'{"type": "InboundMessage", "locationId": "loc1"',
    "two documents": b"{}{}",
    "a list": b"[1, 2]",
    "a text": b'"InboundMessage"',
    "null": b"null",
    "invalid UTF-8 in a name it reads": b'{"type": "\xff\xfe", "locationId": "loc1"}',
    "invalid UTF-8 elsewhere": NESTED + b'"\xc3\x28"}',
    "an overlong slash": NESTED + b'"\xc0\xaf"}',
    "half a surrogate pair": NESTED + b'"\\ud800"}',
    "the other half": NESTED + b'"\\udc00 \\ud83d"}',
    "a surrogate in UTF-8": NESTED + b'"\xed\xa0\x80"}',
    "NUL as it is": NESTED + b'"a\x00b"}',
    "NaN": NESTED + b"NaN}",
    "Infinity": NESTED + b"-Infinity}",
    "a number that is none": NESTED + b"1e999}",
    "an integer without an end": NESTED + b"9" * 5000 + b"}",
    "deep lists": NESTED + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep objects": NESTED + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}",
    "deep and open": b"[" * DEEP,
    "an odd escape": NESTED + b'"\\x41"}',
    "a comma too many": NESTED + b"[1,]}",
    "a comment": NESTED + b"1 /* one */}",
    "a mark before": b"\xef\xbb\xbf{}",
    "UTF-16": '{"type": "InboundMessage"}'.encode("utf-16"),
    "packed": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
}


@pytest.mark.parametrize("name", CORPUS)
async def test_whatever_is_signed_is_kept_and_answered(name: str, shop: Shop) -> None:
    hook = Hook(CORPUS[name])

    answers = [(await bring(shop.app, hook)).status for _ in range(2)]
    await shop.sort()
    (kept,) = await shop.deliveries()

    assert answers == [200, 200]
    assert (kept.state, kept.body) == ("quarantined", hook.body)
    assert kept.reason
    assert await shop.events() == []


USABLE = {
    "NUL, escaped": NESTED + b'"a\\u0000b"}',
    "a large integer": NESTED + b"9" * 40 + b"}",
    "names twice": NESTED + b'1, "x": 2}',
}


@pytest.mark.parametrize("name", USABLE)
async def test_what_is_odd_and_can_be_read_lacks_only_what_it_lacks(name: str, shop: Shop) -> None:
    assert (await bring(shop.app, Hook(USABLE[name]))).status == 200
    await shop.sort()

    (kept,) = await shop.deliveries()
    assert kept.reason == "highlevel.message.received: contact_id is missing"


async def test_odd_values_in_fields_that_are_used_do_no_harm(shop: Shop) -> None:
    odd: list[Any] = ["a\x00b", "\u202e\ufffe", 10**40, 1.5e308, [], {}, True, "x" * 100_000]
    app = shop.app
    for number, value in enumerate(odd):
        for field in ("body", "contactId", "messageType", "messageId", "dateAdded", "to", "userId"):
            fields = {"webhookId": f"{field}-{number}", "messageId": f"m-{field}-{number}"}
            hook = signed(**{**fields, field: value})
            assert (await bring(app, hook)).status == 200
    await shop.sort()
    await shop.parts.service._intake.step()

    assert {one.state for one in await shop.deliveries()} == {"sorted", "quarantined"}
    assert {one.state for one in await shop.events()} == {"skipped"}


UNTYPED = "it says no type: docs/triggers.md says which address to give what comes like that"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"type": "SomethingNew"}, "its type 'SomethingNew' is not known"),
        ({"type": "inboundmessage"}, "its type 'inboundmessage' is not known"),
        ({"type": None}, UNTYPED),
        ({"type": 7}, UNTYPED),
        ({"type": "x" * 300}, UNTYPED),
    ],
)
async def test_a_type_that_nobody_knows_is_put_aside_for_its_account(
    fields: dict[str, Any], why: str, shop: Shop
) -> None:
    assert (await bring(shop.app, signed(**fields))).status == 200

    (kept,) = await shop.deliveries()
    assert (kept.connection, kept.state, kept.reason) == ("main", "quarantined", why)


async def test_of_what_says_no_account_only_the_newest_thousand_are_kept(shop: Shop) -> None:
    app = shop.app
    await bring(app, signed(webhookId="of an account"))
    for number in range(1100):
        body = jsons.encode(message(locationId=None, webhookId=f"h{number}"))
        assert (await bring(app, Hook(body))).status == 200

    kept = await shop.deliveries()
    assert [one.key for one in kept] == ["of an account", *(f"h{n}" for n in range(100, 1100))]
    assert {one.reason for one in kept[1:]} == {"it does not say which account it is for"}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(max_size=300)
    | st.dictionaries(
        st.sampled_from([*message(), "data", "to", "callDuration", "timestamp"]),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()),
    ).map(lambda odd: jsons.encode({**message(), **odd}))
)
async def test_no_signed_body_ends_in_a_failure(shop: Shop, body: bytes) -> None:
    status = (await bring(shop.app, Hook(body))).status
    await shop.sort()
    await shop.parts.service._intake.step()

    # Fuzzed ids name an account that is not here, or the other connection's.
    assert status in {200, 403}
    assert {one.state for one in await shop.deliveries()} <= {"sorted", "ignored", "quarantined"}
