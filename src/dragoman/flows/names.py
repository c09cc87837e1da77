"""The names of an expression: where their values come from, and which fields they have."""

from collections.abc import Callable
from typing import Any

import msgspec

from dragoman.catalog.names import did_you_mean
from dragoman.catalog.shapes import ANY, Shape
from dragoman.flows import operators
from dragoman.flows.failures import ExpressionError
from dragoman.flows.moves import View
from dragoman.flows.scopes import TEXT, Scope

Run = Callable[[View], Any]

ROOTS = ("connection", "env", "event", "flow", "steps")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}


class Compiled(msgspec.Struct, frozen=True):
    """A part of an expression, ready to run, and what is known of its value."""

    run: Run
    shape: Shape = ANY
    constant: bool = False
    root: Run | None = None
    """Of a path like `event.data.email`: where it starts ..."""
    path: tuple[str, ...] = ()
    """... and the fields to follow from there, in one go."""


def constant(value: Any) -> Compiled:
    shape = TEXT if type(value) is str else ANY
    return Compiled(lambda _: value, shape, constant=True)


def name(word: str, scope: Scope) -> Compiled:
    """A name that stands alone."""
    if word in _WORDS:
        return constant(_WORDS[word])
    if word == "event":
        return Compiled(_event, scope.event, root=_event)
    if word in ROOTS:
        raise ExpressionError(f"{word!r} is not a value by itself", fix=f"write {word}.NAME")
    if word in scope.filters:
        raise ExpressionError(f"{word!r} is a filter", fix=f"write value | {word}")
    raise ExpressionError(f"there is no name {word!r}", fix=did_you_mean(word, ROOTS))


def member(root: str, word: str, scope: Scope) -> Compiled | None:
    """`ROOT.word` for the roots that are not values themselves; None for any other."""
    match root:
        case "steps":
            return _step(word, scope)
        case "connection":
            return Compiled(lambda view: view.connection.get(word), TEXT)
        case "env":
            _known("env", word, scope.env)
            return Compiled(lambda view: view.env.get(word))
        case "flow":
            _known("flow", word, frozenset(scope.flow))
            return constant(scope.flow[word])
        case _:
            return None


def field(base: Compiled, word: str, said: str) -> Compiled:
    """A field of a value; `said` is how the source text calls the value."""
    shape = _field_shape(base.shape, word, said)
    root = base.root or base.run
    path = (*base.path, word) if base.root else (word,)
    return Compiled(_follow(root, path), shape, root=root, path=path)


def _event(view: View) -> Any:
    return view.event


def _follow(root: Run, path: tuple[str, ...]) -> Run:
    def run(view: View) -> Any:
        value = root(view)
        for word in path:
            # What `operators.field` does, without the price of a call for each.
            value = value.get(word) if type(value) is dict else operators.field(value, word)
        return value

    return run


def _step(word: str, scope: Scope) -> Compiled:
    if word in scope.steps:
        run = _output(word)
        return Compiled(run, scope.steps[word], root=run)
    if word in scope.elsewhere:
        raise ExpressionError(
            f"step {word!r} cannot have run before this one",
            fix="move it up, or use a step that stands above",
        )
    raise ExpressionError(f"there is no step {word!r}", fix=did_you_mean(word, scope.steps))


def _output(word: str) -> Run:
    def run(view: View) -> Any:
        recorded = view.steps.get(word)
        return recorded.output if recorded is not None and recorded.state == "done" else None

    return run


def _known(root: str, word: str, known: frozenset[str]) -> None:
    if word not in known:
        raise ExpressionError(f"{root} has no {word!r}", fix=did_you_mean(word, known))


def _field_shape(shape: Shape, word: str, said: str) -> Shape:
    if shape.kind == "any" or (shape.kind == "object" and shape.fields is None):
        return ANY
    if shape.kind == "array":
        raise ExpressionError(f"{said} is a list", fix=f"take an item first: {said}[0].{word}")
    if shape.fields is None:
        raise ExpressionError(f"{said} is a {shape.kind} and has no fields")
    if word not in shape.fields:
        fix = did_you_mean(word, shape.fields)
        raise ExpressionError(f"{said} has no field {word!r}", fix=fix)
    return shape.fields[word]
