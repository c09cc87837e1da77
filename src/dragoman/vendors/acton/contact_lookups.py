"""Whether a create in Act-On Contacts happened whose answer was lost.

Names and identities of contacts are taken once: Act-On answers 409 to a second contact or segment
of the same (the status is documented, its meaning inferred).
"""

from collections.abc import Generator
from typing import Any

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.clock import SECOND, Millis, millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import moments

_SKEW = 15 * SECOND
"""What may lie between the vendor's clock and what its answers say of it."""
_PAGES, _PAGE = 20, 50


def contact_by_identity(lost: Lost) -> LookupPlan:
    """Contacts with the same address or the same outside id, made since the first try."""
    found = yield from _alike(lost)
    return [
        {"id": one["id"], "contacts": [one]}
        for one in found
        if _made(one.get("createdDate")) >= lost.since - _SKEW
    ]


def segment_by_name(lost: Lost) -> LookupPlan:
    """Segments with the same name, place and type. Segments do not say when they were made."""
    account = lost.input["accountId"]
    found: dict[str, Any] = {}
    for number in range(_PAGES):
        question = {"accountId": account, "page": number, "pageSize": _PAGE}
        page = yield Part("acton.segments.list", question)
        found |= {one["id"]: one for one in page["segments"]}
        if len(page["segments"]) < _PAGE:
            same = [one for one in found.values() if _equal(one, lost, "name", "parentId", "type")]
            return [{"source": one} for one in same]
    raise BadAnswer(f"there are over {_PAGES * _PAGE} segments, so nobody can tell")


def column_by_name(lost: Lost) -> LookupPlan:
    """Columns with the same name and type. Columns do not say when they were made."""
    question = {"accountId": lost.input["accountId"], "skipHidden": False, "skipReadOnly": False}
    found = yield Part("acton.contact_columns.list", question)
    same = [one for one in found["columns"] if _equal(one, lost, "name", "type")]
    return [{"source": one, "objectId": str(one["fieldId"])} for one in same]


def definition_by_name(lost: Lost) -> LookupPlan:
    """Import definitions with the same name and the same columns; one from before is as good."""
    question = {"accountId": lost.input["accountId"]}
    found = yield Part("acton.import_definitions.list", question)
    return [
        {"data": one}
        for one in found["definitions"]
        if _equal(one, lost, "importDefinitionName", "mergeStrategy")
        and _columns(one) == _columns(lost.input)
    ]


def _alike(lost: Lost) -> Generator[Part, Any, list[dict[str, Any]]]:
    """The contacts that have what the lost one is known by."""
    given = lost.input
    account = {"accountId": given["accountId"]}
    if given["createContactMethod"] == "EMAIL" and given.get("email"):
        question = {**account, "emailAddress": given["email"], "pageSize": _PAGE}
        page = yield Part("acton.contacts.list_by_email", question)
        return [one for one in page["contacts"] if one.get("id")]
    if given.get("externalId") and given.get("objectType"):
        question = {**account, **{key: given[key] for key in ("objectType", "externalId")}}
        one = yield Part("acton.contacts.get_by_external_id", question)
        return [one] if one.get("id") else []
    raise BadAnswer("the contact was given nothing that it could be found by, so nobody can tell")


def _made(value: Any) -> Millis:
    """When a contact was made: a number in a unit that is not said, or a date as text."""
    moment = moments.read_either(value)
    if moment is not None:
        return moment
    try:
        return millis(value)
    except (TypeError, ValueError):
        raise BadAnswer("one has no date that can be read, so nobody can tell") from None


def _equal(one: dict[str, Any], lost: Lost, *names: str) -> bool:
    return all(one.get(name) == lost.input.get(name) for name in names)


def _columns(definition: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(one.get("csvColumn"), one.get("actonColumn")) for one in definition["mappings"]]
