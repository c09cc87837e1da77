"""Pieces of HTML. What is not HTML yet is escaped where it is put in, so none can be forgotten."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from dragoman.kernel.clock import Millis, iso


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def html(value: object) -> Html:
    """The value as HTML: escaped, unless it is HTML already."""
    return value if isinstance(value, Html) else Html(escape(str(value)))


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Html:
    """A table with its name for those who cannot see it; on a narrow screen its rows are stacked.

    The roles say what stacking takes away in some browsers.
    """
    lines = "".join(_row(heads, row) for row in rows)
    if not lines:
        return Html('<p class="none">Nothing yet.</p>')
    head = "".join(f'<th role="columnheader" scope="col">{html(name)}</th>' for name in heads)
    return Html(
        f'<div class="wide" role="region" aria-label="{html(title)}" tabindex="0">'
        f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{lines}</tbody></table></div>'
    )


def options(titles: Mapping[str, str], chosen: str = "") -> Html:
    """The choices of a select, by value."""
    return Html(
        "".join(
            f'<option value="{html(value)}"{" selected" if value == chosen else ""}>'
            f"{html(title)}</option>"
            for value, title in titles.items()
        )
    )


def button(action: str, title: str, **hidden: object) -> Html:
    """A form that is only a button."""
    fields = "".join(
        f'<input type="hidden" name="{html(name)}" value="{html(value)}">'
        for name, value in hidden.items()
    )
    return Html(
        f'<form class="inline" method="post" action="{html(action)}">{fields}'
        f'<button class="quiet">{html(title)}</button></form>'
    )


def moment(at: Millis) -> Html:
    """Day and time of day in UTC."""
    text = iso(at)
    return Html(f'<time datetime="{html(text)}">{html(f"{text[:10]} {text[11:19]}")}</time>')


def _row(heads: Sequence[str], row: Sequence[object]) -> str:
    cells = zip(heads, row, strict=True)
    inner = "".join(
        f'<td role="cell" data-head="{html(head)}">{html(cell)}</td>' for head, cell in cells
    )
    return f'<tr role="row">{inner}</tr>'
