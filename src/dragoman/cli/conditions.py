"""What the conditions of a flow ask, by step: the journal keeps only the answer."""

from collections.abc import Iterator
from typing import Any

from dragoman.flows.documents import Document
from dragoman.flows.nodes import plain


def of(text: str) -> dict[str, str]:
    """The conditions of a flow's stored text, which was right when it was armed."""
    root = Document(text, "").root
    flow = plain(root) if root is not None else None
    return dict(_within(flow.get("steps"), "")) if isinstance(flow, dict) else {}


def _within(steps: Any, position: str) -> Iterator[tuple[str, str]]:
    for count, step in enumerate(steps if isinstance(steps, list) else [], 1):
        place = f"{position}.{count}" if position else str(count)
        if isinstance(step, dict) and "when" in step:
            yield str(step.get("id", place)), str(step["when"])
            for way in ("then", "else"):
                yield from _within(step.get(way), f"{place}.{way}")
