"""The kinds of steps. A module here is one kind, in the form of `flows.kinds.Kind`, and is found by
being here; beside it stands an example, `examples/KIND.yaml`.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import cast

from dragoman.flows.kinds import Kind


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds, by the key that marks them."""
    found: dict[str, Kind] = {}
    for module in sorted(one.name for one in pkgutil.iter_modules(__path__)):
        kind = cast("Kind", importlib.import_module(f"{__name__}.{module}"))
        found[kind.KEY] = kind
    return found
