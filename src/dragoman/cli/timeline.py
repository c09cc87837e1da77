"""A run as a person reads it at night: what was done, when, with which account, and what now."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.cli import masking, reasons
from dragoman.cli.records import History, Try
from dragoman.cli.summaries import summary
from dragoman.cli.tables import clock, day, environment, facts, span, state
from dragoman.engine.runs import Step


def rendered(history: History, *, reveal: bool, served: bool) -> RenderableType:
    return Group(
        _head(history, reveal=reveal),
        Text(),
        _steps(history, reveal=reveal),
        Text(),
        _next(history, served=served),
    )


def _head(history: History, *, reveal: bool) -> RenderableType:
    run, event = history.run, history.event
    title = Text.assemble((run.flow, "name"), "  ", state(run.state), "  ", (run.id, "quiet"))
    source = Text.assemble(
        f"{event.type} {event.id[:8]}, ", environment(event.environment), f" {event.connection}"
    )
    took = span(max(run.updated_at - run.created_at, 0))
    pairs: list[tuple[str, str | Text]] = [
        ("why", _words(reasons.of_run(run.reason), reveal=reveal)),
        ("person", run.subject),
        ("event", source),
        ("time", f"happened {day(event.time)}, begun {day(run.created_at)}, took {took}"),
        ("version", run.version),
    ]
    return Group(title, facts(*((name, said) for name, said in pairs if said)))


def _steps(history: History, *, reveal: bool) -> RenderableType:
    if not history.steps:
        return Text("  No step was taken.", "quiet")
    table = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    done = {step.step for step in history.steps if step.state == "done"}
    for step in _ordered(history.steps):
        tries = [one for one in history.tries if one.step == step.step]
        table.add_row(
            Text(clock(step.started_at), "quiet"),
            Text("no", "quiet") if _expected(step, done) else state(_outcome(step)),
            _told(step, tries, reveal=reveal),
        )
    return table


def _ordered(steps: list[Step]) -> list[Step]:
    """Parts under the step they are parts of."""
    whole = [step for step in steps if step.kind != "part"]
    parts = [step for step in steps if step.kind == "part"]
    ordered: list[Step] = []
    for step in whole:
        ordered += [step, *(one for one in parts if _owner(one) == step.step)]
    known = {step.step for step in whole}
    return ordered + [one for one in parts if _owner(one) not in known]


def _owner(part: Step) -> str:
    return part.step.rpartition("/")[0]


def _told(step: Step, tries: list[Try], *, reveal: bool) -> RenderableType:
    lines: list[RenderableType] = [_title(step)]
    if step.kind != "part":
        for word, content in (("in", step.input), ("out", _output(step))):
            told = summary(content, reveal=reveal) if content else []
            if told:
                lines.append(Text.assemble((f"{word:<4}", "quiet"), ", ".join(told)))
    lines += [_tried(one, reveal=reveal) for one in tries]
    if step.reason and all(step.reason != one.message for one in tries):
        lines.append(Text.assemble(("why ", "quiet"), _words(_why(step), reveal=reveal)))
    if step.trace and all(step.trace != one.trace for one in tries):
        lines.append(Text(f"trace {step.trace}", "quiet"))
    body = Group(*lines)
    return Padding(body, (0, 0, 0, 2)) if step.kind == "part" else body


def _title(step: Step) -> Text:
    name = (step.step.rpartition("/")[2] if step.kind == "part" else step.step, "name")
    if step.operation:
        by = f" by {step.connection}" if step.connection else ""
        took = step.finished_at - step.tried_at if step.finished_at else 0
        timed = f"  {span(took)}" if took > 0 else ""
        return Text.assemble(name, f"  {step.operation}{by}", (timed, "quiet"))
    if step.kind == "when":
        return Text.assemble(name, f"  when: {step.output or 'nothing'}")
    return Text.assemble(name, f"  {_KINDS.get(step.kind, step.kind)}")


_KINDS = {"map": "values"}


def _outcome(step: Step) -> str:
    return {"intent": "under way", "lost": "lost"}.get(step.state, step.state)


def _expected(step: Step, done: set[str]) -> bool:
    """A part that was refused in a step that came out well: that was the answer, not a failure."""
    return step.kind == "part" and step.state == "failed" and _owner(step) in done


def _output(step: Step) -> object:
    if step.state == "failed":
        return None  # the vendor's words say it
    if step.kind == "wait" and isinstance(step.output, dict):
        return {"until": day(step.output["until"])}
    return None if step.kind == "when" else step.output


def _why(step: Step) -> str:
    return reasons.of_step(step.reason)


def _tried(one: Try, *, reveal: bool) -> Text:
    trace = f" (trace {one.trace})" if one.trace else ""
    said = f"{one.code}: {one.message}{trace}"
    words = _words(said, reveal=reveal)
    return Text.assemble((f"try {one.number} at {clock(one.at)}  ", "warn"), words)


def _next(history: History, *, served: bool) -> RenderableType:
    lines = [f"  {line}" for line in reasons.advice(history, served=served)]
    return Text.assemble(("What to do next\n", "name"), "\n".join(lines))


def _words(text: str, *, reveal: bool) -> str:
    return text if reveal else masking.words(text)
