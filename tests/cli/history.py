"""A small history, written as the engine writes it."""

import asyncio
from pathlib import Path
from typing import Any

from dragoman import wiring
from dragoman.engine.events import Event
from dragoman.engine.runs import RunState, Step
from dragoman.kernel.clock import Millis
from dragoman.store.port import Statement
from dragoman.store.sqlite import SqliteStore
from tests.cli.conftest import aside

AT: Millis = 1_790_000_000_000
FLOW = "welcome-new-contact"
TRACE = "trace-4711"
DATA = {
    "list_id": "l-0042",
    "record_id": "r1",
    "email": "bo@example.com",
    "phone": "+14155550100",
    "fields": {"Shoe size": "canary-field"},
}


def run_id(number: int) -> str:
    return f"019aab12-3c4d-7{number:03d}-8000-000000000000"


def event(number: int = 1, state: str = "routed", reason: str = "") -> Statement:
    return Event(
        id=f"{number:032x}"[::-1],
        type="acton.contact.added",
        source="/acton/1",
        subject=f"contact/r{number}",
        time=AT,
        connection="marketing",
        environment="sandbox",
        via="poll",
        data=DATA,
        received_at=AT + 1000,
        state=state,  # type: ignore[arg-type]
        reason=reason,
    ).add()


def run(number: int, state: RunState, reason: str = "", wake_at: Millis | None = None) -> Statement:
    values = {
        "id": run_id(number),
        "event": f"{1:032x}"[::-1],
        "seq": 1,
        "flow": FLOW,
        "version": f"v{number}",
        "subject": "contact/r1",
        "state": state,
        "reason": reason,
        "wake_at": wake_at,
        "retry_of": None,
        "at": AT + 2000,
    }
    return Statement("runs.add", values)


def send(number: int, state: str, **more: Any) -> Statement:
    """A step that sends a message."""
    one = Step(
        run=run_id(number),
        step="welcome",
        position=1,
        kind="call",
        state=state,  # type: ignore[arg-type]
        started_at=AT + 2000,
        tried_at=AT + 3000,
        operation="highlevel.messages.send",
        connection="main",
        attempts=1,
        input={"type": "SMS", "contactId": "c1", "message": "canary-body"},
        **more,
    )
    return one.put()


def attempt(number: int, message: str) -> Statement:
    values = {
        "run": run_id(number),
        "step": "welcome",
        "number": 1,
        "at": AT + 3000,
        "code": "rejected",
        "message": message,
        "trace": TRACE,
        "raw": b"canary-raw",
    }
    return Statement("attempts.add", values)


def connected(name: str, state: str = "connected") -> list[Statement]:
    put = {"connection": name, "sealed": b"x", "expires_at": 0, "at": AT}
    mark = {
        "connection": name,
        "generation": 1,
        "state": state,
        "reason": "the token was refused",
        "at": AT,
    }
    return [Statement("credentials.put", put), Statement("credentials.mark", mark)]


def written(folder: Path, *statements: Statement) -> None:
    """Put them into the folder's database."""

    async def write() -> None:
        path = wiring.database(folder)
        path.parent.mkdir(exist_ok=True)
        store = SqliteStore(path)
        await store.write(statements)
        await store.close()

    aside(lambda: asyncio.run(write()))
