"""Filters: what stands after `|`. A function is a filter, its docstring one sentence for users.

The type of a function's first argument says which values it takes: null passes by every filter that
does not take `Any`, so a missing value stays null until `default`. The modules beside this one are
found by themselves; a function in one of them is a filter.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec

from dragoman.flows import bounds
from dragoman.flows.failures import ExpressionError, kind_of
from dragoman.kernel.errors import DragomanError

_WORDS: dict[type, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


class Kind(msgspec.Struct, frozen=True):
    """Which values may stand in one place of a filter."""

    types: tuple[type, ...] = ()
    """Empty: any."""
    check: Callable[[Any], None] | None = None
    """What else must hold."""

    def words(self) -> str:
        return " or ".join(dict.fromkeys(_WORDS[one] for one in self.types))


class Filter(msgspec.Struct, frozen=True):
    name: str
    run: Callable[..., Any]
    takes: Kind
    arguments: tuple[Kind, ...]
    needed: int
    """How many of the arguments must be given."""
    more: bool = False
    """Whether any number of arguments may follow."""
    gives: type | None = None
    does: str = ""

    def check_count(self, given: int) -> None:
        """Refuse a wrong number of arguments."""
        most = len(self.arguments)
        if given < self.needed or (given > most and not self.more):
            wanted = str(self.needed) if most == self.needed else f"{self.needed} to {most}"
            wanted = f"at least {self.needed}" if self.more else wanted
            raise ExpressionError(f"{self.name} takes {wanted} argument(s), not {given}")

    def check_argument(self, index: int, value: Any) -> None:
        """Refuse an argument of the wrong kind."""
        kind = self.arguments[index] if index < len(self.arguments) else Kind()
        if kind.types and type(value) not in kind.types:
            raise ExpressionError(
                f"{self.name} takes {kind.words()} as its argument, not {kind_of(value)}"
            )
        if kind.check is not None:
            kind.check(value)

    def use(self, value: Any, arguments: tuple[Any, ...]) -> Any:
        """Apply, after a check of arguments that were computed."""
        for index, argument in enumerate(arguments):
            self.check_argument(index, argument)
        return self.apply(value, arguments)

    def apply(self, value: Any, arguments: tuple[Any, ...]) -> Any:
        """Apply to a value, with arguments that are checked."""
        if self.takes.types and type(value) not in self.takes.types:
            if value is None:
                return None
            raise ExpressionError(
                f"{self.name} works on {self.takes.words()}, not {kind_of(value)}",
                fix="| text makes text of a number" if str in self.takes.types else "",
            )
        return self.run(value, *arguments)


@cache
def shipped() -> Mapping[str, Filter]:
    """All filters of the language, by name."""
    found: dict[str, Filter] = {}
    for module in pkgutil.iter_modules(__path__):
        content = vars(importlib.import_module(f"{__name__}.{module.name}"))
        for name, value in content.items():
            own = getattr(value, "__module__", "") == f"{__name__}.{module.name}"
            if own and inspect.isfunction(value) and not name.startswith("_"):
                found[name.rstrip("_")] = _read(name.rstrip("_"), value)
    return found


def foreign(name: str, function: Callable[..., Any]) -> Filter:
    """A filter that a vendor brings: it gets value and arguments as they are, null included."""
    read = _read(name, function)

    def run(value: Any, *arguments: Any) -> Any:
        try:
            return bounds.whole(function(value, *arguments))
        except ExpressionError:
            raise
        except DragomanError as error:
            raise ExpressionError(error.message, fix=error.fix) from None
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
            raise ExpressionError(f"{name} cannot work on {kind_of(value)} like this") from None

    arguments = tuple(Kind() for _ in read.arguments)
    return msgspec.structs.replace(read, run=run, takes=Kind(), arguments=arguments)


def _read(name: str, function: Callable[..., Any]) -> Filter:
    hints = get_type_hints(function, include_extras=True)
    parameters = list(inspect.signature(function).parameters.values())
    plain = [one for one in parameters[1:] if one.kind is not one.VAR_POSITIONAL]
    kinds = [_kind(hints.get(one.name, Any)) for one in parameters]
    return Filter(
        name=name,
        run=function,
        takes=kinds[0],
        arguments=tuple(kinds[1 : len(plain) + 1]),
        needed=sum(one.default is one.empty for one in plain),
        more=len(plain) < len(parameters) - 1,
        gives=hints.get("return") if isinstance(hints.get("return"), type) else None,
        does=inspect.getdoc(function) or "",
    )


def _kind(hint: Any) -> Kind:
    check = None
    if get_origin(hint) is Annotated:
        hint, check = get_args(hint)[:2]
    if hint is Any:
        return Kind((), check)
    types = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    types = (*types, int) if float in types else types  # as everywhere in Python's hints
    return Kind(tuple(get_origin(one) or one for one in types), check)
