"""Reading what came back, as far as every vendor's answers are alike."""

import hashlib
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from dragoman.catalog.entries import Form
from dragoman.catalog.wire import Answer
from dragoman.kernel import jsons
from dragoman.kernel.errors import BadAnswer

WORDS = 500
"""Characters of a vendor's own words that are kept."""
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def content(answer: Answer) -> Any:
    """The body's JSON; None where it is none."""
    try:
        return jsons.decode(answer.body)
    except jsons.Unreadable:
        return None


def facts(answer: Answer, form: Form) -> dict[str, Any]:
    """What the output says of an answer that is no JSON: a text itself, of bytes what they are.

    Raises:
        BadAnswer: something for a browser came, and was not due.
    """
    check_kind(answer.headers.get("content-type", ""), form, described(answer))
    said: dict[str, Any] = {"contentType": answer.headers.get("content-type", "")}
    if answer.kept is not None:
        return {**said, "size": answer.kept.size, "sha256": answer.kept.sha256}
    if form != "bytes":
        return {**said, "text": answer.body.decode("utf-8-sig", errors="replace")}
    digest = hashlib.sha256(answer.body).hexdigest()
    return {**said, "size": len(answer.body), "sha256": digest}


def check_kind(kind: str, form: Form, what: str) -> None:
    """Look at the type of what came; `what` says it in words.

    Raises:
        BadAnswer: something for a browser came, and was not due.
    """
    if form != "html" and _plain(kind) in _PAGES:
        due = "text" if form == "text" else "a file"
        raise BadAnswer(
            f"{what} came where {due} was due",
            fix="see the kept answer; the vendor or a proxy before it may be in trouble",
        )


def succeeded(answer: Answer) -> bool:
    """Any 2xx: the declared and the real ones differ."""
    return HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES


def words(answer: Answer, found: Any, names: Iterable[str]) -> str:
    """The vendor's own words, under the first of the names that holds some, else described."""
    match found:
        case dict():
            said = _named(found, names)
        case str():
            said = found
        case _ if is_page(answer):
            said = ""
        case _:
            said = " ".join(answer.body[: WORDS * 4].decode(errors="replace").split())
    return said[:WORDS] or described(answer)


def described(answer: Answer) -> str:
    if not answer.body:
        return "nothing"
    return f"a page of {len(answer.body)} bytes ({_kind(answer) or 'no content type'})"


def is_page(answer: Answer) -> bool:
    """Whether something for a browser came: from a proxy before the vendor, as a rule."""
    markup = answer.body.lstrip()[:1] == b"<"
    return markup or _kind(answer) in _PAGES


def unusable(title: str, answer: Answer) -> BadAnswer:
    return BadAnswer(
        f"{title} answered {answer.status} with {described(answer)} where JSON was due",
        fix="see the kept answer; the vendor or a proxy before it may be in trouble",
    )


def _named(found: dict[str, Any], names: Iterable[str]) -> str:
    for name in names:
        match found.get(name):
            case str() as said if said:
                return said
            case [*lines] if lines:
                return "; ".join(str(line) for line in lines)
            case {"message": str() as said}:  # an envelope, as HighLevel's version v3 has
                return said
            case _:
                continue
    return ""


def _kind(answer: Answer) -> str:
    return _plain(answer.headers.get("content-type", ""))


def _plain(kind: str) -> str:
    """A type without its parameters."""
    return kind.partition(";")[0].strip().lower()
