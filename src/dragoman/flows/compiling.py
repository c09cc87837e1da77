"""From a syntax tree to closures over JSON values: a white list of nodes, every name checked."""

import ast
import math
from collections.abc import Callable
from typing import Any

from dragoman.catalog.names import did_you_mean
from dragoman.catalog.shapes import ANY
from dragoman.flows import bounds, closures, names, operators
from dragoman.flows.failures import ExpressionError
from dragoman.flows.filters import Filter
from dragoman.flows.moves import View
from dragoman.flows.names import Compiled, constant
from dragoman.flows.scopes import TEXT, Scope
from dragoman.flows.syntax import offset_of, parse

_REFUSED = {
    "Call": ("functions cannot be called", "write value | filter(argument)"),
    "JoinedStr": ("f-strings are not known", "join texts with +, or mix text and {{ }}"),
    "Lambda": ("lambda is not known", ""),
    "ListComp": ("comprehensions are not known", ""),
    "SetComp": ("comprehensions are not known", ""),
    "DictComp": ("comprehensions are not known", ""),
    "GeneratorExp": ("comprehensions are not known", ""),
    "NamedExpr": ("':=' is not known", "use a map step to name a value"),
    "Starred": ("'*' before a value is not known", ""),
    "Tuple": ("a list stands in square brackets", "write [a, b]"),
    "Set": ("a list stands in square brackets", "write [a, b]"),
    "Pow": ("'**' is not known", "multiply instead"),
    "Is": ("'is' is not known", "write =="),
    "IsNot": ("'is not' is not known", "write !="),
}


def compile_text(text: str, scope: Scope) -> Compiled:
    """Compile one expression, stripped of outer blanks.

    Raises:
        ExpressionError: outside the language, or a name is not known; `offset` says where.
    """
    return _Compiler(text, scope).visit(parse(text))


