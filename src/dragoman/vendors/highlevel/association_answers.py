"""One form for lists of associations and relations.

The description shows a single one where a list is asked for. Of relations `{relations, total}` was
seen; the others are taken in whatever form they come.
"""

from typing import Any


def associations(content: Any) -> Any:
    return _listed(content, "associations")


def relations(content: Any) -> Any:
    return _listed(content, "relations")


def _listed(content: Any, name: str) -> Any:
    if isinstance(content, list):
        return {name: content, "total": len(content)}
    if isinstance(content, dict) and name not in content and "id" in content:
        return {name: [content], "total": 1}
    return content
