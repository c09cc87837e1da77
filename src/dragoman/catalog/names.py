"""Nearest names, for errors that show the way out."""

from collections.abc import Iterable
from difflib import get_close_matches

_FEW = 12


def nearest(name: str, known: Iterable[str], count: int = 1, least: float = 0.5) -> list[str]:
    """The names that come nearest, of those that have so much in common with it."""
    return get_close_matches(name, list(known), n=count, cutoff=least)


def did_you_mean(name: str, known: Iterable[str], count: int = 1) -> str:
    """`did you mean 'x'?`, or the known names where nothing comes near.

    Where several are asked for and too many are known to be told, the nearest are named anyway.
    """
    names = sorted(known)
    near = nearest(name, names, count)
    if count > 1 and len(names) > _FEW:
        near = nearest(name, names, count, 0.0)
    if near:
        return f"did you mean {' or '.join(repr(one) for one in near)}?"
    if not names:
        return "there are none"
    shown = ", ".join(names[:_FEW])
    return f"known: {shown}{', …' if len(names) > _FEW else ''}"
