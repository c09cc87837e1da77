"""Dragoman joins HighLevel conversations and Act-On marketing.

async with dragoman.open("shop") as d:
    await d.call("highlevel.contacts.add_tags", contactId="ABC", tags=["vip"])
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.api import CallStopped, Dragoman, DragomanError, open  # noqa: A004  # its name

__all__ = ["CallStopped", "Dragoman", "DragomanError", "open"]


def __getattr__(name: str) -> Any:
    """Import what is asked for only now: whoever asks for the version need not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from dragoman import api  # noqa: PLC0415  # see above

    return getattr(api, name)
