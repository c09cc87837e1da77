"""`dragoman runs`: list and show."""

import asyncio
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter
from rich.text import Text

from dragoman.cli import (
    folders,
    lines,
    masking,
    naming,
    options,
    reasons,
    records,
    terminal,
    timeline,
)
from dragoman.cli.options import Folder, Json, Limit, Reveal
from dragoman.cli.records import History
from dragoman.cli.tables import Cells, brief, exact, listing, shortened, state
from dragoman.engine.runs import LIVE, RunRow, Step, read_run
from dragoman.kernel.clock import SystemClock
from dragoman.web import remote

State = Literal["running", "waiting", "uncertain", "dead", "done", "skipped", "cancelled"]

app = App(
    name="runs",
    help="What was done about it: list and show runs.",
    help_epilogue="Example: dragoman runs list --state dead",
    default_parameter=Parameter(negative=()),
)


@app.command(name="list", help_epilogue="Example: dragoman runs list --state waiting")
def list_(
    *,
    flow: Annotated[str, Parameter(help="Only of this flow.")] = "",
    state: Annotated[State | None, Parameter(help="Only in this state.")] = None,
    limit: Limit = 20,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """List runs, newest first."""
    path, _ = options.named(folder)
    found = asyncio.run(_list(path, flow, state or "", limit))
    if json:
        terminal.document([_listed(run) for run in found])
    elif found:
        _tell(found)
    else:
        wanted = bool(flow or state)
        terminal.out().print("No run is like that." if wanted else "No flow has run yet.")


@app.command(help_epilogue="Example: dragoman runs show 019aab12-3c4d")
def show(
    run: Annotated[str, Parameter(help="Its id, or the beginning of it.")],
    /,
    *,
    reveal: Reveal = False,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """Show what a run did, step by step, and what to do next.

    Personal values and the texts of messages are hidden unless asked for.
    """
    path, settings = options.named(folder)
    history, served = asyncio.run(_history(path, run))
    if json:
        terminal.document(_shown(history, reveal=reveal, served=served))
    else:
        told = timeline.lines_of(
            history, naming.of(path, settings.cache), reveal=reveal, served=served
        )
        lines.show(told)


async def _list(path: Path, flow: str, state: str, limit: int) -> list[RunRow]:
    asked = {"flow": flow, "state": state, "event": "", "limit": limit}
    async with folders.reader(path) as reader:
        return [read_run(row) for row in await reader.read("runs.list", asked)]


async def _history(path: Path, said: str) -> tuple[History, bool]:
    async with folders.reader(path) as reader:
        history = await records.history(reader, said)
    live = history.run.state in LIVE
    return history, await remote.runs(path) if live else False


def _tell(found: list[RunRow]) -> None:
    length = shortened([run.id for run in found])
    now = SystemClock().now()
    rows: list[Cells] = [
        [
            run.id[:length],
            Text(brief(run.created_at, now), "quiet"),
            state(run.state),
            Text(run.flow, "name"),
            records.person(run.subject, run.event),
        ]
        for run in found
    ]
    notes = [masking.words(reasons.of_run(run.reason)) for run in found]
    terminal.out().print(listing(["run", "began", "state", "flow", "person"], rows, notes))


def _listed(run: RunRow) -> dict[str, Any]:
    return {
        "id": run.id,
        "flow": run.flow,
        "version": run.version,
        "event": run.event,
        "subject": records.person(run.subject, ""),
        "state": run.state,
        "reason": masking.words(run.reason),
        "wake_at": exact(run.wake_at),
        "retry_of": run.retry_of,
        "created_at": exact(run.created_at),
        "updated_at": exact(run.updated_at),
    }


def _shown(history: History, *, reveal: bool, served: bool) -> dict[str, Any]:
    event = history.event
    told = {
        "id": event.id,
        "type": event.type,
        "time": exact(event.time),
        "connection": event.connection,
        "environment": event.environment,
        "via": event.via,
        "data": event.data,
    }
    listed = _listed(history.run)
    if reveal:
        listed["reason"] = history.run.reason
        listed["subject"] = history.run.subject
    else:
        told["data"] = masking.value(event.data)
    return {
        **listed,
        "event": told,
        "steps": [_step(one, history, reveal=reveal) for one in history.steps],
        "next": reasons.advice(history, served=served),
    }


def _step(step: Step, history: History, *, reveal: bool) -> dict[str, Any]:
    def value(content: Any) -> Any:
        return content if reveal else masking.value(content)

    def words(text: str) -> str:
        return text if reveal else masking.words(text)

    tries = [one for one in history.tries if one.step == step.step]
    return {
        "step": step.step,
        "kind": step.kind,
        "state": step.state,
        "operation": step.operation,
        "connection": step.connection,
        "input": value(step.input),
        "output": step.output if step.kind == "when" else value(step.output),
        "reason": words(step.reason),
        "identity": step.identity,
        "trace": step.trace,
        "started_at": exact(step.started_at),
        "tried_at": exact(step.tried_at),
        "finished_at": exact(step.finished_at),
        "attempts": step.attempts,
        "tries": [
            {
                "number": one.number,
                "at": exact(one.at),
                "code": one.code,
                "message": words(one.message),
                "trace": one.trace,
            }
            for one in tries
        ],
    }
