"""What the service says of itself: aligned text for people, JSON lines for machines.

Only known fields with plain values are let through, and addresses in them are taken out: nothing a
vendor or a person sent can get into a log.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from dragoman.cli.masking import words
from dragoman.kernel.clock import SystemClock, iso

FIELDS = frozenset(
    {
        "event", "level", "timestamp",
        "address", "code", "connection", "count", "environment", "fix", "flow", "flows", "library",
        "operation", "pid", "run", "runs", "seconds", "signal", "source", "state", "step",
        "trace", "vendor", "version", "why", "workspace",
    }
)  # fmt: skip
"""What may stand in a log."""
_COLOURS = {"warning": "\033[33m", "error": "\033[1;31m", "critical": "\033[1;31m"}
_LONGEST = 300
_LIBRARIES = ("uvicorn",)
"""Whose own words may be shown; of others only who spoke."""


def configure(log_format: str, level: str) -> None:
    """Set up logging, once, for a process that goes on."""
    colours = sys.stderr.isatty() and log_format == "text"
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            known_fields,
            _stamp(log_format),
            _renderer(log_format, colours=colours),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)


def known_fields(_: WrappedLogger, __: str, said: EventDict) -> EventDict:
    """Drop every field that is not known, and every value that is not plain."""
    return {name: _plain(value) for name, value in said.items() if _passes(name, value)}


def _passes(name: str, value: Any) -> bool:
    return name in FIELDS and isinstance(value, str | int | float | bool)


def _plain(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    shown = "".join(one if one.isprintable() else " " for one in words(value))
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"


def _stamp(log_format: str) -> Processor:
    if log_format == "text":
        return structlog.processors.TimeStamper("%H:%M:%S", utc=False)
    clock = SystemClock()

    def stamp(_: WrappedLogger, __: str, said: EventDict) -> EventDict:
        said["timestamp"] = iso(clock.now())
        return said

    return stamp


def _renderer(log_format: str, *, colours: bool) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer()
    return _Lines(colours=colours)


class _Lines:
    """One event a line: time, level where it matters, words, fields."""

    def __init__(self, *, colours: bool) -> None:
        self._colours = colours

    def __call__(self, _: WrappedLogger, __: str, said: MutableMapping[str, Any]) -> str:
        fields = dict(said)
        time, level = fields.pop("timestamp"), fields.pop("level")
        event, fix = fields.pop("event"), fields.pop("fix", "")
        told = " ".join(f"{name}={self._value(value)}" for name, value in fields.items())
        line = f"{self._dim(time)}  {self._level(level)}  {event}"
        if told:
            line += f"  {self._dim(told)}"
        if fix:
            line += f"\n{'':19}→ {fix}"
        return line

    def _level(self, level: str) -> str:
        shown = f"{level:<7}"
        return f"{_COLOURS[level]}{shown}\033[0m" if self._paints(level) else shown

    def _paints(self, level: str) -> bool:
        return self._colours and level in _COLOURS

    def _dim(self, text: str) -> str:
        return f"\033[2m{text}\033[0m" if self._colours else text

    def _value(self, value: Any) -> str:
        text = str(value)
        return f'"{text}"' if " " in text or not text else text


class _Libraries(logging.Handler):
    """What libraries say, by the same way and under the same rule."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger()
        library = record.name.partition(".")[0]
        if library in _LIBRARIES:
            log.warning(record.getMessage(), library=library)
            return
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        log.warning("a library complained", library=record.name, why=kind)
