"""What an API token may do: `highlevel.messages:write`, `acton.*:read`, `*:delete`, `flows:read`.

Before the colon stands a group of operations, all groups of a vendor, or all operations (`*`); or
one of the service's own things, `flows` and `runs`, which no star covers. After it stands what may
be done there. None includes another, and what no scope covers is refused.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from dragoman.catalog.entries import Effect, Operation
from dragoman.catalog.names import did_you_mean
from dragoman.kernel.errors import DefinitionError

Act = Literal["read", "write", "delete"]
ALL = "*"
ACTS: dict[Effect, Act] = {
    Effect.READ: "read",
    Effect.REPLACE: "write",
    Effect.CREATE: "write",
    Effect.DELETE: "delete",
}
"""Deleting is apart from writing: on the terminal it asks first, and a program is not asked."""


class Scope(msgspec.Struct, frozen=True, order=True):
    what: str
    act: str

    def __str__(self) -> str:
        return f"{self.what}:{self.act}"

    def covers(self, needed: "Scope") -> bool:
        """Whether it allows what is needed, which names one group or one thing."""
        return self.act == needed.act and needed.what in self._covered(needed)

    def _covered(self, needed: "Scope") -> tuple[str, ...]:
        vendor, dot, _ = needed.what.partition(".")
        if dot and self.what in (ALL, f"{vendor}.{ALL}"):
            return (needed.what,)
        return (self.what,)


FLOWS_READ, FLOWS_WRITE = Scope("flows", "read"), Scope("flows", "write")
RUNS_READ = Scope("runs", "read")
OWN = (FLOWS_READ, FLOWS_WRITE, RUNS_READ)
"""What is about the service itself."""


def needed(operation: Operation) -> Scope:
    """The scope that a call of the operation asks for."""
    return Scope(f"{operation.vendor}.{operation.group}", ACTS[operation.effect])


def covered(scopes: Iterable[Scope], need: Scope) -> bool:
    return any(one.covers(need) for one in scopes)


def read(said: str) -> tuple[Scope, ...]:
    """Scopes as they are stored, in one text."""
    return tuple(Scope(*one.rsplit(":", 1)) for one in said.split())


def text(scopes: Iterable[Scope]) -> str:
    return " ".join(str(one) for one in scopes)


def chosen(said: Sequence[str], operations: Mapping[str, Operation]) -> tuple[Scope, ...]:
    """Scopes as a person writes them, each once.

    Raises:
        DefinitionError: there are none, or one covers nothing that there is.
    """
    if not said:
        raise DefinitionError(
            "a token without a scope could do nothing", fix="give at least one, such as `*:read`"
        )
    known = set(map(str, possible(operations.values())))
    for one in said:
        if one not in known:
            hint = did_you_mean(one, known)
            raise DefinitionError(
                f"there is no scope {one!r}: {hint}",
                fix="a group of operations and what may be done: `highlevel.contacts:read`, "
                "`acton.*:write`, `*:delete`; or `flows:read`, `flows:write`, `runs:read`",
            )
    return tuple(Scope(*one.rsplit(":", 1)) for one in dict.fromkeys(said))


def possible(operations: Iterable[Operation]) -> Iterator[Scope]:
    """Every scope that covers something."""
    yield from OWN
    for one in operations:
        need = needed(one)
        for what in (need.what, f"{one.vendor}.{ALL}", ALL):
            yield Scope(what, need.act)
