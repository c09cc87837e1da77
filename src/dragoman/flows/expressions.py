"""One expression, compiled once: `where` and `when` are bare ones, values hold them in `{{ }}`."""

from typing import Any

from dragoman.catalog.shapes import Shape
from dragoman.flows.compiling import compile_text
from dragoman.flows.failures import ExpressionError
from dragoman.flows.moves import View
from dragoman.flows.scopes import Scope


class Expression:
    """A compiled expression, with its text for messages."""

    __slots__ = ("_run", "field", "shape", "text")

    def __init__(self, text: str, scope: Scope, field: str = "") -> None:
        """Compile.

        Raises:
            ExpressionError: outside the language, or a name is not known; `offset` says where.
        """
        self.text = text.strip()
        self.field = field
        try:
            compiled = compile_text(self.text, scope)
        except ExpressionError as error:
            error.offset += len(text) - len(text.lstrip())
            raise error.inside(self.text, field) from None
        self._run = compiled.run
        self.shape: Shape = compiled.shape

    def value(self, view: View) -> Any:
        """Compute.

        Raises:
            ExpressionError: it cannot be computed for these values.
        """
        try:
            return self._run(view)
        except ExpressionError as error:
            raise error.inside(self.text, self.field) from None


def bare(text: str, scope: Scope, field: str) -> Expression:
    """An expression of `where` and `when`; `{{ }}` around the whole is let pass.

    Raises:
        ExpressionError: as `Expression`.
    """
    inner = text.strip()
    if not (inner.startswith("{{") and inner.endswith("}}") and len(inner) >= len("{{}}")):
        return Expression(text, scope, field)
    try:
        return Expression(inner[2:-2], scope, field)
    except ExpressionError as error:
        error.offset += text.index("{{") + 2
        raise
