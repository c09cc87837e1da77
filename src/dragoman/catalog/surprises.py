"""Pure functions over what others send may meet a shape that nobody foresaw.

That is one run's trouble, or one delivery's, and must not end the service at each of its starts.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.kernel.errors import BadAnswer

_STUMBLES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What code raises that took a value for something else; all other errors are our own."""


@contextmanager
def told(what: str) -> Iterator[None]:
    """Tell a stumble as an answer that cannot be used; its words may hold what nobody should read.

    Raises:
        BadAnswer: instead of the stumble.
    """
    try:
        yield
    except _STUMBLES as error:
        raise BadAnswer(
            f"{what} met a shape that nobody foresaw ({type(error).__name__})",
            fix="please report it, with what `runs show` says of the step",
        ) from None
