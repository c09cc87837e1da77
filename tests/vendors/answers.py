"""Short ways to write the answers of vendors."""

from typing import Any

from dragoman.catalog.wire import Answer
from dragoman.kernel import jsons

JSON = {"content-type": "application/json; charset=utf-8"}
HTML = {"content-type": "text/html; charset=UTF-8"}
PAGE = b"<!DOCTYPE html><html><head><title>Attention Required!</title></head></html>"


def json(status: int, body: Any, **headers: str) -> Answer:
    return Answer(status, {**JSON, **headers}, jsons.encode(body))


def raw(status: int, body: bytes = b"", kind: str = "") -> Answer:
    return Answer(status, {"content-type": kind} if kind else {}, body)


def page(status: int) -> Answer:
    return Answer(status, HTML, PAGE)


def brief(value: object) -> str | None:
    """A name for an answer in the list of tests; nothing for all else."""
    if not isinstance(value, Answer):
        return None
    return f"{value.status} {value.body[:60].decode(errors='replace') or 'empty'}"
