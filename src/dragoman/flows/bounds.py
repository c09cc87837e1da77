"""How large a value an expression may build; checked before anything is built."""

from typing import Any

from dragoman.flows.failures import ExpressionError
from dragoman.kernel import jsons

TEXT = 64 * 1024
"""Characters of one text."""
ITEMS = 10_000
"""Items of one list or object."""
NODES = 100_000
"""Values in the whole input of a call or output of a map, counted through."""
CHARACTERS = 4 * 1024 * 1024
"""Characters in the whole input of a call or output of a map."""
INTEGER = 2**63

_SCALARS = frozenset({bool, float, type(None)})


def text(length: int) -> None:
    """Refuse a text of this length."""
    if length > TEXT:
        raise ExpressionError(
            f"the text would be longer than {TEXT} characters",
            fix="shorten it first: | truncate(500)",
        )


def items(count: int) -> None:
    """Refuse a list or object of this many items."""
    if count > ITEMS:
        raise ExpressionError(f"the list would hold more than {ITEMS} items", fix="take a slice")


def integer(value: int) -> int:
    """Refuse a whole number that needs more than 64 bits."""
    if not -INTEGER <= value < INTEGER:
        raise ExpressionError("the number is too large", fix="keep whole numbers within 64 bits")
    return value


def whole(value: Any, nodes: int = NODES, characters: int = CHARACTERS) -> Any:
    """Let a value pass that is small enough as a whole, counting what is used twice twice."""
    kind = type(value)
    if kind is str:
        if len(value) > characters:
            raise _too_large()
        return value
    if kind in _SCALARS:
        return value
    if kind is int:
        return integer(value)
    _weigh(value, nodes, characters)
    return value


def _weigh(value: Any, nodes: int, characters: int) -> None:
    level = [value]
    for _ in range(jsons.DEPTH):
        below: list[Any] = []
        for one in level:
            if type(one) is str:
                characters -= len(one)
            elif type(one) is int:
                integer(one)
            else:
                nodes -= _spread(one, below, nodes)
            if nodes < 0 or characters < 0:
                raise _too_large()
        if not below:
            return
        level = below
    raise ExpressionError(f"the value nests deeper than {jsons.DEPTH} levels")


def _spread(value: Any, below: list[Any], most: int) -> int:
    """How much a list or object holds; what is too much is counted, but not looked into."""
    if type(value) not in {list, dict}:
        return 0
    if len(value) <= most:
        below += value if type(value) is list else (*value, *value.values())
    return len(value)


def _too_large() -> ExpressionError:
    return ExpressionError("the value would be too large", fix="pass only the fields you need")
