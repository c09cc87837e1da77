"""Records of custom objects, and businesses, which are records as well."""

from typing import Any

import pytest

from tests.simulator.conftest import Rig
from tests.simulator.objects import PET, add_field, names, opened, record


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"colour": "red"}, f"property colour does not exist in {PET}"),
        ({"age": "old"}, "age must be a number conforming to the specified constraints"),
        ({"kind": "cow"}, "kind must be one of cat, dog"),
        ({"price": 5}, "price must be an object with currency and value"),
        ({"name": 5}, "name must be a string"),
    ],
)
async def test_a_record_holds_what_its_fields_can(
    rig: Rig, properties: dict[str, Any], message: str
) -> None:
    highlevel = await opened(rig)
    await add_field(rig, highlevel, "age", "NUMERICAL")
    await add_field(rig, highlevel, "price", "MONETORY")
    options = [{"key": "dog", "label": "Dog"}, {"key": "cat", "label": "Cat"}]
    await add_field(rig, highlevel, "kind", "SINGLE_OPTIONS", options=options)
    fitting = {"name": "Buddy", "age": 3, "kind": "dog", "price": {"currency": "usd", "value": 9}}
    await record(rig, highlevel, **fitting)

    reply = await highlevel.post(
        f"/objects/{PET}/records", {"locationId": rig.location, "properties": properties}
    )

    assert (reply.status, reply.body["message"]) == (400, [message])


async def test_a_record_has_one_owner_and_ten_followers_who_exist(rig: Rig) -> None:
    highlevel = await opened(rig)
    one = await record(rig, highlevel, name="Buddy")
    users = list(rig.world.highlevel.default_location.users)
    path = f"/objects/{PET}/records/{one['id']}?locationId={rig.location}"

    kept = await highlevel.put(path, {"owner": users[:1], "followers": users})
    two = await highlevel.put(path, {"owner": users})
    nobody = await highlevel.put(path, {"followers": ["nobody"]})

    assert kept.body["record"]["owner"] == users[:1]
    assert kept.body["record"]["properties"] == {"name": "Buddy"}
    assert two.body["message"] == ["owner must contain no more than 1 elements"]
    assert nobody.body["error"] == "User with id nobody not found"


async def test_the_search_looks_into_what_is_searchable_and_lags(rig: Rig) -> None:
    highlevel = await opened(rig)
    rig.world.settings = rig.world.settings.changed({"search_lag_seconds": 5})
    await add_field(rig, highlevel, "food", "TEXT")
    await record(rig, highlevel, name="Buddy", food="fish")
    rig.clock.advance(10)
    await record(rig, highlevel, name="Bella", food="bread")

    hidden = await names(rig, highlevel)
    rig.clock.advance(10)

    assert hidden == ["Buddy"]
    assert await names(rig, highlevel) == ["Bella", "Buddy"]
    assert await names(rig, highlevel, query="bud") == ["Buddy"]
    assert await names(rig, highlevel, query="name:bella") == ["Bella"]
    assert await names(rig, highlevel, query="food:fish") == []
    searchable = [f"{PET}.name", f"{PET}.food"]
    await highlevel.put(
        f"/objects/{PET}", {"locationId": rig.location, "searchableProperties": searchable}
    )
    assert await names(rig, highlevel, query="food:fish") == ["Buddy"]


async def test_pages_are_walked_by_cursor_also_past_what_is_gone(rig: Rig) -> None:
    highlevel = await opened(rig)
    made = []
    for name in ("one", "two", "three", "four"):
        made.append(await record(rig, highlevel, name=name))
        rig.clock.advance(10)
    body = {"locationId": rig.location, "page": 1, "pageLimit": 2}
    first = await highlevel.post(f"/objects/{PET}/records/search", body)
    cursor = first.body["records"][-1]["searchAfter"]

    await highlevel.delete(f"/objects/{PET}/records/{made[2]['id']}")
    rest = await names(rig, highlevel, searchAfter=cursor, pageLimit=2)
    by_number = await names(rig, highlevel, page=2, pageLimit=2)
    too_many = await highlevel.post(f"/objects/{PET}/records/search", {**body, "pageLimit": 101})

    assert first.body["total"] == 4
    assert rest == ["two", "one"]
    assert by_number == ["one"]
    assert too_many.status == 400


async def test_what_happens_to_records_is_told(rig: Rig) -> None:
    highlevel = await opened(rig)
    await rig.subscribe()

    one = await record(rig, highlevel, name="Buddy")
    path = f"/objects/{PET}/records/{one['id']}"
    await highlevel.put(f"{path}?locationId={rig.location}", {"properties": {"name": "Max"}})
    await highlevel.delete(path)
    business = await highlevel.post(
        "/businesses/", {"locationId": rig.location, "name": "Example Inc"}
    )

    told = [(one["type"], one["id"], one["properties"]) for one in rig.told()]
    assert told == [
        ("RecordCreate", one["id"], [{"key": "name", "valueString": "Buddy"}]),
        ("RecordUpdate", one["id"], [{"key": "name", "valueString": "Max"}]),
        ("RecordDelete", one["id"], [{"key": "name", "valueString": "Max"}]),
        (
            "RecordCreate",
            business.body["buiseness"]["id"],
            [{"key": "name", "valueString": "Example Inc"}],
        ),
    ]


async def test_a_business_is_a_record_as_well(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    made = await highlevel.post("/businesses/", {"locationId": rig.location, "name": "Example"})
    business = made.body["buiseness"]["id"]

    path = f"/objects/business/records/{business}"
    as_record = await highlevel.get(path)
    owned = await highlevel.put(
        f"{path}?locationId={rig.location}",
        {"owner": list(rig.world.highlevel.default_location.users)[:1]},
    )
    await highlevel.put(f"{path}?locationId={rig.location}", {"properties": {"city": "Paris"}})

    assert as_record.body["record"]["properties"] == {"name": "Example"}
    assert owned.body["message"] == ["owner should not exist"]
    got = await highlevel.get(f"/businesses/{business}")
    assert got.body["business"]["city"] == "Paris"
    assert (await highlevel.get("/objects/contact/records/x")).status == 400
