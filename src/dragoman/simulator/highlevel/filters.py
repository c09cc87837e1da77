"""The filters of the contact search: which operator a field takes, and what it means."""

from collections.abc import Callable
from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel.conditions import DATE, FACT, IDENTITY, TEXT, Filters
from dragoman.simulator.highlevel.records import Contact

Condition = Callable[[Contact], bool]

_TEXTS = """
    address businessName city companyName firstNameLowerCase lastNameLowerCase phone postalCode
    source state tags
"""
_FACTS = """
    assignedTo country dnd email timezone type website activeWorkflows finishedWorkflows
"""
OPERATORS: dict[str, frozenset[str]] = {
    "id": IDENTITY,
    **dict.fromkeys(_TEXTS.split(), TEXT),
    **dict.fromkeys(_FACTS.split(), FACT),
    **dict.fromkeys(("dateAdded", "dateUpdated"), DATE),
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


def condition(listed: list[Json]) -> Condition:
    """What a list of filters asks for; see `conditions.Filters`."""
    return _FILTERS.condition(listed)


def value(contact: Contact, field: str) -> Any:
    """What a contact has under the search's name of a field."""
    if field in _OWN:
        return _OWN[field](contact)
    if field.startswith("customFields."):
        return contact.custom_fields.get(field.partition(".")[2])
    return contact.fields.get(_NAMES.get(field, field.removesuffix("LowerCase")))


def _operators(field: str) -> frozenset[str] | None:
    return TEXT if field.startswith("customFields.") else OPERATORS.get(field)


_FILTERS: Filters[Contact] = Filters(_operators, value)
