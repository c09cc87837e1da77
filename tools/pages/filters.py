"""`docs/reference/filters.md`: every filter, with an example that is computed here."""

import inspect
from collections.abc import Callable
from typing import Any, get_args

from dragoman import wiring
from dragoman.flows import filters
from dragoman.flows.expressions import Expression
from dragoman.flows.filters import Filter
from dragoman.flows.moves import View
from dragoman.flows.scopes import Scope, event_shape
from dragoman.kernel import jsons
from tools.pages import markdown

EXAMPLES = {
    "abs": "-3 | abs",
    "contains": "'Re: INVOICE 7' | contains('invoice')",
    "date": "'2026-03-02T15:04:05Z' | date('%d %B %Y, %H:%M', 'America/New_York')",
    "default": "null | default('there')",
    "digits": "'(415) 555-0100' | digits",
    "email": "' Bo@Example.com ' | email",
    "endswith": "'bo@example.com' | endswith('@example.com')",
    "epoch": "'2026-03-02T15:04:05Z' | epoch",
    "first": "['a', 'b', 'c'] | first",
    "integer": "'12.9' | integer",
    "iso": "1772463845000 | iso",
    "join": "['a', null, 'b'] | join(' and ')",
    "json": "{'a': [1, true, null]} | json",
    "last": "['a', 'b', 'c'] | last",
    "length": "['a', 'b', 'c'] | length",
    "lower": "'BO Example' | lower",
    "may_receive": "{'dndSettings': {'SMS': {'status': 'active'}}} | may_receive('SMS')",
    "number": "'1,234.5' | number",
    "phone": "'(415) 555-0100' | phone('US')",
    "replace": "'a-b-c' | replace('-', ' ')",
    "reverse": "[1, 2, 3] | reverse",
    "round": "2.675 | round(2)",
    "shift": "'2026-03-02T15:04:05Z' | shift('-1d')",
    "sort": "[3, null, 1] | sort",
    "split": "'a;b;c' | split(';')",
    "startswith": "'l-0042' | startswith('l-')",
    "text": "[1, 2] | text",
    "title": '"don\'t STOP" | title',
    "trim": "'  Bo ' | trim",
    "truncate": "'Thanks for joining us' | truncate(10)",
    "unique": "['a', 'b', 'a'] | unique",
    "upper": "'Bo' | upper",
    "yes_no": "true | yes_no",
    "zone": "'Mars/Olympus' | zone",
}
"""One expression for each filter; its result is never written by hand."""

_INTRO = """\
A filter stands behind a value and a bar: `{{ event.data.phone | phone('US') }}`. Filters can be put
in a row, and each gets what the one before it gave.

Null passes through a filter that does not say that it takes any value. So a missing value stays
missing until `default` replaces it, and nothing in between has to check for it. A value of another
kind is an error that names the step and the expression."""

_VENDORS = """\
These come with a vendor. They take any value, null included."""


def pages() -> dict[str, str]:
    shipped = filters.shipped()
    brought = {
        name: (title, filters.foreign(name, function), function)
        for title, name, function in _of_vendors()
    }
    known = {**shipped, **{name: one for name, (_, one, _) in brought.items()}}
    heads = ("filter", "takes", "gives", "what it does", "example")
    ours = [_row(one, one.run, known) for _, one in sorted(shipped.items())]
    theirs = [_row(one, function, known, title) for title, one, function in brought.values()]
    text = markdown.page(
        "Filters",
        _INTRO,
        markdown.table(heads, ours),
        "## Filters of vendors",
        _VENDORS,
        markdown.table(("filter", "vendor", *heads[2:]), theirs),
    )
    return {"docs/reference/filters.md": text}


def result(expression: str, known: dict[str, Filter]) -> Any:
    """Compute an example."""
    scope = Scope(event_shape(None), frozenset(), {}, known)
    return Expression(expression, scope).value(View({}))


def _of_vendors() -> list[tuple[str, str, Callable[..., Any]]]:
    return [
        (vendor.title, name, function)
        for vendor in wiring.vendors().values()
        for name, function in sorted(vendor.filters.items())
    ]


def _row(
    one: Filter, function: Callable[..., Any], known: dict[str, Filter], owner: str = ""
) -> tuple[str, str, str, str, str]:
    example = EXAMPLES[one.name]
    return (
        f"`{one.name}{_arguments(function)}`",
        owner or _taken(one),
        _given(function),
        one.does,
        f"`{example}` → `{jsons.text(result(example, known))}`",
    )


def _arguments(function: Callable[..., Any]) -> str:
    shown = []
    for one in list(inspect.signature(function).parameters.values())[1:]:
        given = one.default is not one.empty
        shown.append(f"{one.name} = {one.default!r}" if given else one.name)
    return f"({', '.join(shown)})" if shown else ""


def _taken(one: Filter) -> str:
    words = one.takes.words() or "any value"
    # Every filter for numbers takes whole ones.
    return words.replace("a number or a whole number", "a number").replace(
        "a whole number or a number", "a number"
    )


def _given(function: Callable[..., Any]) -> str:
    """What a filter gives, in words."""
    said = inspect.signature(function).return_annotation
    name = said.__name__ if isinstance(said, type) and not get_args(said) else str(said)
    return _GIVEN.get(name, "any value")


_GIVEN = {
    "bool": "true or false",
    "int": "a whole number",
    "int | None": "a whole number or null",
    "int | float": "a number",
    "int | float | None": "a number or null",
    "str": "text",
    "str | None": "text or null",
    "list[str]": "a list of texts",
    "list[typing.Any]": "a list",
}
