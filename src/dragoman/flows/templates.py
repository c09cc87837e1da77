"""Values of a flow file that may hold `{{ expressions }}`: read once, rendered in a single pass.

What an expression gives is never looked at again: data that hold `{{ }}` come out literally.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from dragoman.catalog.shapes import ANY, Shape
from dragoman.flows import bounds, syntax
from dragoman.flows.expressions import Expression
from dragoman.flows.failures import ExpressionError
from dragoman.flows.filters.texts import text as as_text
from dragoman.flows.moves import View
from dragoman.flows.scopes import TEXT, Scope

Render = Callable[[View], Any]

_INSIDE = re.compile(
    r"""("(?:[^"\\]|\\.)*(?:"|\Z)|'(?:[^'\\]|\\.)*(?:'|\Z)|\}\}|[{}])""", re.DOTALL
)


class Template(msgspec.Struct, frozen=True):
    """A text with expressions, ready to render."""

    render: Render
    shape: Shape = ANY
    literal: bool = False


def template(text: str, scope: Scope, field: str) -> Template:
    """Read a text that may hold expressions.

    Raises:
        ExpressionError: one of them is wrong; `offset` says where in the text.
    """
    if "{{" not in text:
        return Template(lambda _: text, TEXT, literal=True)
    parts = [_part(one, start, scope, field) for one, start in _split(text)]
    if len(parts) == 1 and isinstance(parts[0], Expression):
        return Template(parts[0].value, parts[0].shape)
    return Template(_mixed(tuple(parts)), TEXT)


def _part(one: str, start: int, scope: Scope, field: str) -> Expression | str:
    if not one.startswith("{{"):
        return one
    try:
        return Expression(one[2:-2], scope, field)
    except ExpressionError as error:
        error.offset += start + 2
        raise


def _split(text: str) -> Iterator[tuple[str, int]]:
    """The literal and the `{{ }}` parts, with where each starts."""
    at = 0
    while (start := text.find("{{", at)) >= 0:
        if start > at:
            yield text[at:start], at
        at = _end(text, start)
        yield text[start:at], start
    if at < len(text):
        yield text[at:], at


def _end(text: str, start: int) -> int:
    """Where the `{{` at `start` ends: quotes and braces inside count."""
    depth = 0
    position = start + 2
    # A text that is never closed reaches to the limit, so the search stays linear.
    limit = position + syntax.LENGTH + len("}}")
    while found := _INSIDE.search(text, position, limit):
        mark = found.group()
        position = found.end()
        if mark == "}}" and depth == 0:
            return position
        if mark == "{":
            depth += 1
        elif mark.startswith("}"):
            depth -= 1
            position = found.start() + 1
    long = f" within {syntax.LENGTH} characters" if len(text) > limit else ""
    raise ExpressionError(f"'{{{{' is not closed{long}", fix="close it with '}}'", offset=start)


def _mixed(parts: tuple[Expression | str, ...]) -> Render:
    def render(view: View) -> str:
        built = [one if type(one) is str else _shown(one, view) for one in parts]
        bounds.text(sum(map(len, built)))
        return "".join(built)

    return render


def _shown(expression: Any, view: View) -> str:
    value = expression.value(view)
    if type(value) is str:
        return value
    if value is None:
        raise ExpressionError(
            "the value is null, and null cannot stand in a text",
            fix="give a default: | default('...')",
        ).inside(expression.text, expression.field)
    try:
        return as_text(value)
    except ExpressionError as error:
        raise error.inside(expression.text, expression.field) from None
