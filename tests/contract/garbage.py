"""Requests that make no sense, each made from one that does."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dragoman.catalog.entries import Operation
from dragoman.kernel import jsons
from dragoman.simulator.exchange import Request, form_fields

DEEP: Any = "x"
for _ in range(60):
    DEEP = [DEEP]
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, -1e308, 1e300, 2**63, 10**30, -(10**15), 253402300800000),
    *(
        "",
        " ",
        "x",
        "²",
        "١٢",
        "-1",
        "9" * 5000,
        "\x00",
        "\r\n",
        "💥",
        "a" * 100_000,
        "NaN",
        "=1+1",
    ),
    *("2026-13-45", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "America/Nowhere", "America"),
    *("FREQ=MONTHLY;INTERVAL=99999", "FREQ=DAILY;COUNT=-1", "../.."),
    *([], {}, [None], [[]], [{}], [1], ["x"], {"x": 1}, {"id": None}, {"": ""}, DEEP),
)
TEXTS = (
    *("", "x", "-1", "0", "1.5", "²", "١٢", "9" * 5000, "9" * 20, "1e999", "NaN", "\x00", "💥"),
    *("a" * 10_000, "..", "null", "[]", "{}", '{"a":1}', "[{}]", "2026-13-45", "0001-01-01"),
    *("9999-12-31T23:59:59Z", "253402300800000", ",,", "\n"),
)
SEGMENTS = ("%00", "%ff", "%C2%B2", "-1", "%2e%2e", "%2F", "%20", "a" * 10_000, "9" * 5000)
BODIES = (
    *(
        b"",
        b"null",
        b"[]",
        b"{}",
        b'"x"',
        b"1",
        b"{",
        b"\xff\xfe",
        b"true",
        b"[1]",
        b"[{}]",
        b"[[]]",
    ),
    *(b"[" * 5000 + b"]" * 5000, b'{"a":' * 3000 + b"1" + b"}" * 3000, b'{"a":"\\ud800"}'),
    *(b'{"a":1e999}', b'{"a":NaN}', b'{"a":1,"a":2}', b"\x00" * 100, b"x" * 2**20),
    b'"' + b"x" * 2**20 + b'"',
)
TYPES = (
    *("", "application/json", "application/x-www-form-urlencoded", "text/plain", "\xff"),
    *("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"),
)
_HEAD = b"--x\r\nContent-Disposition: form-data; "
FORMS = (
    *(b"--x--", b"--x\r\n\r\n\r\n--x--", _HEAD + b"\r\n\r\nv\r\n--x--\r\n"),
    _HEAD + b'name="file"; filename=""\r\n\r\n\r\n--x--\r\n',
    _HEAD + b"name=file; filename=a.csv\r\nContent-Type: \xff\r\n\r\n\xff\xfe\x00\r\n--x--\r\n",
)


def spoilt(request: Request, operation: Operation) -> list[Request]:
    """Everything that is done to a request; most of it is refused, and nothing may break."""
    return [
        *_queries(request, operation),
        *_paths(request, operation),
        *(_bodies(request, operation) if request.method != "GET" else ()),
    ]


def _queries(request: Request, operation: Operation) -> Iterator[Request]:
    pairs = parse_qsl(request.raw_query.decode(), keep_blank_values=True)
    known = {one.wire for one in operation.input.values() if one.place == "query"}
    for name in sorted(known | {name for name, _ in pairs}):
        rest = [pair for pair in pairs if pair[0] != name]
        yield _asked(request, urlencode(rest).encode())
        yield _asked(request, urlencode([*rest, (name, "x"), (name, "1")]).encode())
        yield _asked(request, urlencode(rest).encode() + b"&" + name.encode() + b"=%ff%fe")
        for text in TEXTS:
            yield _asked(request, urlencode([*rest, (name, text)]).encode())


def _asked(request: Request, query: bytes) -> Request:
    return replace(request, query=form_fields(query), raw_query=query)


def _paths(request: Request, operation: Operation) -> Iterator[Request]:
    given = request.path.split("/")
    for place, part in enumerate(operation.path.split("/")):
        for segment in SEGMENTS if part.startswith("{") else ():
            yield replace(request, path="/".join([*given[:place], segment, *given[place + 1 :]]))


def _bodies(request: Request, operation: Operation) -> Iterator[Request]:
    kind = request.headers.get("content-type", "")
    typed = request if kind else _typed(request, "application/json")
    yield from (replace(typed, body=body) for body in BODIES)
    yield from (_typed(request, one) for one in TYPES)
    spoilt_form = _typed(request, "multipart/form-data; boundary=x")
    yield from (replace(spoilt_form, body=body) for body in FORMS)
    if "urlencoded" in kind:
        yield from _fields(request, operation)
    elif "multipart" in kind:
        yield from _parts(request)
    elif request.body:
        known = {one.wire for one in operation.input.values() if one.place == "body"}
        for value in _values(jsons.decode(request.body), known):
            yield replace(request, body=jsons.encode(value))


def _typed(request: Request, kind: str) -> Request:
    return replace(request, headers={**request.headers, "content-type": kind})


def _fields(request: Request, operation: Operation) -> Iterator[Request]:
    pairs = parse_qsl(request.body.decode(), keep_blank_values=True)
    known = {one.wire for one in operation.input.values() if one.place == "form"}
    for name in sorted(known | {name for name, _ in pairs}):
        rest = [pair for pair in pairs if pair[0] != name]
        yield replace(request, body=urlencode(rest).encode())
        for text in TEXTS:
            yield replace(request, body=urlencode([*rest, (name, text)]).encode())


def _parts(request: Request) -> Iterator[Request]:
    """Each part with another content, and the whole cut short."""
    parts = request.body.split(b"\r\n\r\n")
    for place in range(1, len(parts)):
        _, line, rest = parts[place].partition(b"\r\n--")
        for body in [*BODIES, *(text.encode() for text in TEXTS)]:
            other = [*parts[:place], body + line + rest, *parts[place + 1 :]]
            yield replace(request, body=b"\r\n\r\n".join(other))
    for end in range(0, len(request.body), max(1, len(request.body) // 8)):
        yield replace(request, body=request.body[:end])


def _values(body: Any, known: set[str]) -> Iterator[Any]:
    if isinstance(body, dict):
        for name in sorted(known - body.keys()):
            yield from ({**body, name: value} for value in VALUES)
    for path in _places(body):
        for value in VALUES:
            yield _put(body, path, value)
        if path and isinstance(path[-1], str):
            yield _put(body, path, None, away=True)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _places(one, (*path, name))
    elif isinstance(value, list):
        for number, one in enumerate(value[:2]):
            yield from _places(one, (*path, number))


def _put(body: Any, path: tuple[Any, ...], value: Any, *, away: bool = False) -> Any:
    if not path:
        return value
    changed = there = copy.deepcopy(body)
    for step in path[:-1]:
        there = there[step]
    if away:
        del there[path[-1]]
    else:
        there[path[-1]] = value
    return changed