class _Compiler:
    def __init__(self, text: str, scope: Scope) -> None:
        self._text = text
        self._scope = scope

    def visit(self, node: ast.expr) -> Compiled:
        visitor = _VISITORS.get(type(node))
        if visitor is None:
            raise self._refused(node, type(node).__name__)
        return visitor(self, node)

    def constant(self, node: ast.Constant) -> Compiled:
        value = node.value
        match value:
            case None | bool():
                return constant(value)
            case int():
                return constant(self._at(node, bounds.integer, value))
            case float() if math.isfinite(value):
                return constant(value)
            case str() if value.isascii() or not any("\ud800" <= one <= "\udfff" for one in value):
                return constant(value)
            case _:
                raise ExpressionError("this value is not known", offset=offset_of(self._text, node))

    def name(self, node: ast.Name) -> Compiled:
        compiled: Compiled = self._at(node, names.name, node.id, self._scope)
        return compiled

    def attribute(self, node: ast.Attribute) -> Compiled:
        return self._field(node, node.value, node.attr)

    def subscript(self, node: ast.Subscript) -> Compiled:
        if isinstance(node.slice, ast.Slice):
            return self._slice(node, node.slice)
        if isinstance(node.slice, ast.Constant) and type(node.slice.value) is str:
            return self._field(node, node.value, node.slice.value)
        base, key = self.visit(node.value), self.visit(node.slice)
        take, by = base.run, key.run
        shape = base.shape.items if base.shape.kind == "array" else None
        return Compiled(lambda view: operators.pick(take(view), by(view)), shape or ANY)

    def boolean(self, node: ast.BoolOp) -> Compiled:
        parts = tuple(self.visit(value).run for value in node.values)
        return Compiled(
            closures.all_of(parts) if isinstance(node.op, ast.And) else closures.any_of(parts)
        )

    def unary(self, node: ast.UnaryOp) -> Compiled:
        run = self.visit(node.operand).run
        match node.op:
            case ast.Not():
                return Compiled(lambda view: not run(view))
            case ast.USub():
                return Compiled(lambda view: operators.negative(run(view)))
            case _:
                raise self._refused(node, type(node.op).__name__)

    def binary(self, node: ast.BinOp) -> Compiled:
        if isinstance(node.op, ast.BitOr):
            return self._filtered(node)
        work = operators.ARITHMETIC.get(type(node.op))
        if work is None:
            raise self._refused(node, type(node.op).__name__)
        left, right = self.visit(node.left).run, self.visit(node.right).run
        return Compiled(lambda view: work(left(view), right(view)))

    def compare(self, node: ast.Compare) -> Compiled:
        first = self.visit(node.left).run
        links = []
        for sign, right in zip(node.ops, node.comparators, strict=True):
            holds = operators.COMPARISONS.get(type(sign))
            if holds is None:
                raise self._refused(node, type(sign).__name__)
            links.append((holds, self.visit(right).run))
        if len(links) == 1:
            holds, other = links[0]
            return Compiled(lambda view: holds(first(view), other(view)))
        return Compiled(closures.chain(first, tuple(links)))

    def conditional(self, node: ast.IfExp) -> Compiled:
        test, body, other = (self.visit(one).run for one in (node.test, node.body, node.orelse))
        return Compiled(lambda view: body(view) if test(view) else other(view))

    def array(self, node: ast.List) -> Compiled:
        parts = tuple(self.visit(one).run for one in node.elts)
        return Compiled(lambda view: bounds.whole([run(view) for run in parts]))

    def mapping(self, node: ast.Dict) -> Compiled:
        pairs = []
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and type(key.value) is str):
                raise ExpressionError(
                    "the keys of an object are texts", offset=offset_of(self._text, key or value)
                )
            pairs.append((self.visit(key).run, self.visit(value).run))
        return Compiled(lambda view: bounds.whole({key(view): run(view) for key, run in pairs}))

    def _field(self, node: ast.expr, base: ast.expr, word: str) -> Compiled:
        if isinstance(base, ast.Name):
            found: Compiled | None = self._at(node, names.member, base.id, word, self._scope)
            if found is not None:
                return found
        inner = self.visit(base)
        compiled: Compiled = self._at(node, names.field, inner, word, ast.unparse(base))
        return compiled

    def _slice(self, node: ast.Subscript, part: ast.Slice) -> Compiled:
        if part.step is not None:
            raise ExpressionError("a slice takes no step", offset=offset_of(self._text, node))
        take = self.visit(node.value).run
        start, stop = (
            self.visit(edge).run if edge else _nothing for edge in (part.lower, part.upper)
        )
        return Compiled(lambda view: operators.slices(take(view), start(view), stop(view)))

    def _filtered(self, node: ast.BinOp) -> Compiled:
        value = self.visit(node.left).run
        chosen, given = self._filter_call(node.right)
        compiled = [self.visit(one) for one in given]
        self._at(node.right, chosen.check_count, len(compiled))
        arguments = tuple(one.run for one in compiled)
        shape = TEXT if chosen.gives is str else ANY
        if not all(one.constant for one in compiled):
            use = chosen.use
            return Compiled(
                lambda view: use(value(view), tuple(run(view) for run in arguments)), shape
            )
        # The arguments stand in the file: checked here, once, with their place at hand.
        known = tuple(run(_NOWHERE) for run in arguments)
        for index, argument in enumerate(given):
            self._at(argument, chosen.check_argument, index, known[index])
        apply = chosen.apply
        return Compiled(lambda view: apply(value(view), known), shape)

    def _filter_call(self, node: ast.expr) -> tuple[Filter, list[ast.expr]]:
        word, given = node, []
        if isinstance(node, ast.Call) and not node.keywords:
            word, given = node.func, node.args
        if not isinstance(word, ast.Name):
            raise ExpressionError(
                "a filter's name must follow '|'",
                fix="write value | filter(argument)",
                offset=offset_of(self._text, node),
            )
        chosen = self._scope.filters.get(word.id)
        if chosen is None:
            raise ExpressionError(
                f"there is no filter {word.id!r}",
                fix=did_you_mean(word.id, self._scope.filters),
                offset=offset_of(self._text, word),
            )
        return chosen, given

    def _at(self, node: ast.expr, work: Callable[..., Any], *arguments: Any) -> Any:
        """Do something that may refuse, and point at the node if it does."""
        try:
            return work(*arguments)
        except ExpressionError as error:
            error.offset = self._place(node)
            raise

    def _place(self, node: ast.expr) -> int:
        """Of a field, point at its name: that is what may be misspelt."""
        if not isinstance(node, ast.Attribute):
            return offset_of(self._text, node)
        end = ast.Name(node.attr, col_offset=node.end_col_offset or 0)
        return offset_of(self._text, end) - len(node.attr)

    def _refused(self, node: ast.expr, kind: str) -> ExpressionError:
        message, fix = _REFUSED.get(kind, ("this is not part of the expression language", ""))
        return ExpressionError(message, fix=fix, offset=offset_of(self._text, node))


def _nothing(_: View) -> None:
    return None


_NOWHERE = View(event={})
_VISITORS: dict[type[ast.expr], Callable[[_Compiler, Any], Compiled]] = {
    ast.Constant: _Compiler.constant,
    ast.Name: _Compiler.name,
    ast.Attribute: _Compiler.attribute,
    ast.Subscript: _Compiler.subscript,
    ast.BoolOp: _Compiler.boolean,
    ast.UnaryOp: _Compiler.unary,
    ast.BinOp: _Compiler.binary,
    ast.Compare: _Compiler.compare,
    ast.IfExp: _Compiler.conditional,
    ast.List: _Compiler.array,
    ast.Dict: _Compiler.mapping,
}
