"""What the operators of expressions do: to JSON values, within bounds, never by surprise."""

import ast
import math
import operator
from collections.abc import Callable
from typing import Any

from dragoman.flows import bounds
from dragoman.flows.failures import ExpressionError, kind_of

Number = int | float
_Binary = Callable[[Any, Any], Any]


def is_number(value: Any) -> bool:
    kind = type(value)
    return kind is int or kind is float


def add(left: Any, right: Any) -> Any:
    """Add two numbers, or join two texts or two lists."""
    if type(left) is str and type(right) is str:
        bounds.text(len(left) + len(right))
        return left + right
    if type(left) is list and type(right) is list:
        bounds.items(len(left) + len(right))
        return bounds.whole(left + right)
    if not (is_number(left) and is_number(right)):
        raise ExpressionError(
            f"cannot add {kind_of(left)} and {kind_of(right)}", fix=_add_fix(left, right)
        )
    return _number(operator.add, left, right)


def _add_fix(left: Any, right: Any) -> str:
    if left is None or right is None:
        return "give the missing value: | default(0) or | default('')"
    if type(left) is str or type(right) is str:
        return "make both text with | text, or both numbers with | number"
    return ""


def arithmetic(word: str, work: _Binary) -> _Binary:
    """A binary operator on numbers only; `word` is what it does, for the message."""

    def run(left: Any, right: Any) -> Any:
        if is_number(left) and is_number(right):
            return _number(work, left, right)
        wrong = left if not is_number(left) else right
        fix = "| number reads a number from text" if type(wrong) is str else ""
        fix = "give the missing value: | default(0)" if wrong is None else fix
        raise ExpressionError(f"cannot {word} {kind_of(wrong)}: it is no number", fix=fix)

    return run


def _number(work: _Binary, left: Number, right: Number) -> Number:
    for operand in (left, right):
        if type(operand) is int:
            bounds.integer(operand)
    try:
        result: Number = work(left, right)
    except ZeroDivisionError:
        raise ExpressionError("division by zero", fix="check the divisor first") from None
    except OverflowError:
        raise ExpressionError("the number is too large") from None
    if type(result) is int:
        return bounds.integer(result)
    if not math.isfinite(result):
        raise ExpressionError("the number is too large")
    return result


def negative(value: Any) -> Any:
    if not is_number(value):
        raise ExpressionError(f"cannot negate {kind_of(value)}: it is no number")
    return -value if type(value) is float else bounds.integer(-value)


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal; never an error, and true is not 1."""
    if (left is True or left is False) != (right is True or right is False):
        return False
    return bool(left == right)


def different(left: Any, right: Any) -> bool:
    return not same(left, right)


def ordering(compare: _Binary) -> Callable[[Any, Any], bool]:
    """A comparison by order: two numbers, or two texts."""

    def run(left: Any, right: Any) -> bool:
        if (is_number(left) and is_number(right)) or (type(left) is str and type(right) is str):
            return bool(compare(left, right))
        fix = "make them alike with | number or | text"
        if left is None or right is None:
            fix = "give the missing value: | default(0)"
        raise ExpressionError(f"cannot compare {kind_of(left)} with {kind_of(right)}", fix=fix)

    return run


def within(item: Any, holder: Any) -> bool:
    """Whether a list holds an item, a text a part, an object a key; nothing is in null."""
    if holder is None:
        return False
    if type(holder) is list:
        # Python's own search is quick, and finds too much only where true meets 1.
        return item in holder and any(same(item, one) for one in holder)
    if type(holder) is dict:
        return type(item) is str and item in holder
    if type(holder) is str and type(item) is str:
        return item in holder
    if type(holder) is str and item is None:
        return False
    raise ExpressionError(f"cannot look for {kind_of(item)} in {kind_of(holder)}")


def without(item: Any, holder: Any) -> bool:
    return not within(item, holder)


def pick(holder: Any, key: Any) -> Any:
    """Take an item or a field; null where there is none."""
    if type(holder) is dict and type(key) is str:
        return holder.get(key)
    if type(holder) in {list, str} and type(key) is int:
        return holder[key] if -len(holder) <= key < len(holder) else None
    if holder is None or key is None:
        return None
    raise ExpressionError(
        f"cannot take {kind_of(key)} as a place in {kind_of(holder)}",
        fix="lists and texts take a number, objects a text",
    )


def slices(holder: Any, start: Any, stop: Any) -> Any:
    """A part of a list or a text."""
    if holder is None:
        return None
    if type(holder) not in {list, str}:
        raise ExpressionError(f"cannot take a part of {kind_of(holder)}")
    for edge in (start, stop):
        if edge is not None and type(edge) is not int:
            raise ExpressionError(f"a slice takes whole numbers, not {kind_of(edge)}")
    first, last, _ = slice(start, stop).indices(len(holder))
    check = bounds.text if type(holder) is str else bounds.items
    check(max(0, last - first))
    return holder[first:last]


def field(holder: Any, name: str) -> Any:
    """A field of an object; null where there is none, or where the object is null."""
    if type(holder) is dict:
        return holder.get(name)
    if holder is None:
        return None
    raise ExpressionError(f"{kind_of(holder)} has no field {name!r}")


ARITHMETIC: dict[type[ast.operator], _Binary] = {
    ast.Add: add,
    ast.Sub: arithmetic("subtract with", operator.sub),
    ast.Mult: arithmetic("multiply", operator.mul),
    ast.Div: arithmetic("divide", operator.truediv),
    ast.FloorDiv: arithmetic("divide", operator.floordiv),
    ast.Mod: arithmetic("divide", operator.mod),
}

COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: same,
    ast.NotEq: different,
    ast.Lt: ordering(operator.lt),
    ast.LtE: ordering(operator.le),
    ast.Gt: ordering(operator.gt),
    ast.GtE: ordering(operator.ge),
    ast.In: within,
    ast.NotIn: without,  # codespell:ignore
}
