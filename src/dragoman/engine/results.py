"""How the performing of one call can end."""

from typing import Any

import msgspec

from dragoman.kernel.clock import Millis
from dragoman.kernel.errors import DragomanError

FOUND = "found by looking it up"
"""Why a create whose answer was lost counts as done."""


class Done(msgspec.Struct, frozen=True):
    output: Any


class Failed(msgspec.Struct, frozen=True):
    """It will not work; trying again would not help, or has been tried enough."""

    error: DragomanError


class Denied(msgspec.Struct, frozen=True):
    """The person may not be sent to."""

    reason: str


class Parked(msgspec.Struct, frozen=True):
    """Not now: the run waits."""

    reason: str
    wake_at: Millis
    aside: bool = False
    """Whether it lets other runs of the same person go first; else it keeps its place."""


class Unknown(msgspec.Struct, frozen=True):
    """It may have happened, and nobody can tell: a person decides."""

    reason: str


Result = Done | Failed | Denied | Parked | Unknown
