"""`wait`: for a while, until a moment, or until people are there."""

from collections.abc import Callable
from typing import Any

from dragoman.flows import moments
from dragoman.flows.failures import ExpressionError
from dragoman.flows.hours import Hours
from dragoman.flows.kinds import Begin, Entry, Read
from dragoman.flows.moves import Note, View, Wait
from dragoman.flows.nodes import Mapping, Node, Scalar
from dragoman.flows.values import Render, Value, compile_value
from dragoman.kernel.clock import Millis

KEY = "wait"
KEYS: frozenset[str] = frozenset()
NAMED = False
GUARDED = True

_DURATIONS = "30s, 5m, 2h, 3d or 1w"
Target = Callable[[View, Millis], Millis]


def read(entry: Entry) -> Read:
    """A duration, `for`, or `until` with or without `zone`."""
    node = entry.node.entries[KEY].value
    if not isinstance(node, Mapping):
        return _step(entry, _for(entry, node, "wait"), f"wait: {_said(node)}")
    entry.findings.known_keys(node, {"for", "until", "zone"}, "wait")
    duration, until = node.get("for"), node.get("until")
    if (duration is None) == (until is None):
        entry.findings.add(node, "wait needs either `for` or `until`", "as in `wait: {for: 2h}`")
        return Read(None)
    if duration is not None:
        if "zone" in node.entries:
            entry.findings.add(node.key_place("zone"), "`zone` belongs to `until`", "remove it")
        return _step(entry, _for(entry, duration, "wait.for"), f"wait: {_said(duration)}")
    zone = _zone(entry, node.get("zone"))
    if _said(until) == "open":
        return _step(entry, _open(entry.context.world.hours, zone), "until open")
    return _step(entry, _until(entry, until, zone), f"until {_said(until)}")


def _step(entry: Entry, target: Target | None, reason: str) -> Read:
    return Read(entry.step(KEY, _begin(entry.id, target, reason)) if target else None)


def _begin(step: str, target: Target, reason: str) -> Begin:
    def begin(view: View, now: Millis) -> Note | Wait:
        until = target(view, now)
        if until <= now:
            return Note(step, KEY)
        return Wait(step, min(until, now + moments.LONGEST_WAIT), reason)

    return begin


def _said(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _for(entry: Entry, node: Node, field: str) -> Target | None:
    value = _value(entry, node, field)
    if value is None:
        fix = f"with a unit: {_DURATIONS}"
        entry.findings.add(node, "this is no duration", fix)
        return None
    if not value.literal:
        return lambda view, now: now + _duration(value.render(view), node, field)
    try:
        length = _duration(_said(node), node, field)
    except ExpressionError as error:
        entry.findings.add(node, error.message, error.fix)
        return None
    return lambda _, now: now + length


def _duration(said: Any, node: Node, field: str) -> Millis:
    length = moments.duration(said) if type(said) is str else None
    if length is None or length == 0:
        raise ExpressionError("this is no duration", fix=f"with a unit: {_DURATIONS}").inside(
            _said(node), field
        )
    if length > moments.LONGEST_WAIT:
        raise ExpressionError("a wait lasts at most 366 days").inside(_said(node), field)
    return length


def _value(entry: Entry, node: Node | None, field: str) -> Value | None:
    """A text that may hold expressions; None where it is something else."""
    if not isinstance(node, Scalar) or type(node.value) is not str:
        return None
    return compile_value(node, entry.scope, field, entry.findings)


def _zone(entry: Entry, node: Node | None) -> Render | None:
    if node is None:
        return None
    value = _value(entry, node, "wait.zone")
    fix = "a name like America/New_York"
    if value is None:
        entry.findings.add(node, "a zone should be a text", fix)
        return None
    if value.literal and not moments.zone_exists(_said(node)):
        entry.findings.add(node, f"{_said(node)!r} is no time zone", fix)
        return None
    return lambda view: _known_zone(value.render(view), _said(node))


def _known_zone(name: Any, said: str) -> str | None:
    if name is None:
        return None
    if type(name) is not str or not moments.zone_exists(name):
        raise ExpressionError(
            "this is no time zone", fix="let unknown ones become null with | zone"
        ).inside(said, "wait.zone")
    return name


def _open(hours: Hours, zone: Render | None) -> Target:
    return lambda view, now: hours.opening(now, zone(view) if zone else None)


def _until(entry: Entry, node: Node | None, zone: Render | None) -> Target | None:
    value = _value(entry, node, "wait.until")
    fix = "`open`, a time like 2026-12-24T09:00:00Z, or an expression"
    if value is None or (value.literal and moments.read(_said(node)) is None):
        if node is not None:
            entry.findings.add(node, "this is no time to wait until", fix)
        return None

    def target(view: View, _: Millis) -> Millis:
        moment = moments.read(value.render(view), zone(view) if zone else None)
        if moment is None:
            raise ExpressionError("this is no time to wait until", fix=fix).inside(
                _said(node), "wait.until"
            )
        return moment

    return target
