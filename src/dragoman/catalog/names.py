"""Nearest names, for errors that show the way out."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str], count: int = 1) -> list[str]:
    return get_close_matches(name, list(known), n=count, cutoff=0.5)


def did_you_mean(name: str, known: Iterable[str], count: int = 1) -> str:
    """`did you mean 'x'?`, or the known names where nothing comes near."""
    names = sorted(known)
    near = nearest(name, names, count)
    if near:
        return f"did you mean {' or '.join(repr(one) for one in near)}?"
    if not names:
        return "there are none"
    shown = ", ".join(names[:12])
    return f"known: {shown}{', …' if len(names) > 12 else ''}"  # noqa: PLR2004
