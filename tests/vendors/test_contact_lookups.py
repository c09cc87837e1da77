"""Whether something was made in Act-On Contacts whose answer was lost, driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Lost
from dragoman.kernel.clock import MINUTE, SECOND, Millis
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton import contact_lookups as lookups
from tests.vendors.plans import Drive

TRIED: Millis = 1_772_463_845_678
ACCOUNT = {"accountId": "10001"}
BY_EMAIL = {**ACCOUNT, "createContactMethod": "EMAIL", "email": "bo@example.com"}
OUTSIDE = {"objectType": "Contact", "externalId": "1"}
BY_OUTSIDE_ID = {**ACCOUNT, "createContactMethod": "EXTERNAL_ID", **OUTSIDE}


def contact(at: Any = TRIED) -> dict[str, Any]:
    return {"id": "l-unified-contacts:1", "email": "bo@example.com", "createdDate": at}


def alone(plan: Any, given: dict[str, Any], output: Any) -> Any:
    """What a look-up of one question finds."""
    return Drive(plan(Lost(given, TRIED))).answer(output).result


@pytest.mark.parametrize(
    "at", [TRIED, str(TRIED), TRIED // SECOND, "2026-03-02T15:04:10Z"], ids=range(4)
)
def test_a_contact_with_the_address_since_the_first_try_is_ours(at: Any) -> None:
    drive = Drive(lookups.contact_by_identity(Lost(BY_EMAIL, TRIED)))

    asked = {"accountId": "10001", "emailAddress": "bo@example.com", "pageSize": 50}
    assert (drive.part.operation, drive.part.input) == ("acton.contacts.list_by_email", asked)
    one = contact(at)
    assert drive.answer({"contacts": [one]}).result == [{"id": one["id"], "contacts": [one]}]


@pytest.mark.parametrize("at", [TRIED - MINUTE, "2026-03-01"])
def test_a_contact_from_before_is_not_ours(at: Any) -> None:
    assert alone(lookups.contact_by_identity, BY_EMAIL, {"contacts": [contact(at)]}) == []


@pytest.mark.parametrize("at", [None, "", "yesterday"])
def test_a_contact_of_no_known_moment_leaves_it_open(at: Any) -> None:
    drive = Drive(lookups.contact_by_identity(Lost(BY_EMAIL, TRIED)))

    with pytest.raises(BadAnswer, match="nobody can tell"):
        drive.answer({"contacts": [contact(at)]})


def test_a_contact_is_found_by_its_outside_id() -> None:
    drive = Drive(lookups.contact_by_identity(Lost(BY_OUTSIDE_ID, TRIED)))

    assert drive.part.operation == "acton.contacts.get_by_external_id"
    assert drive.part.input == {**ACCOUNT, **OUTSIDE}
    assert [one["id"] for one in drive.answer(contact()).result] == ["l-unified-contacts:1"]
    assert alone(lookups.contact_by_identity, BY_OUTSIDE_ID, {}) == []


def test_without_an_identity_nobody_can_tell() -> None:
    given = {**ACCOUNT, "createContactMethod": "EXTERNAL_ID", "externalId": "1"}

    with pytest.raises(BadAnswer, match="nobody can tell"):
        Drive(lookups.contact_by_identity(Lost(given, TRIED)))


SEGMENT = {"name": "Hot", "parentId": "l-unified-contacts", "type": "DIRECT_SELECT"}


def segments(count: int, **more: Any) -> list[dict[str, Any]]:
    cold = {**SEGMENT, "name": "Cold", **more}
    return [{"id": f"g-{number:04x}", **cold} for number in range(count)]


def test_a_segment_is_found_by_name_on_whatever_page() -> None:
    drive = Drive(lookups.segment_by_name(Lost(ACCOUNT | SEGMENT, TRIED)))
    hot = {"id": "g-00aa", **SEGMENT}

    drive.answer({"segments": segments(50)})
    assert drive.part.input["page"] == 1
    other = {"id": "g-00ab", **SEGMENT, "parentId": "g-0001"}
    assert drive.answer({"segments": [hot, other]}).result == [{"source": hot}]


def test_of_too_many_segments_nobody_can_tell() -> None:
    drive = Drive(lookups.segment_by_name(Lost(ACCOUNT | SEGMENT, TRIED)))

    for _ in range(19):
        drive.answer({"segments": segments(50)})
    with pytest.raises(BadAnswer, match="over 1000 segments"):
        drive.answer({"segments": segments(50)})


def test_a_column_is_found_by_name_and_type() -> None:
    given = {**ACCOUNT, "name": "Its id", "type": "TEXT"}
    columns = [
        {"fieldId": 1, "name": "Its id", "type": "NUMBER"},
        {"fieldId": 2, "name": "Its id", "type": "TEXT"},
    ]
    drive = Drive(lookups.column_by_name(Lost(given, TRIED)))

    # A column that was made hidden would not be seen otherwise.
    assert drive.part.input == {**ACCOUNT, "skipHidden": False, "skipReadOnly": False}
    assert drive.answer({"columns": columns}).result == [{"source": columns[1], "objectId": "2"}]


def test_a_definition_is_found_by_name_and_columns() -> None:
    email = {"csvColumn": "email", "actonColumn": "E-mail Address"}
    given = {
        **ACCOUNT,
        "importDefinitionName": "Daily",
        "mergeStrategy": "EMAIL",
        "mappings": [email],
    }
    same = {**given, "importDefinitionId": 7, "mappings": [{**email, "dataFormat": None}]}
    other = {**same, "importDefinitionId": 8, "mappings": [{**email, "csvColumn": "mail"}]}

    found = alone(lookups.definition_by_name, given, {"definitions": [other, same]})

    assert found == [{"data": same}]
