"""Answers that are no JSON: a text, a page, a file."""

from dragoman.simulator.exchange import Answer

_EXAMPLES = {
    "text": ("text/plain; charset=utf-8", b"Success"),
    "html": ("text/html; charset=utf-8", b"<p>Example</p>"),
    "bytes": ("text/csv", b"email\r\nann@example.com\r\n"),
}


def example(form: str, status: int) -> Answer:
    """One of that form."""
    kind, content = _EXAMPLES[form]
    return Answer(status, content, kind)
