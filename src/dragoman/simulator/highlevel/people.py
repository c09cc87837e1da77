"""What a contact's fields mean: names in one or two parts, tags, custom fields, do-not-disturb."""

from collections.abc import Iterable
from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.channels import CHANNELS
from dragoman.simulator.highlevel.fields import ANY, FLAG, OBJECT, OBJECTS, TEXT, TEXTS, Kind
from dragoman.simulator.highlevel.records import Contact

_TEXTS = """
    firstName lastName name email phone address1 city state postalCode website timezone source
    country assignedTo gender
"""
UPDATE_FIELDS: dict[str, Kind] = {
    **dict.fromkeys(_TEXTS.split(), TEXT),
    "dateOfBirth": ANY,
    "dnd": FLAG,
    "dndSettings": OBJECT,
    "inboundDndSettings": OBJECT,
    "tags": TEXTS,
    "customFields": OBJECTS,
}
CREATE_FIELDS: dict[str, Kind] = {**UPDATE_FIELDS, "locationId": TEXT, "companyName": TEXT}
UPSERT_FIELDS: dict[str, Kind] = {**CREATE_FIELDS, "createNewIfDuplicateAllowed": FLAG}

DND_FIELDS = ("dnd", "dndSettings", "inboundDndSettings")
DND_CHANNELS = ("Call", "Email", "SMS", "WhatsApp", "GMB", "FB")
STATUSES = ("active", "inactive", "permanent")
"""`active` means that do-not-disturb is on."""

_CUSTOM_FIELD_KEYS = frozenset({"id", "key", "field_value", "fieldValue"})
_APART = frozenset(
    {"tags", "customFields", "dndSettings", "inboundDndSettings", "locationId", "name"}
    | {"createNewIfDuplicateAllowed"}
)


def split(body: dict[str, Json]) -> dict[str, Json]:
    """The plain fields of a body; `name` falls into first and last name."""
    plain = {name: value for name, value in body.items() if name not in _APART}
    if body.get("name"):
        first, _, last = body["name"].partition(" ")
        plain = {"firstName": first, "lastName": last or None} | plain
    return plain


def check(body: dict[str, Json]) -> None:
    """Look into the values.

    Raises:
        Refusal: 422 for an e-mail that is none, for a custom field in its read form (`value`),
            for an unknown channel or status of do-not-disturb.
    """
    wrong = ["email must be an email"] if "@" not in (body.get("email") or "@") else []
    wrong += [
        f"customFields.{place}.id must be a string"
        for place, item in enumerate(body.get("customFields", ()))
        if not isinstance(item.get("id") or item.get("key"), str)
    ]
    wrong += [
        f"customFields.{place}.property {name} should not exist"
        for place, item in enumerate(body.get("customFields", ()))
        for name in item
        if name not in _CUSTOM_FIELD_KEYS
    ]
    wrong += _dnd_problems("dndSettings", body.get("dndSettings", {}), DND_CHANNELS)
    wrong += _dnd_problems("inboundDndSettings", body.get("inboundDndSettings", {}), ("all",))
    if wrong:
        raise answers.unprocessable(wrong)


def apply(contact: Contact, body: dict[str, Json]) -> dict[str, Json]:
    """Write the nested fields; tags are replaced. Returns what was written, for the ledger."""
    written: dict[str, Json] = {}
    if "tags" in body:
        contact.tags = written["tags"] = distinct(body["tags"])
    for item in body.get("customFields", ()):
        key = item.get("id") or item.get("key")
        contact.custom_fields[key] = item.get("field_value", item.get("fieldValue"))
        written["customFields"] = dict(contact.custom_fields)
    for name, settings in (
        ("dndSettings", contact.dnd_settings),
        ("inboundDndSettings", contact.inbound_dnd_settings),
    ):
        if name in body:
            settings.update(body[name])
            written[name] = body[name]
    return written


def distinct(tags: Iterable[str]) -> list[str]:
    """Tags compare without regard to case; the first spelling stays."""
    return list({tag.casefold(): tag for tag in reversed(list(tags))}.values())[::-1]


def blocked(contact: Contact, channel: str) -> bool:
    """Whether do-not-disturb forbids this channel: globally, or `active` or `permanent` for it."""
    status = contact.dnd_settings.get(channel, {}).get("status")
    return contact.fields.get("dnd") is True or status in {"active", "permanent"}


def check_consent(contact: Contact, channel: str) -> None:
    """A send to somebody who does not want it is a 400 of its own words."""
    if blocked(contact, CHANNELS[channel].dnd):
        raise answers.refusal(400, f"Cannot send message as DND is active for {channel}")


def _dnd_problems(name: str, settings: dict[str, Any], channels: tuple[str, ...]) -> list[str]:
    wrong = [f"{name}.property {key} should not exist" for key in settings if key not in channels]
    wrong += [
        f"{name}.{key}.status must be one of the following values: {', '.join(STATUSES)}"
        for key, value in settings.items()
        if key in channels and not _is_status(value)
    ]
    return wrong


def _is_status(value: Any) -> bool:
    return isinstance(value, dict) and value.get("status") in STATUSES
