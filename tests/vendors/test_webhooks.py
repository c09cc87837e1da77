"""What HighLevel's webhooks say, in every form they were seen in, and whatever else may come."""

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from dragoman.catalog import mapping
from dragoman.catalog.vendors import Head
from dragoman.kernel import jsons
from dragoman.vendors import registry
from dragoman.vendors.highlevel import webhooks
from tests.catalog.shipped import CATALOGUE, TRIGGERS

KEY = bytes(SigningKey(bytes(32)).verify_key)
SPKI = bytes.fromhex("302a300506032b6570032100") + KEY
ENVELOPE = {
    "type": "InboundMessage",
    "locationId": "loc",
    "companyId": "com",
    "appId": "app",
    "webhookId": "hook",
    "messageId": "msg",
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    [
        *ENVELOPE, "timestamp", "messageType", "messageTypeString", "dateAdded", "from", "to",
        "attachments", "callDuration", "callStatus", "status", "contactId", "body",
    ]
)  # fmt: skip
BODIES = st.dictionaries(FIELDS, JSON) | st.fixed_dictionaries(
    {"data": st.dictionaries(FIELDS, JSON)}
)


def head(body: Any) -> Head:
    return webhooks.head([], body if isinstance(body, bytes) else jsons.encode(body))


@pytest.mark.parametrize(
    "text",
    [
        b64encode(KEY).decode(),
        b64encode(SPKI).decode(),
        f"-----BEGIN PUBLIC KEY-----\n{b64encode(SPKI).decode()}\n-----END PUBLIC KEY-----\n",
        f"  {b64encode(KEY).decode()}\n",
    ],
)
def test_a_key_may_be_written_in_any_usual_form(text: str) -> None:
    assert webhooks.key(text) == KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N/A",
        KEY.hex(),
        b64encode(KEY[:-1]).decode(),
        b64encode(KEY + b"\x00").decode(),
        b64encode(SPKI[:-1]).decode(),
        b64encode(b"\x00" * len(SPKI)).decode(),
        b64encode(KEY).decode()[:-1],
        b64encode(KEY).decode() + "!",
        "ünïcode",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an Ed25519 public key: PEM, or base64"):
        webhooks.key(text)


def test_the_published_key_is_the_one_of_the_guide() -> None:
    vendor = registry.vendors()["highlevel"]
    assert vendor.webhook is not None
    (published,) = vendor.webhook.keys

    assert webhooks.key(published).hex()[:8] == "8b61d1d6"
    assert registry.vendors()["acton"].webhook is None


def test_the_head_is_read_flat_or_nested() -> None:
    flat = head(ENVELOPE)
    inside = {**ENVELOPE}
    outside = {"type": inside.pop("type"), "webhookId": inside.pop("webhookId"), "data": inside}

    assert (
        flat
        == head(outside)
        == Head("hook", "InboundMessage", {"location_id": "loc", "company_id": "com"}, "app")
    )


def test_what_stands_on_top_wins_over_what_is_nested() -> None:
    assert head({**ENVELOPE, "data": {"webhookId": "x", "locationId": "y"}}) == head(ENVELOPE)


def test_of_equal_names_the_last_counts() -> None:
    assert head(b'{"webhookId": "a", "type": "x", "webhookId": "b"}').key == "b"


def test_without_an_id_of_its_own_the_message_tells_it_and_then_the_body() -> None:
    message = {name: value for name, value in ENVELOPE.items() if name != "webhookId"}
    nothing = {name: value for name, value in message.items() if name != "messageId"}

    assert head(message).key == "message:msg"
    assert head(nothing).key == head(nothing).key
    assert head(nothing).key.startswith("body:")
    assert head({**nothing, "more": 1}).key != head(nothing).key


@pytest.mark.parametrize("odd", [None, "", 1, 1.5, True, [], {}, ["hook"], "x" * 201])
def test_an_id_that_is_no_sound_text_is_none(odd: Any) -> None:
    assert head({**ENVELOPE, "webhookId": odd}).key == "message:msg"
    assert head({**ENVELOPE, "locationId": odd}).facts == {"company_id": "com"}
    assert head({**ENVELOPE, "type": odd}).type == ""
    assert head({**ENVELOPE, "data": odd}) == head(ENVELOPE)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b'"text"', b"{", b"{'type': 'x'}", b'{"type": "x"} more',
        b'{"x": NaN}', b'{"x": Infinity}', b'{"type": "\xff"}', b"\xef\xbb\xbf{}", b"\x00",
        b'{"type": "a\x00b"}', b'{"type": "\\ud800"}', b"[" * 100_000, b'{"x":' * 100_000,
        b'{"x": ' + b"[" * 200 + b"]" * 200 + b"}", b"\x1f\x8b\x08\x00",
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_is_told_apart_by_its_bytes(body: bytes) -> None:
    found = head(body)

    assert found.flaw
    assert found.key.startswith("body:")
    assert (found.type, found.facts) == ("", {})


