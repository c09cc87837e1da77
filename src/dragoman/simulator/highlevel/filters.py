"""The filters of the contact search: which operator a field takes, and what it means."""

import re
from collections.abc import Callable
from typing import Any

from dragoman.kernel.clock import Millis, millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.records import Contact

Condition = Callable[[Contact], bool]

_TEXTS = """
    address businessName city companyName firstNameLowerCase lastNameLowerCase phone postalCode
    source state tags
"""
_FACTS = """
    assignedTo country dnd email timezone type website activeWorkflows finishedWorkflows
"""
_TEXT = frozenset({"eq", "not_eq", "contains", "not_contains", "exists", "not_exists"})
_FACT = frozenset({"eq", "not_eq", "exists", "not_exists"})
_DATE = frozenset({"range", "exists", "not_exists"})
OPERATORS: dict[str, frozenset[str]] = {
    "id": frozenset({"eq", "not_eq"}),
    **dict.fromkeys(_TEXTS.split(), _TEXT),
    **dict.fromkeys(_FACTS.split(), _FACT),
    **dict.fromkeys(("dateAdded", "dateUpdated"), _DATE),
}
"""Those of the published table that the simulator knows; custom fields come as text."""

_NAMES = {"address": "address1", "businessName": "companyName"}
_OWN: dict[str, Callable[[Contact], Any]] = {
    "id": lambda contact: contact.id,
    "tags": lambda contact: contact.tags,
    "type": lambda _: "lead",
    "dnd": lambda contact: contact.fields.get("dnd") is True,
    "activeWorkflows": lambda contact: contact.active_workflows,
    "finishedWorkflows": lambda contact: contact.finished_workflows,
    "dateAdded": lambda contact: contact.added,
    "dateUpdated": lambda contact: contact.updated,
}
"""What does not stand among the plain fields."""
_PLAIN = re.compile(r"[\w\s@.+-]*")
"""What `contains` takes: it accepts no special characters."""
_BOUNDS: dict[str, Callable[[Millis, Millis], bool]] = {
    "gte": lambda mine, bound: mine >= bound,
    "lte": lambda mine, bound: mine <= bound,
    "gt": lambda mine, bound: mine > bound,
    "lt": lambda mine, bound: mine < bound,
}


def condition(listed: list[Json], group: str = "AND") -> Condition:
    """What a list of filters asks for; groups may nest.

    Raises:
        Refusal: 400 for an unknown field or operator, or a value that does not fit.
    """
    parts = [_part(one) for one in listed]
    hold = any if group == "OR" else all
    return lambda contact: hold(part(contact) for part in parts)


def value(contact: Contact, field: str) -> Any:
    """What a contact has under the search's name of a field."""
    if field in _OWN:
        return _OWN[field](contact)
    if field.startswith("customFields."):
        return contact.custom_fields.get(field.partition(".")[2])
    return contact.fields.get(_NAMES.get(field, field.removesuffix("LowerCase")))


def _part(one: Json) -> Condition:
    if "group" in one:
        if one["group"] not in {"AND", "OR"} or not isinstance(one.get("filters"), list):
            raise answers.refusal(400, "a group is AND or OR with a list of filters")
        return condition(one["filters"], one["group"])
    field, operator = one.get("field"), one.get("operator")
    known = _TEXT if str(field).startswith("customFields.") else OPERATORS.get(str(field))
    if known is None:
        raise answers.refusal(400, f"Invalid filter field {field}")
    if operator not in known:
        raise answers.refusal(400, f"Operator {operator} is not supported for field {field}")
    return _compare(field, operator, one.get("value"))


def _compare(field: str, operator: str, wanted: Json) -> Condition:
    if operator == "range":
        return _range(field, wanted)
    if operator.endswith("contains") and not _PLAIN.fullmatch(str(wanted)):
        raise answers.refusal(400, f"Special characters are not supported in {operator}")
    tests: dict[str, Condition] = {
        "eq": lambda contact: _equal(value(contact, field), wanted),
        "contains": lambda contact: _contains(value(contact, field), wanted),
        "exists": lambda contact: value(contact, field) not in (None, "", []),
    }
    test = tests[operator.removeprefix("not_")]
    if operator.startswith("not_"):
        return lambda contact: not test(contact)
    return test


def _range(field: str, wanted: Json) -> Condition:
    """Bounds are epoch milliseconds or ISO texts."""
    if not isinstance(wanted, dict) or not wanted or wanted.keys() - _BOUNDS.keys():
        raise answers.refusal(400, "range takes gte, lte, gt, lt")
    bounds = {name: _moment(bound) for name, bound in wanted.items()}
    return lambda contact: all(
        _BOUNDS[name](value(contact, field), bound) for name, bound in bounds.items()
    )


def _moment(bound: Json) -> Millis:
    try:
        return int(bound) if isinstance(bound, (int, float)) else millis(str(bound))
    except ValueError:
        raise answers.refusal(400, "range takes times") from None


def _equal(mine: Any, wanted: Json) -> bool:
    """A list of values is any of them; text compares without regard to case."""
    if isinstance(wanted, list):
        return any(_equal(mine, one) for one in wanted)
    if isinstance(mine, list):
        return any(_equal(one, wanted) for one in mine)
    if isinstance(mine, str) and isinstance(wanted, str):
        return mine.casefold() == wanted.casefold()
    return bool(mine == wanted)


def _contains(mine: Any, wanted: Json) -> bool:
    found = mine if isinstance(mine, list) else [mine or ""]
    return any(str(wanted).casefold() in str(one).casefold() for one in found)
