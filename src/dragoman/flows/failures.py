"""The one error that expressions raise, and how a kind of value is called in messages."""

from typing import Any

from dragoman.kernel.errors import PermanentError

_SHOWN = 120


class ExpressionError(PermanentError):
    """An expression cannot be read, or cannot be computed for these values.

    Its message never holds a value: values may be messages or addresses of people.
    """

    code = "expression"

    def __init__(self, message: str = "", *, fix: str = "", offset: int = 0) -> None:
        super().__init__(message, fix=fix)
        self.offset = offset
        """Where in the source text, counted from 0; meaningful when the text was read."""
        self.text = ""
        """The source text of the expression."""
        self.field = ""
        """Where it stands in its step, such as `input.message`."""
        self.step = ""

    def inside(self, text: str, field: str) -> "ExpressionError":
        """Remember the expression and its field, unless a narrower one is known already."""
        self.text = self.text or text
        self.field = self.field or field
        return self

    def of_step(self, step: str) -> "ExpressionError":
        """Name the step, and say the whole place in the message."""
        self.step = step
        shown = self.text if len(self.text) <= _SHOWN else self.text[:_SHOWN] + "…"
        self.message = f"step {step!r}, {self.field}: {self.message} (in `{shown}`)"
        self.args = (self.message,)
        return self


def kind_of(value: Any) -> str:
    """What a person would call this value."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"
