"""Rows to write."""

from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.store.port import Statement

NOW = 1_772_463_845_678


def event(name: str, **more: Any) -> Statement:
    values = {
        "id": name,
        "type": "acton.contact.added",
        "source": "acton/10001",
        "subject": "contact/l-0001:a",
        "time": NOW,
        "connection": "marketing",
        "environment": "sandbox",
        "via": "poll",
        "data": "{}",
        "state": "new",
        "reason": "",
        "received_at": NOW,
        **more,
    }
    return Statement("events.add", values)


def run(name: str, of: str, **more: Any) -> Statement:
    values = {
        "id": name,
        "event": of,
        "seq": 1,
        "flow": "welcome",
        "version": "v1",
        "subject": "contact/l-0001:a",
        "state": "running",
        "reason": "",
        "wake_at": None,
        "retry_of": None,
        "at": NOW,
        **more,
    }
    return Statement("runs.add", values)


def move(name: str, state: str) -> Statement:
    values = {"id": name, "state": state, "reason": "", "wake_at": None, "at": NOW + 1}
    return Statement("runs.move", values)


def step(of: str, state: str, **more: Any) -> Statement:
    values = {
        "run": of,
        "step": "send",
        "position": 1,
        "kind": "call",
        "state": state,
        "operation": "highlevel.messages.send",
        "connection": "sales",
        "request": "hash",
        "attempts": 1,
        "lost": 0,
        "input": "{}",
        "output": None,
        "reason": "",
        "identity": None,
        "trace": "",
        "started_at": NOW,
        "tried_at": NOW,
        "finished_at": None,
        **more,
    }
    return Statement("steps.put", values)


class Exploding(Mapping[str, Any]):
    """Values that fail in a way nobody foresaw."""

    def __getitem__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