@given(st.binary() | BODIES.map(jsons.encode) | JSON.map(jsons.encode))
def test_any_bytes_have_a_head_and_the_same_bytes_the_same_one(body: bytes) -> None:
    first, second = head(body), head(bytes(body))

    assert first == second
    assert 0 < len(first.key) <= 208
    assert bool(first.flaw) <= (first.facts == {})


@given(st.text(min_size=1, max_size=200), st.text(min_size=1, max_size=200))
def test_two_ids_are_two_deliveries(one: str, other: str) -> None:
    heads = [head({**ENVELOPE, "webhookId": word}) for word in (one, other)]

    assert (heads[0].key == heads[1].key) == (one == other)


@given(BODIES)
def test_any_body_has_a_row_that_the_triggers_can_read(body: dict[str, Any]) -> None:
    row = webhooks.message(jsons.decode(jsons.encode(body)))

    for trigger in TRIGGERS:
        if trigger.webhook is not None:
            assert set(mapping.data(trigger, row)) == set(trigger.data)


def message(**fields: Any) -> dict[str, Any]:
    row = webhooks.message({**ENVELOPE, "dateAdded": "2026-03-02T15:04:05.678Z", **fields})
    return mapping.data(CATALOGUE.trigger("highlevel.message.received"), row)


def test_a_nested_message_has_the_same_data_as_a_flat_one() -> None:
    fields = {"body": "Hi", "dateAdded": "2026-03-02T15:04:05.678Z", "contactId": "con"}
    nested = webhooks.message({**ENVELOPE, "data": fields})

    assert nested["contactId"] == "con"
    assert {**nested, "from": None} == {**webhooks.message({**ENVELOPE, **fields}), "from": None}


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("bo@example.com", "bo@example.com"),
        (["bo@example.com"], "bo@example.com"),
        (["bo@example.com", "di@example.com"], "bo@example.com, di@example.com"),
        (["", None, 7, "bo@example.com"], "bo@example.com"),
        ([], None),
        ({}, None),
        (None, None),
    ],
)
def test_recipients_may_be_a_text_or_a_list(to: Any, told: str | None) -> None:
    assert message(to=to)["to"] == told


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-03-02T15:04:05.678Z", 1772463845678),
        ("2026-03-02T16:04:05.678+01:00", 1772463845678),
        ("2026-03-02T15:04:05.678", 1772463845678),
        (1772463845678, 1772463845678),
    ],
)
def test_a_moment_may_be_written_in_several_ways(said: Any, moment: int) -> None:
    assert message(dateAdded=said)["created_at"] == moment


@pytest.mark.parametrize(
    "odd", [None, "", "yesterday", "2026-02-30T00:00:00Z", -1, 0, True, 1.5, 10**30, [], {}]
)
def test_where_the_date_is_none_the_envelope_says_when(odd: Any) -> None:
    assert (
        message(dateAdded=odd, timestamp="2026-03-02T15:04:05.678Z")["created_at"] == 1772463845678
    )
    assert message(dateAdded=odd, timestamp=odd)["created_at"] is None


def test_a_message_without_an_id_is_told_by_its_delivery() -> None:
    assert message(messageId=None)["message_id"] == "delivery:hook"
    assert message(messageId=None, webhookId=None)["message_id"] is None


def test_the_prefix_of_the_api_is_no_part_of_the_channel() -> None:
    assert message(messageType="SMS")["channel"] == "SMS"
    assert message(messageType="TYPE_WHATSAPP")["channel"] == "WHATSAPP"
    assert message(messageTypeString="TYPE_CALL")["channel"] == "CALL"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [(183, 183), ("12", 12), (182.6, 183), ("0", 0), ("", None), ("long", None), (None, None),
     ("1e999", None), ("nan", None), (10**40, None), (-1, None), ([], None)],
)  # fmt: skip
def test_a_duration_may_be_a_number_or_its_text(said: Any, seconds: int | None) -> None:
    assert webhooks.message({"callDuration": said})["callDuration"] == seconds


def test_an_outbound_voice_mail_is_one_though_its_status_is_completed() -> None:
    said = webhooks.message({"status": "completed", "callStatus": "voicemail"})
    plain = webhooks.message({"status": "completed"})

    assert (said["callStatus"], plain["callStatus"]) == ("voicemail", "completed")
