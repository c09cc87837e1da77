"""What was asked: the values that a request gives of what an entry takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from dragoman.kernel import jsons
from dragoman.simulator.acton import forms
from dragoman.simulator.exchange import Request
from dragoman.simulator.generic import texts
from dragoman.simulator.generic.entries import Entry, Input


@dataclass(frozen=True, slots=True)
class Asked:
    given: Sequence[tuple[Input, Any]]
    """Each input and its value, or None. A query and a body may have the same name in them."""
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Name and bytes of each."""

    @property
    def values(self) -> dict[str, Any]:
        """What was given, by name on the wire."""
        return {one.name: value for one, value in self.given if value is not None}


class WrongType(Exception):
    """The body calls itself something else than what is due."""


class Unreadable(Exception):
    """The body is not what it calls itself."""


def read(entry: Entry, request: Request, params: Mapping[str, str]) -> Asked:
    """What a request gives of what the entry takes.

    Raises:
        WrongType: the body is neither JSON nor a form, whichever is due.
        Unreadable: it says that it is JSON, and is not.
    """
    body = _json(request) if entry.takes_json else None
    form = forms.Form() if entry.takes_json else _form(entry, request)
    query = parse_qs(request.raw_query.decode("utf-8", "replace"), keep_blank_values=True)
    given = [
        (one, _value(one, _found(one, params, query, form, request), body)) for one in entry.inputs
    ]
    files = {name: (form.names.get(name, ""), len(content)) for name, content in form.files.items()}
    return Asked(given, files)


def _value(one: Input, found: Sequence[str], body: Any) -> Any:
    if found:
        return texts.value(found, one.schema)
    if one.place == "root":
        return body
    return body.get(one.name) if one.place == "body" and isinstance(body, dict) else None


def _found(
    one: Input,
    params: Mapping[str, str],
    query: Mapping[str, list[str]],
    form: forms.Form,
    request: Request,
) -> Sequence[str]:
    match one.place:
        case "path":
            return [params[one.name]] if one.name in params else []
        case "query":
            return query.get(one.name, [])
        case "form":
            return form.values.get(one.name, [])
        case "header":
            text = request.headers.get(one.name.lower())
            return [] if text is None else [text]
        case _:
            return []


def _json(request: Request) -> Any:
    if not request.body:
        return None
    if "json" not in request.headers.get("content-type", ""):
        raise WrongType
    try:
        return jsons.decode(request.body)
    except jsons.Unreadable:
        raise Unreadable from None


def _form(entry: Entry, request: Request) -> forms.Form:
    kinds = ("multipart/form-data", "application/x-www-form-urlencoded")
    due = any(one.place in {"form", "file"} for one in entry.inputs) and request.body
    if due and not request.headers.get("content-type", "").startswith(kinds):
        raise WrongType
    return forms.read(request)
