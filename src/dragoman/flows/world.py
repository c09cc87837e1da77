"""Everything outside a flow file that decides whether it is right."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from dragoman.catalog.entries import Operation, Trigger
from dragoman.flows.hours import ALWAYS, Hours


class World(msgspec.Struct, frozen=True):
    """What a flow may lean on in its workspace."""

    operations: Mapping[str, Operation]
    triggers: Mapping[str, Trigger]
    filters: Mapping[str, Callable[..., Any]] = {}
    """Filters that vendors bring: functions of a value and arguments."""
    env: Mapping[str, Any] = {}
    hours: Hours = ALWAYS
    connections: Mapping[str, str] | None = None
    """From the name of a connection to its vendor; None = not known, so not checked."""
    defaults: Mapping[str, str] = {}
    """From a vendor to the name of its default connection."""
