"""What tests of requests share: a made-up operation, any input, and all that an error says."""

import traceback

from hypothesis import settings
from hypothesis import strategies as st

from dragoman.catalog.building import Builder
from dragoman.catalog.entries import Effect, Operation, Parameter, Place
from dragoman.http import target
from dragoman.kernel.errors import BadInput

UNTIMED = settings(deadline=None, max_examples=100)

STRING = {"type": "string"}
ORIGIN = target.origin("https://example.com")
CANARY = "canary-7731"
ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""Half characters too."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)


def builder(path: str = "/a", **inputs: Place) -> Builder:
    return Builder(
        Operation(
            id="example.things.do",
            vendor="example",
            group="things",
            title="T",
            does="D.",
            effect=Effect.READ,
            method="POST",
            path=path,
            input={key: Parameter(key, key, place, {}) for key, place in inputs.items()},
        )
    )


def everything(error: BaseException) -> str:
    """Whatever of an error may be printed, logged or sent."""
    shown = "".join(traceback.format_exception(error))
    assert isinstance(error, BadInput)
    return f"{shown}{error!r}{error}{error.fix}{error.as_json()}{error.args}"
