"""What single kinds of steps do when a run arrives at them."""

import msgspec
import pytest

from dragoman.catalog.entries import Field
from dragoman.catalog.shapes import ANY
from dragoman.flows import hours
from dragoman.flows.planning import Fail, Finish, Move, Note, Wait, plan
from dragoman.kernel.clock import DAY, HOUR, MINUTE, millis
from tests.flows.worlds import WORLD, flow, view

NOW = millis("2026-03-02T12:00:00Z")
NULL = "the value is null, and null cannot stand in a text"
ADDED = WORLD.triggers["acton.contact.added"]
EXTRA = {name: Field(ANY) for name in ("n", "at", "zone", "missing")}
OFFICE = hours.read({"zone": "America/New_York", "mon-fri": "09:00-17:00"})
OPEN = msgspec.structs.replace(
    WORLD,
    triggers={ADDED.id: msgspec.structs.replace(ADDED, data={**ADDED.data, **EXTRA})},
    hours=OFFICE,
)


@pytest.mark.parametrize(
    ("wait", "until"),
    [
        ("30s", NOW + 30_000),
        ("{for: 5m}", NOW + 5 * MINUTE),
        ("{for: '{{ 1 + 1 }}d'}", NOW + 2 * DAY),
        ("{until: '2026-03-02T15:00:00Z'}", NOW + 3 * HOUR),
        ("{until: '2026-03-02T15:00', zone: Europe/Paris}", NOW + 2 * HOUR),
        ("{until: \"{{ event.time | shift('1h') }}\"}", NOW + HOUR),
        ("{until: '{{ event.data.at }}'}", NOW + 90 * MINUTE),
        ("{until: '9000-01-01'}", NOW + 366 * DAY),
        ("{until: open}", millis("2026-03-02T14:00:00Z")),
        ("{until: open, zone: '{{ event.data.zone }}'}", millis("2026-03-02T17:00:00Z")),
        ("{until: open, zone: '{{ event.data.missing | zone }}'}", millis("2026-03-02T14:00:00Z")),
    ],
)
def test_waits(wait: str, until: int) -> None:
    read = flow(f"  - wait: {wait}\n", OPEN)

    move = plan(read, view(at=NOW + 90 * MINUTE, zone="America/Los_Angeles"), NOW)

    assert isinstance(move.next, Wait)
    assert (move.next.step, move.next.until) == ("1", until)


@pytest.mark.parametrize("wait", ["{until: open}", "{until: '2020-01-01'}"])
def test_a_wait_that_is_over_is_only_noted(wait: str) -> None:
    read = flow(f"  - wait: {wait}\n")

    assert plan(read, view(), NOW) == Move([Note("1", "wait")], Finish("done"))


@pytest.mark.parametrize(
    ("stop", "finish"),
    [
        ("no way", Finish("skipped", "no way")),
        ("'no {{ event.type }}'", Finish("skipped", "no acton.contact.added")),
        ("{as: done, reason: enough}", Finish("done", "enough")),
        ("{reason: enough}", Finish("skipped", "enough")),
    ],
)
def test_stops(stop: str, finish: Finish) -> None:
    read = flow(f"  - stop: {stop}\n  - {{id: a, map: {{x: '{{{{ 1 / 0 }}}}'}}}}\n")

    assert plan(read, view(), NOW) == Move([], finish)


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (
            "{id: a, call: highlevel.contacts.upsert, input: {tags: ['{{ event.data.n + 1 }}']}}",
            "step 'a', input.tags[0]: cannot add null and a number (in `event.data.n + 1`)",
        ),
        (
            "{id: a, map: {x: {y: 'Hi {{ event.data.n }}'}}}",
            f"step 'a', map.x.y: {NULL} (in `event.data.n`)",
        ),
        ("{wait: 1h, when: 1 / 0}", "step '1', when: division by zero (in `1 / 0`)"),
        ("{when: 1 / 0, then: []}", "step '1', when: division by zero (in `1 / 0`)"),
        (
            "{wait: {for: '{{ event.data.n }}'}}",
            "step '1', wait.for: this is no duration (in `{{ event.data.n }}`)",
        ),
        (
            "{wait: {until: '{{ event.data.n }}'}}",
            "step '1', wait.until: this is no time to wait until (in `{{ event.data.n }}`)",
        ),
        (
            "{wait: {until: open, zone: '{{ event.type }}'}}",
            "step '1', wait.zone: this is no time zone (in `{{ event.type }}`)",
        ),
    ],
)
def test_a_failing_expression_names_step_field_and_text(step: str, message: str) -> None:
    read = flow(f"  - {step}\n", OPEN)

    move = plan(read, view(), NOW)

    assert isinstance(move.next, Fail)
    assert move.next.error.message == str(move.next.error) == message
