"""Whether something of a location was created whose answer was lost, driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Lost
from dragoman.kernel.clock import MINUTE, SECOND, Millis, iso
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel import location_lookups
from tests.vendors.plans import Drive

TRIED: Millis = 1_772_463_845_000
HERE = {"locationId": "ExampleLocation00001"}


def lost(**given: Any) -> Lost:
    return Lost({**HERE, **given}, TRIED)


def test_a_tag_is_found_in_whatever_case() -> None:
    drive = Drive(location_lookups.tag_by_name(lost(name="VIP")))

    drive.answer({"tags": [{"id": "t-1", "name": "new"}, {"id": "t-2", "name": "vip"}]})

    assert drive.result == [{"tag": {"id": "t-2", "name": "vip"}}]


def field(number: int, at: Millis = TRIED, **more: Any) -> dict[str, Any]:
    named = {"id": f"f-{number}", "name": "Pin code", "dataType": "TEXT", "dateAdded": iso(at)}
    return {**named, **more}


def found_fields(*listed: dict[str, Any]) -> list[str]:
    drive = Drive(location_lookups.custom_field_by_name(lost(name="Pin code", dataType="TEXT")))
    assert drive.part.input["model"] == "contact"
    drive.answer({"customFields": list(listed)})
    return [one["customField"]["id"] for one in drive.result]


def test_a_field_of_the_same_name_and_kind_since_the_first_try_is_ours() -> None:
    assert found_fields(field(1), field(2, TRIED - 10 * SECOND)) == ["f-1", "f-2"]
    assert found_fields(field(1, TRIED - MINUTE)) == []
    assert found_fields(field(1, name="Zip"), field(2, dataType="PHONE")) == []


@pytest.mark.parametrize("date", [None, "yesterday", 5])
def test_of_a_field_without_a_date_nobody_can_tell(date: Any) -> None:
    with pytest.raises(BadAnswer, match="nobody can tell"):
        found_fields({**field(1), "dateAdded": date})


def test_a_value_that_is_alike_is_as_good() -> None:
    same = {"id": "v-1", "name": "Hours", "value": "9-5"}
    drive = Drive(location_lookups.custom_value_by_name(lost(name="Hours", value="9-5")))

    drive.answer({"customValues": [same, {**same, "id": "v-2", "value": "10-6"}]})

    assert drive.result == [{"customValue": same}]


def test_a_file_is_found_by_the_id_that_we_chose() -> None:
    asked = lost(contactId="c-1", customFieldId="f-1", fileId="one")
    there = {"id": "c-1", "customFields": [{"id": "f-1", "value": {"one": {}}}]}
    others = [{"id": "f-1", "value": {"two": {}}}, {"id": "f-2", "value": "one"}]

    for contact, expected in (
        (there, [{"contact": there}]),
        ({"id": "c-1", "customFields": others}, []),
        ({"id": "c-1"}, []),
    ):
        drive = Drive(location_lookups.file_of_contact(asked)).answer({"contact": contact})
        assert drive.result == expected


def business(number: int, name: str = "Other") -> dict[str, Any]:
    return {"id": f"b-{number}", "name": name, "createdAt": iso(TRIED)}


def test_businesses_are_looked_through_page_by_page() -> None:
    full = [business(number) for number in range(100)]
    drive = Drive(location_lookups.business_by_name(lost(name="Example")))

    drive.answer({"businesses": full}).answer({"businesses": [business(100, "Example")]})

    assert [one.input["skip"] for one in drive.asked] == [0, 100]
    assert [one["business"]["id"] for one in drive.result] == ["b-100"]


def test_among_too_many_businesses_nobody_can_tell() -> None:
    full = {"businesses": [business(number) for number in range(100)]}
    drive = Drive(location_lookups.business_by_name(lost(name="Example")))

    def walk() -> None:
        while not drive.ended:
            drive.answer(full)

    with pytest.raises(BadAnswer, match="over 2000 businesses"):
        walk()
