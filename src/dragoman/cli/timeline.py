"""A run as a person reads it at night: what was done, when, with which account, and what now."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from dragoman.cli import conditions, lines, masking, reasons, records
from dragoman.cli.naming import Naming
from dragoman.cli.records import History
from dragoman.cli.steps import Told
from dragoman.cli.tables import clock, date, day, environment, span, state
from dragoman.engine.runs import Step
from dragoman.kernel.clock import SECOND, Millis

_PAUSE = SECOND
"""From this length on a pause between two steps is told."""


def lines_of(history: History, naming: Naming, *, reveal: bool, served: bool) -> Iterator[Text]:
    yield from _head(history, naming, reveal=reveal)
    yield Text()
    yield from _steps(history, naming, reveal=reveal)
    yield Text()
    yield Text("What to do next", "name")
    for line in reasons.advice(history, served=served):
        yield from lines.beside(Text("  "), line)


def _head(history: History, naming: Naming, *, reveal: bool) -> Iterator[Text]:
    run, event = history.run, history.event
    yield Text.assemble((run.flow, "name"), "  ", state(run.state))
    yield Text(run.id, "quiet")
    why = reasons.of_run(run.reason)
    happened = Text.assemble(naming.vendor(event.type), f"  {naming.title(event.type)}")
    took = span(max(run.updated_at - run.created_at, 0))
    told: list[tuple[str, str | Text]] = [
        ("why", why if reveal else masking.words(why)),
        ("person", records.person(run.subject, event.id, reveal=reveal)),
        ("event", happened),
        ("", Text(f"{event.type} {event.id[:8]}", "quiet")),
        ("account", Text.assemble(environment(event.environment), f" {event.connection}")),
        ("time", f"happened {day(event.time)}, begun {day(run.created_at)}, took {took}"),
        ("version", run.version),
    ]
    yield from lines.pairs((name, said) for name, said in told if said)


def _steps(history: History, naming: Naming, *, reveal: bool) -> Iterator[Text]:
    told = list(_told(history, naming, reveal=reveal))
    if not told:
        yield Text("  No step was taken.", "quiet")
    widest = max((len(one.step.state) for one in told), default=0)
    ended: Millis | None = None
    for one in told:
        if ended is not None and one.began - ended >= _PAUSE:
            yield Text(f"{'':>11}{_later(ended, one.began)}", "quiet")
        mark = state(one.step.state)
        head = Text.assemble(" ", (clock(one.began), "quiet"), "  ", mark)
        indent = head.cell_len + widest - mark.cell_len + 2
        head.pad_right(indent - head.cell_len)
        for line in one.lines():
            yield from lines.beside(head, line)
            head = Text(" " * indent)
        ended = max(one.ended, ended or 0)


def _later(before: Millis, after: Millis) -> str:
    said = f"{span(after - before)} later"
    return said if date(before) == date(after) else f"{said}, {date(after)}"


def _told(history: History, naming: Naming, *, reveal: bool) -> Iterator[Told]:
    """The steps in their order, each with its parts."""
    whole = [step for step in history.steps if step.kind != "part"]
    owners = {step.step: step for step in whole}
    parts: dict[str, list[Step]] = {}
    for one in history.steps:
        if one.kind == "part":
            parts.setdefault(_owner(one), []).append(one)
    begun = [_under_way(name, own) for name, own in parts.items() if name not in owners]
    asked = conditions.of(history.text)
    for step in [*whole, *begun]:
        own = parts.get(step.step, [])
        names = {step.step, *(one.step for one in own)}
        tries = [one for one in history.tries if one.step in names]
        yield Told(step, own, tries, naming, asked.get(step.step, ""), reveal)


def _under_way(name: str, parts: Sequence[Step]) -> Step:
    """A composite that is recorded only when it is over; until then its parts tell of it."""
    first, last = parts[0], parts[-1]
    return Step(
        run=first.run,
        step=name,
        position=first.position,
        kind="call",
        state=last.state if last.state != "done" else "waiting",
        started_at=first.started_at,
        tried_at=last.tried_at,
        connection=first.connection,
    )


def _owner(part: Step) -> str:
    return part.step.rpartition("/")[0]
