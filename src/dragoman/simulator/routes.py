"""Which handler answers which path."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import unquote

from dragoman.simulator.exchange import Answer

_Call = TypeVar("_Call")

LOCATION, AGENCY = frozenset({"Location"}), frozenset({"Company"})
BOTH = LOCATION | AGENCY


@dataclass(frozen=True, slots=True)
class Route(Generic[_Call]):
    method: str
    path: str
    """A segment in braces is a parameter. A slash at the end counts."""
    handler: Callable[[_Call], Answer]
    scope: str = ""
    """The scope a token needs, where the vendor has scopes."""
    open: bool = False
    """True for the token call, which needs no token."""
    callers: frozenset[str] = LOCATION
    """The kinds of token that may call, where the vendor tells an agency's from a location's."""


@dataclass(frozen=True, slots=True)
class Found(Generic[_Call]):
    route: Route[_Call]
    params: dict[str, str]


class Routes(Generic[_Call]):
    """Literal segments win over parameters, as in `/conversations/search`."""

    def __init__(self, routes: Iterable[Route[_Call]]) -> None:
        self._shapes: dict[tuple[str, int], list[tuple[Route[_Call], list[str]]]] = {}
        for route in sorted(routes, key=lambda one: one.path.count("{")):
            segments = route.path.split("/")
            self._shapes.setdefault((route.method, len(segments)), []).append((route, segments))

    def find(self, method: str, path: str, *, any_case: bool = False) -> Found[_Call] | None:
        """Match an encoded path; parameters come out decoded."""
        segments = path.split("/")
        for route, shape in self._shapes.get((method, len(segments)), ()):
            params = _match(shape, segments, any_case=any_case)
            if params is not None:
                return Found(route, params)
        return None


def _match(shape: list[str], segments: list[str], *, any_case: bool) -> dict[str, str] | None:
    params = {}
    for wanted, given in zip(shape, segments, strict=True):
        if wanted.startswith("{"):
            if not given:
                return None
            params[wanted[1:-1]] = unquote(given)
        elif wanted != given and not (any_case and wanted.lower() == given.lower()):
            return None
    return params
