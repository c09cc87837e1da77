"""Entries as JSON documents, for programs: the same on the command line and over the API."""

from collections.abc import Mapping
from typing import Any

import msgspec

from dragoman.catalog.entries import Operation, Parameter, Trigger
from dragoman.catalog.phrases import needed
from dragoman.catalog.shapes import Shape
from dragoman.kernel.jsons import Json

Entry = Operation | Trigger


def group(entry: Entry) -> str:
    """The resource it belongs to: the middle of its id."""
    return entry.group if isinstance(entry, Operation) else entry.id.split(".")[1]


def found_by(trigger: Trigger) -> str:
    """How a trigger is found: `webhook`, `poll`, `both`, or `api`: somebody asks for it."""
    received = trigger.webhook is not None and (trigger.webhook.row or trigger.poll is None)
    match bool(received), trigger.poll is not None:
        case True, True:
            return "both"
        case True, False:
            return "webhook"
        case False, True:
            return "poll"
        case _:
            return "api"


def short(entry: Entry) -> dict[str, Json]:
    """What an entry is, and what it takes. What does not apply to it is null."""
    if isinstance(entry, Trigger):
        return {
            **_head(entry, "trigger"),
            "source": found_by(entry),
            "method": None,
            "path": None,
            "scopes": [],
            "first_class": bool(entry.example and entry.data),
            "callable": entry.callable,
            "input": values(entry.settings),
        }
    return {
        **_head(entry, "operation"),
        "effect": entry.effect.value,
        "method": entry.method or None,
        "path": entry.path or None,
        "scopes": list(entry.scopes),
        "first_class": entry.first_class,
        "callable": entry.callable,
        "input": values(entry.input),
    }


def whole(entry: Entry, example: Json) -> dict[str, Json]:
    """All that is known of an entry; `example` is its recorded one."""
    return {**short(entry), **_more(entry), "example": example}


def values(parameters: Mapping[str, Parameter]) -> dict[str, Json]:
    """The JSON Schema (2020-12) of inputs or settings; what a connection knows is not required."""
    return {
        "type": "object",
        "properties": {one.name: _value(one) for one in parameters.values()},
        "required": [one.name for one in parameters.values() if needed(one)],
        "additionalProperties": False,
    }


def answer(shape: Shape, *, sure: bool = True) -> dict[str, Json]:
    """The JSON Schema of a shape: more fields may be there, and what is not sure may be null."""
    if shape.kind == "any":
        return {}
    found: dict[str, Json] = {"type": shape.kind if sure else [shape.kind, "null"]}
    if shape.items is not None:
        found["items"] = answer(shape.items)
    if shape.fields is not None:
        found["properties"] = {
            name: answer(field, sure=name in shape.needed) for name, field in shape.fields.items()
        }
        found["required"] = sorted(shape.needed)
    return found


def _head(entry: Entry, kind: str) -> dict[str, Json]:
    return {
        "id": entry.id,
        "kind": kind,
        "vendor": entry.vendor,
        "group": group(entry),
        "title": entry.title,
        "does": entry.does,
    }


def _value(one: Parameter) -> dict[str, Json]:
    told: dict[str, Json] = {"description": one.does} if one.does else {}
    if one.default is not None and not _of_connection(one.default):
        told["default"] = one.default
    return {**told, **one.schema}


def _of_connection(default: Any) -> bool:
    return isinstance(default, str) and "{{" in default


def _more(entry: Entry) -> dict[str, Json]:
    if isinstance(entry, Trigger):
        return {
            "reason": entry.reason,
            "key": list(entry.key),
            "subject": entry.subject,
            "about": entry.about,
            "time": entry.time,
            "match": entry.match,
            "poll": msgspec.to_builtins(entry.poll),
            "webhook": msgspec.to_builtins(entry.webhook),
            "data": {
                name: {**answer(field.shape, sure=False), "description": field.does}
                for name, field in entry.data.items()
            },
            "known_from": entry.source,
        }
    return {
        "reason": entry.reason,
        "version": entry.version,
        "v3": entry.v3,
        "tokens": list(entry.tokens),
        "stage": entry.stage,
        "success": list(entry.success),
        "output": answer(entry.output),
        "answer": entry.answer,
        "missing": list(entry.missing),
        "ready": msgspec.to_builtins(entry.ready),
        "paging": msgspec.to_builtins(entry.paging),
        "lookup": msgspec.to_builtins(entry.lookup),
        "no_lookup": entry.no_lookup,
        "consent": msgspec.to_builtins(entry.consent),
        "parts": list(entry.parts),
        "known_from": entry.source,
    }
