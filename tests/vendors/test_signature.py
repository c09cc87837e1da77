"""A webhook counts only if one of the keys has signed these very bytes."""

from base64 import b64encode

import pytest
from nacl.signing import SigningKey

from dragoman.vendors.highlevel.signature import signature, verified

OURS, OTHER = (SigningKey(bytes([number]) * 32) for number in (1, 2))
KEYS = [bytes(OTHER.verify_key), bytes(OURS.verify_key)]
BODY = b'{"type": "InboundMessage"}'
SIGNED = OURS.sign(BODY).signature
HEADER = b64encode(SIGNED)
NAME = b"x-ghl-signature"


def headers(*values: bytes) -> list[tuple[bytes, bytes]]:
    return [(b"host", b"x"), *((NAME, value) for value in values), (b"x-wh-signature", b"N/A")]


def test_the_key_that_signed_is_named() -> None:
    assert signature(headers(HEADER)) == SIGNED
    assert verified(SIGNED, BODY, KEYS) == bytes(OURS.verify_key)
    assert verified(SIGNED, BODY, KEYS[:1]) is None
    assert verified(SIGNED, BODY, []) is None


@pytest.mark.parametrize(
    "given",
    [
        (),
        (b"",),
        (b"N/A",),
        (HEADER, HEADER),
        (HEADER, b"N/A"),
        (b"sha256=" + HEADER,),
        (HEADER[:-1],),
        (HEADER.rstrip(b"="),),
        (HEADER + b"=",),
        (HEADER + HEADER,),
        (HEADER + b"," + HEADER,),
        (HEADER[:40] + b"\n" + HEADER[40:],),
        (b" " + HEADER,),
        (HEADER + b"\x00",),
        (HEADER.replace(b"+", b"-").replace(b"/", b"_") + b"_",),
        (SIGNED,),
        (SIGNED.hex().encode(),),
        (b64encode(SIGNED[:-1]),),
        (b64encode(SIGNED + b"\x00"),),
        (b64encode(b""),),
        (b"\xff\xfe",),
        ("é".encode(),),
    ],
)
def test_what_is_not_one_signature_is_none(given: tuple[bytes, ...]) -> None:
    assert signature(headers(*given)) is None


def test_only_the_usual_spelling_of_base64_is_taken() -> None:
    """The last letter before the padding has four bits that say nothing."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    spellings = [HEADER[:-3] + bytes([letter]) + HEADER[-2:] for letter in alphabet]

    assert [one for one in spellings if signature(headers(one)) == SIGNED] == [HEADER]


def test_another_header_does_not_stand_in_for_it() -> None:
    for name in (b"x-wh-signature", b"x-ghl-signature-2", b"authorization"):
        assert signature([(name, HEADER)]) is None


@pytest.mark.parametrize(
    "key", [bytes(32), bytes([1]) + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f"]
)
def test_a_key_that_would_take_any_body_takes_none(key: bytes) -> None:
    """Points of small order: with them, a signature can be made without a secret."""
    for made in (bytes(64), bytes([1]) + bytes(63), key + bytes(32)):
        assert verified(made, BODY, [key]) is None


def test_a_second_form_of_the_same_signature_is_refused() -> None:
    """Adding the order of the group to its second half gives an equal one to lax verifiers."""
    order = 2**252 + 27742317777372353535851937790883648493
    half = int.from_bytes(SIGNED[32:], "little") + order

    assert verified(SIGNED[:32] + half.to_bytes(32, "little"), BODY, KEYS) is None
