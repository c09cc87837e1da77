"""Small pieces of Markdown."""

from collections.abc import Iterable, Sequence

import msgspec

from dragoman.kernel import jsons
from dragoman.kernel.jsons import Json

HEAD = "<!-- Written by `python -m tools.reference` from the code. Change the code, not this. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: a note to editors, the title, the parts with a blank line between them."""
    return "\n\n".join([HEAD, f"# {title}", *(part for part in parts if part)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing where it would be empty."""
    lines = [_line(row) for row in rows]
    if not lines:
        return ""
    return "\n".join([_line(heads), _line(["---"] * len(heads)), *lines])


def code(text: str) -> str:
    """A word in the font of code; nothing stays nothing."""
    return f"`{text}`" if text else ""


def block(text: str, language: str = "text") -> str:
    return f"```{language}\n{text}\n```"


def document(value: Json) -> str:
    """A JSON value as a block."""
    text = jsons.text(value)
    return block(text if len(text) <= _SHORT else _indented(value), "json")


def anchor(heading: str) -> str:
    """How a link names a heading, as the usual readers of Markdown do it."""
    kept = "".join(one for one in heading.lower() if one.isalnum() or one in " -_")
    return kept.replace(" ", "-")


_SHORT = 90


def _indented(value: Json) -> str:
    return msgspec.json.format(jsons.text(value), indent=2)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(one.replace("|", "\\|").replace("\n", " ") for one in cells) + " |"
