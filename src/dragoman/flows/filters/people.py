"""Filters for what belongs to a person: phone numbers and e-mail addresses."""

from typing import Annotated

import phonenumbers

from dragoman.flows.failures import ExpressionError
from dragoman.flows.filters.texts import text

_ADDRESS = 254
"""RFC 5321: no address is longer."""
_LOCAL = 64


def _known_region(region: str) -> None:
    if region and region not in phonenumbers.SUPPORTED_REGIONS:
        raise ExpressionError(
            "this is not a region", fix="two capital letters of a country: 'US', 'DE'"
        )


Region = Annotated[str, _known_region]


def phone(value: str | int, region: Region = "") -> str | None:
    """The phone number as `+14155552671`, read as dialled in the region, or null."""
    try:
        number = phonenumbers.parse(text(value), region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def email(value: str) -> str | None:
    """The e-mail address in small letters without blanks, or null where it is none."""
    address = value.strip().lower() if len(value) <= 2 * _ADDRESS else ""
    local, at, domain = address.rpartition("@")
    if not at or not 0 < len(local) <= _LOCAL or len(address) > _ADDRESS or "@" in local:
        return None
    labels = domain.split(".")
    if len(labels) == 1 or not all(labels) or any(one.isspace() for one in address):
        return None
    return address
