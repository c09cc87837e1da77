"""JSON in and out, by one parser, with a bound on nesting (msgspec recurses)."""

import re
from typing import Any, TypeVar

import msgspec

Json = Any
"""None, bool, int, float, str, list or dict of the same."""

DEPTH = 64
"""How deep a document may nest before it is refused."""

# Possessive: else the matcher remembers every character of a text, at a hundred bytes each.
_TOKENS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)
_Model = TypeVar("_Model")


class Unreadable(ValueError):
    """The bytes are not JSON that Dragoman accepts."""


def decode(data: bytes) -> Json:
    """Parse; duplicate keys: the last wins.

    Raises:
        Unreadable: not JSON, not UTF-8, or nested deeper than DEPTH.
    """
    return decode_as(data, Any)


def decode_as(data: bytes, model: type[_Model] | Any) -> Any:
    """Parse into a msgspec type; see `decode`."""
    if _depth(data) > DEPTH:
        raise Unreadable(f"nested deeper than {DEPTH} levels")
    try:
        return msgspec.json.decode(data, type=model)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from None


def encode(value: Json) -> bytes:
    return msgspec.json.encode(value)


def text(value: Json) -> str:
    return msgspec.json.encode(value).decode()


def canonical(value: Json) -> bytes:
    """The same bytes for the same value, whatever the order of its keys."""
    return msgspec.json.encode(value, order="sorted")


def _depth(data: bytes) -> int:
    # Cheap bound first: a document cannot nest deeper than it has brackets.
    if data.count(b"[") + data.count(b"{") <= DEPTH:
        return 0
    depth = deepest = 0
    for token in _TOKENS.finditer(data):
        mark = data[token.start()]
        if mark in b"[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEPTH:
                break
        elif mark in b"]}":
            depth -= 1
    return deepest
