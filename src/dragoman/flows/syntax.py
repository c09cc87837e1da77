"""From the text of an expression to Python's syntax tree, refused early where it is hostile."""

import ast
import keyword
import re
import warnings
from collections.abc import Iterator

from dragoman.flows.failures import ExpressionError

LENGTH = 2_000
DEPTH = 50

_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<field>(?<=\.)[ \t]*[A-Za-z_]\w*)
    |(?P<open>[(\[{])|(?P<close>[)\]}])
    |(?P<stray>["'\#\\@$?`;\x00])""",
    re.VERBOSE | re.DOTALL,
)
_BREAKS = re.compile(r"[\r\n\t\f\v]")
_WIDE = 0xFF01 - 0x21
"""From an ASCII letter to its full-width twin, which Python reads as the same letter."""


def parse(text: str) -> ast.expr:
    """Read one expression, stripped of outer blanks.

    Raises:
        ExpressionError: it is too long, nests too deep, or is not an expression.
    """
    if len(text) > LENGTH:
        raise ExpressionError(
            f"the expression is longer than {LENGTH} characters", fix="split it with a map step"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's own advice on style is not for our users
            tree = ast.parse(_prepared(text), mode="eval").body
    except SyntaxError as error:
        raise _complaint(text, error) from None
    except (ValueError, MemoryError, RecursionError):
        raise ExpressionError("this is not an expression") from None
    _check_depth(tree)
    return tree


def offset_of(text: str, node: ast.expr) -> int:
    """Where the node starts in the text, in characters; the tree counts bytes."""
    return len(_prepared(text).encode()[: node.col_offset].decode(errors="ignore"))


def _prepared(text: str) -> str:
    """The text with every character in its place, but readable for Python's parser."""
    parts: list[str] = []
    end = depth = 0
    for found in _TOKEN.finditer(text):
        parts += (text[end : found.start()], _token(found))
        end = found.end()
        depth += bool(found["open"]) - bool(found["close"])
        if depth > DEPTH:
            raise ExpressionError(f"nested deeper than {DEPTH} levels", offset=found.start())
    parts.append(text[end:])
    return _BREAKS.sub(" ", "".join(parts))


def _token(found: re.Match[str]) -> str:
    mark = found.group()
    if found["stray"]:
        what = "a text that is not closed" if mark in "\"'" else f"{mark!r} is not known here"
        raise ExpressionError(what, offset=found.start())
    if found["field"] and keyword.iskeyword(mark.strip()):
        return "".join(chr(ord(one) + _WIDE) if one.isalpha() else one for one in mark)
    return mark


def _complaint(text: str, error: SyntaxError) -> ExpressionError:
    offset = min(max(0, (error.offset or 1) - 1), len(text))
    if not text:
        return ExpressionError("the expression is empty")
    if text[offset : offset + 1] == "=" or "'=='" in (error.msg or ""):
        return ExpressionError("'=' does not compare", fix="write '=='", offset=offset)
    if not error.offset:
        return ExpressionError("something is missing at the end", offset=len(text))
    return ExpressionError("this is not an expression", offset=offset)


def _check_depth(tree: ast.expr) -> None:
    level: list[ast.AST] = [tree]
    for _ in range(DEPTH):
        level = [below for node in level for below in _below(node)]
        if not level:
            return
    raise ExpressionError(
        f"nested deeper than {DEPTH} levels", fix="split the expression with a map step"
    )


def _below(node: ast.AST) -> Iterator[ast.AST]:
    return (one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr))
