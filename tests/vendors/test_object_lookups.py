"""Whether something of custom objects was created whose answer was lost, driven by hand."""

from typing import Any

import pytest

from dragoman.catalog.parts import Lost
from dragoman.kernel.clock import MINUTE, Millis, iso
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.highlevel import object_lookups
from tests.vendors.plans import Drive

TRIED: Millis = 1_772_463_845_000
HERE = {"locationId": "ExampleLocation00001"}
PET = "custom_objects.pet"


def lost(**given: Any) -> Lost:
    return Lost({**HERE, **given}, TRIED)


def test_a_field_is_found_by_its_key() -> None:
    drive = Drive(object_lookups.field_by_key(lost(objectKey=PET, fieldKey=f"{PET}.age")))

    drive.answer({"fields": [{"id": "1", "fieldKey": PET}, {"id": "2", "fieldKey": f"{PET}.age"}]})

    assert drive.asked[0].input["objectKey"] == PET
    assert [one["field"]["id"] for one in drive.result] == ["2"]


def test_a_folder_is_found_by_its_name_if_it_is_new() -> None:
    def folder(number: int, at: Millis, name: str = "Details") -> dict[str, Any]:
        return {"id": str(number), "name": name, "dateAdded": iso(at)}

    drive = Drive(object_lookups.folder_by_name(lost(objectKey=PET, name="Details")))
    folders = [folder(1, TRIED - MINUTE), folder(2, TRIED), folder(3, TRIED, "Other")]
    drive.answer({"fields": [], "folders": folders})

    assert [one["id"] for one in drive.result] == ["2"]


def record(number: int, at: Millis = TRIED, **properties: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "properties": {"name": "Buddy", **properties},
        "createdAt": iso(at),
        "searchAfter": [at, str(number)],
    }


def found(*pages: list[dict[str, Any]]) -> tuple[list[str], Drive]:
    asked = lost(schemaKey=PET, properties={"name": "Buddy", "age": 3})
    drive = Drive(object_lookups.record_by_properties(asked))
    for page in pages:
        drive.answer({"records": page})
    return [one["record"]["id"] for one in drive.result], drive


def test_a_record_that_holds_all_of_ours_and_is_new_is_ours() -> None:
    ours = record(1, age=3, colour="white")
    others = [record(2, age=4), record(3), record(4, TRIED - MINUTE, age=3)]

    assert found([ours, *others])[0] == ["1"]


def test_records_are_looked_through_from_cursor_to_cursor() -> None:
    ids, drive = found([record(number) for number in range(100)], [record(100, age=3)])

    assert ids == ["100"]
    assert drive.asked[1].input["searchAfter"] == [TRIED, "99"]


def test_an_association_is_found_by_its_key_on_whatever_page() -> None:
    other = {"id": "a-0", "key": "other"}
    drive = Drive(object_lookups.association_by_key(lost(key="owner_pet")))

    drive.answer({"associations": [other] * 100})
    drive.answer({"associations": [{"id": "a-1", "key": "owner_pet"}]})

    assert drive.asked[1].input["skip"] == 100
    assert drive.result == [{"id": "a-1", "key": "owner_pet"}]


def relation(number: int, first: str, second: str) -> dict[str, Any]:
    return {"id": str(number), "firstRecordId": first, "secondRecordId": second}


def test_two_records_are_tied_in_one_direction() -> None:
    asked = lost(associationId="a-1", firstRecordId="c-1", secondRecordId="r-1")
    drive = Drive(object_lookups.relation_of_two(asked))

    listed = [relation(1, "r-1", "c-1"), relation(2, "c-1", "r-2"), relation(3, "c-1", "r-1")]
    drive.answer({"relations": listed})

    assert drive.asked[0].input["associationIds"] == ["a-1"]
    assert drive.result == [relation(3, "c-1", "r-1")]


@pytest.mark.parametrize(
    ("plan", "name", "given"),
    [
        ("record_by_properties", "records", {"schemaKey": PET, "properties": {"age": 3}}),
        ("association_by_key", "associations", {"key": "owner_pet"}),
        (
            "relation_of_two",
            "relations",
            {"associationId": "a", "firstRecordId": "c", "secondRecordId": "r"},
        ),
    ],
)
def test_among_too_many_nobody_can_tell(plan: str, name: str, given: dict[str, Any]) -> None:
    drive = Drive(getattr(object_lookups, plan)(lost(**given)))
    full = {name: [{"id": str(number)} for number in range(100)]}

    def walk() -> None:
        while not drive.ended:
            drive.answer(full)

    with pytest.raises(BadAnswer, match="over 2000"):
        walk()
