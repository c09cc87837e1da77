"""Whether something of a location was created whose answer was lost."""

from typing import Any

from dragoman.catalog.parts import LookupPlan, Lost, Part
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel.recency import made_since

_PAGE, _PAGES = 100, 20


def tag_by_name(lost: Lost) -> LookupPlan:
    """A location has one tag of a name, whoever made it."""
    name = lost.input["name"].casefold()
    found = yield Part("highlevel.location_tags.list", _location(lost))
    return [{"tag": one} for one in found["tags"] if str(one.get("name")).casefold() == name]


def custom_field_by_name(lost: Lost) -> LookupPlan:
    """Fields of the same name and kind, made since the first try."""
    wanted = {"model": "contact", **lost.input}
    asked = {**_location(lost), "model": wanted["model"]}
    found = yield Part("highlevel.custom_fields.list", asked)
    return [
        {"customField": one}
        for one in found["customFields"]
        if _alike(one, wanted, "name", "dataType") and made_since(lost, one, "dateAdded")
    ]


def custom_value_by_name(lost: Lost) -> LookupPlan:
    """Values of the same name and content; they do not say when they were made.

    One from before that is alike in both is as good.
    """
    found = yield Part("highlevel.custom_values.list", _location(lost))
    alike = [one for one in found["customValues"] if _alike(one, lost.input, "name", "value")]
    return [{"customValue": one} for one in alike]


def file_of_contact(lost: Lost) -> LookupPlan:
    """Whether the contact's field holds the file: it lies there under the id that we chose."""
    found = yield Part("highlevel.contacts.get", {"contactId": lost.input["contactId"]})
    fields = found["contact"].get("customFields") or []
    held = [one.get("value") for one in fields if one.get("id") == lost.input["customFieldId"]]
    there = any(isinstance(one, dict) and lost.input["fileId"] in one for one in held)
    return [{"contact": found["contact"]}] if there else []


def business_by_name(lost: Lost) -> LookupPlan:
    """Businesses of the same name, made since the first try."""
    found: list[dict[str, Any]] = []
    for page in range(_PAGES):
        asked = {**_location(lost), "limit": _PAGE, "skip": page * _PAGE}
        businesses = (yield Part("highlevel.businesses.list", asked))["businesses"]
        alike = [one for one in businesses if _alike(one, lost.input, "name")]
        found += [one for one in alike if made_since(lost, one, "createdAt")]
        if len(businesses) < _PAGE:
            return [{"success": True, "business": one} for one in found]
    raise BadAnswer(f"there are over {_PAGES * _PAGE} businesses, so nobody can tell")


def _location(lost: Lost) -> dict[str, Any]:
    return {"locationId": lost.input["locationId"]}


def _alike(thing: dict[str, Any], wanted: dict[str, Any], *fields: str) -> bool:
    return all(thing.get(field) == wanted[field] for field in fields)
