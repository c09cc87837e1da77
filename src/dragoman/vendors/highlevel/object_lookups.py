"""Whether something of custom objects was created whose answer was lost."""

from typing import Any

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel.recency import made_since

_PAGE, _PAGES = 100, 20


def field_by_key(lost: Lost) -> LookupPlan:
    """An object has one field of a key, whoever made it."""
    found = yield _fields(lost)
    key = lost.input["fieldKey"]
    return [{"field": one} for one in found["fields"] if one.get("fieldKey") == key]


def folder_by_name(lost: Lost) -> LookupPlan:
    """Folders of the same name, made since the first try."""
    found = yield _fields(lost)
    alike = [one for one in found.get("folders") or [] if one.get("name") == lost.input["name"]]
    return [one for one in alike if made_since(lost, one, "dateAdded")]


def record_by_properties(lost: Lost) -> LookupPlan:
    """Records of the object with the same properties, made since the first try.

    The order of a search is documented nowhere, so all its pages are read.
    """
    wanted = lost.input["properties"]
    question = {"schemaKey": lost.input["schemaKey"], "locationId": lost.input["locationId"]}
    question |= {"pageLimit": _PAGE}
    found: list[dict[str, Any]] = []
    for _ in range(_PAGES):
        records = (yield Part("highlevel.object_records.search", question))["records"]
        alike = [one for one in records if _holds(one.get("properties"), wanted)]
        found += [one for one in alike if made_since(lost, one, "createdAt")]
        if len(records) < _PAGE:
            return [{"record": one} for one in found]
        question = {**question, "searchAfter": records[-1].get("searchAfter") or []}
    raise BadAnswer(f"the object has over {_PAGES * _PAGE} records, so nobody can tell")


def association_by_key(lost: Lost) -> LookupPlan:
    """A location has one association of a key, whoever made it."""
    location, key = lost.input["locationId"], lost.input["key"]
    for page in range(_PAGES):
        asked = {"locationId": location, "limit": _PAGE, "skip": page * _PAGE}
        listed = (yield Part("highlevel.associations.list", asked))["associations"]
        found = [one for one in listed if one.get("key") == key]
        if found or len(listed) < _PAGE:
            return found
    raise BadAnswer(f"there are over {_PAGES * _PAGE} associations, so nobody can tell")


def relation_of_two(lost: Lost) -> LookupPlan:
    """Two records are tied by an association once, whoever tied them."""
    first, second = lost.input["firstRecordId"], lost.input["secondRecordId"]
    for page in range(_PAGES):
        asked = {
            "recordId": first,
            "locationId": lost.input["locationId"],
            "associationIds": [lost.input["associationId"]],
            "limit": _PAGE,
            "skip": page * _PAGE,
        }
        listed = (yield Part("highlevel.relations.list", asked))["relations"]
        tied = [one for one in listed if _sides(one) == (first, second)]
        if tied or len(listed) < _PAGE:
            return tied
    raise BadAnswer(f"the record has over {_PAGES * _PAGE} relations, so nobody can tell")


def _fields(lost: Lost) -> Part:
    asked = {"objectKey": lost.input["objectKey"], "locationId": lost.input["locationId"]}
    return Part("highlevel.object_fields.list", asked)


def _holds(properties: Any, wanted: dict[str, Any]) -> bool:
    return isinstance(properties, dict) and all(
        properties.get(name) == value for name, value in wanted.items()
    )


def _sides(relation: dict[str, Any]) -> tuple[Any, Any]:
    return relation.get("firstRecordId"), relation.get("secondRecordId")
