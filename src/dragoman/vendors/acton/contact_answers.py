"""One form for the answers of Act-On Contacts, most of which are published nowhere.

What is known: a create of a segment or column answers `{source, isSuccess, errorMessage,
statusCode}`, imports and their definitions `{data}`, a delete by outside id `true`, and nearly all
else is an object of no stated layout. So lists are taken as they are, or from whichever field of
the answer holds one.
"""

from http import HTTPStatus
from typing import Any

from dragoman.kernel.errors import BadAnswer, Rejected

_ENVELOPES = ("data", "source", "content")
"""Fields under which what was asked for may stand by itself."""
_PAGE = ("page", "pageSize", "totalCount")
_CONTACT = frozenset({"id", "email", "externalId", "firstName", "lastName", "customFields"})
_OVER = ("COMPLETE", "FAIL", "ERROR", "CANCEL", "ABORT")
"""What stands in the status of an import that is over; only COMPLETED was seen."""


def contacts(content: Any) -> dict[str, Any]:
    """`{contacts, page, pageSize, totalCount}`."""
    if isinstance(content, dict) and _CONTACT & content.keys():
        return _page("contacts", [content], {})
    return _page("contacts", _listed(content, "contacts"), content)


def contact(content: Any) -> dict[str, Any]:
    """The fields of one contact."""
    return _one(content)


def written(content: Any) -> dict[str, Any]:
    """`{id, contacts}`: what a write tells of the contacts it wrote, and the first one's id."""
    told = contacts(accepted(content))["contacts"]
    return {"id": told[0].get("id") if told else None, "contacts": told}


def segments(content: Any) -> dict[str, Any]:
    """`{segments, page, pageSize, totalCount}`."""
    return _page("segments", _listed(content, "segments"), content)


def segment(content: Any) -> dict[str, Any]:
    """The fields of one segment."""
    return _one(content)


def history(content: Any) -> dict[str, Any]:
    """`{activity: {score}, activitylist}`, as the history of a list's record has it."""
    if isinstance(content, dict) and isinstance(content.get("activity"), dict):
        found = content.get("activitylist", content["activity"].get("entries"))
        return {"activity": content["activity"], "activitylist": _listed(found, "activitylist")}
    return {"activity": {"score": None}, "activitylist": _listed(content, "activitylist")}


def scores(content: Any) -> dict[str, Any]:
    """`{scores: [{name, score}]}`; an object may give each score by its name."""
    if isinstance(content, dict) and content and all(map(_is_figure, content.values())):
        return {"scores": [{"name": name, "score": one} for name, one in content.items()]}
    return {"scores": _listed(content, "scores")}


def definitions(content: Any) -> dict[str, Any]:
    """`{definitions}`."""
    return {"definitions": _listed(content, "definitions")}


def definition(content: Any) -> dict[str, Any]:
    """`{data}`, as the answer of its create."""
    return {"data": _one(accepted(content))}


def imported(content: Any) -> dict[str, Any]:
    """`{data, result}`: the result is there when the import is over."""
    data = _one(content)
    status = str(data.get("importStatus", "")).upper()
    return {"data": data, "result": data if any(word in status for word in _OVER) else None}


def accepted(content: Any) -> Any:
    """The answer to a write.

    Raises:
        Rejected: it says in a success that there was none.
    """
    if not isinstance(content, dict) or content.get("isSuccess") is not False:
        return content
    said = str(content.get("statusCode"))
    status = int(said) if said.isdecimal() else HTTPStatus.BAD_REQUEST
    words = str(content.get("errorMessage") or "no reason given")
    raise Rejected(f"Act-On answered {status} within a success: {words}", status=status)


def _page(name: str, items: list[Any], content: Any) -> dict[str, Any]:
    about = content if isinstance(content, dict) else {}
    return {name: items, **{key: about.get(key) for key in _PAGE}}


def _listed(content: Any, name: str) -> list[Any]:
    """The list that an answer is or holds; of an empty one, nothing."""
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        known = [content[key] for key in (name, *_ENVELOPES) if isinstance(content.get(key), list)]
        lists = known[:1] or [one for one in content.values() if isinstance(one, list)]
        if len(lists) == 1:
            return list(lists[0])
        if not content or content == {"data": None}:
            return []
    raise BadAnswer(
        f"Act-On answered {name} in a layout that is not known",
        fix="see the kept answer; its layout is published nowhere, so please report it",
    )


def _one(content: Any) -> dict[str, Any]:
    """The object that an answer is, or holds under a name that says nothing of it."""
    if isinstance(content, dict):
        inner = [content[key] for key in _ENVELOPES if isinstance(content.get(key), dict)]
        return dict(inner[0]) if inner else content
    if isinstance(content, list) and len(content) == 1 and isinstance(content[0], dict):
        return content[0]
    raise BadAnswer(
        "Act-On answered a list where one thing was due",
        fix="see the kept answer; its layout is published nowhere, so please report it",
    )


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
