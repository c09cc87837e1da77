"""Custom objects: their schemas, fields, records and relations, and what is told of them."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Reply, Rig

PET = "custom_objects.pet"


async def define(rig: Rig, **more: Any) -> Reply:
    highlevel = await rig.highlevel(user_type="Company")
    asked = {
        "locationId": rig.location,
        "key": "pet",
        "labels": {"singular": "Pet", "plural": "Pets"},
        "primaryDisplayPropertyDetails": {"key": "name", "name": "Name", "dataType": "TEXT"},
        **more,
    }
    return await highlevel.post("/objects/", asked)


async def opened(rig: Rig) -> Door:
    """A client of a location that has an object of its own."""
    await define(rig)
    return await rig.highlevel()


async def add_field(rig: Rig, highlevel: Door, name: str, kind: str, **more: Any) -> Reply:
    listed = await highlevel.get(f"/custom-fields/object-key/{PET}?locationId={rig.location}")
    asked = {
        "locationId": rig.location,
        "name": name,
        "showInForms": True,
        "dataType": kind,
        "fieldKey": f"{PET}.{name}",
        "objectKey": PET,
        "parentId": listed.body["folders"][0]["id"],
        **more,
    }
    return await highlevel.post("/custom-fields/", asked)


async def record(rig: Rig, highlevel: Door, **properties: Any) -> dict[str, Any]:
    body = {"locationId": rig.location, "properties": properties}
    reply = await highlevel.post(f"/objects/{PET}/records", body)
    assert reply.status == 201, reply.raw
    return dict(reply.body["record"])


async def names(rig: Rig, highlevel: Door, **asked: Any) -> list[str]:
    body = {"locationId": rig.location, "page": 1, "pageLimit": 10, **asked}
    reply = await highlevel.post(f"/objects/{PET}/records/search", body)
    assert reply.status == 200, reply.raw
    return [one["properties"]["name"] for one in reply.body["records"]]


async def test_a_key_gets_its_prefix_and_comes_once(rig: Rig) -> None:
    await rig.subscribe()

    made = await define(rig)
    again = await define(rig, key=PET)
    shouted = await define(rig, key="Pets and Owners")

    assert (made.status, made.body["object"]["key"]) == (201, PET)
    assert made.body["object"]["primaryDisplayProperty"] == f"{PET}.name"
    assert (again.status, shouted.status) == (400, 422)
    (told,) = rig.told("ObjectSchemaCreate")
    assert (told["key"], told["objectType"]) == (PET, "USER_DEFINED")
    assert told["searchableProperties"] == [f"{PET}.name"]


async def test_the_vendors_own_objects_are_there_and_stay_as_they_are(rig: Rig) -> None:
    highlevel = await opened(rig)
    asked = {"locationId": rig.location, "searchableProperties": ["contact.name"]}

    searchable = await highlevel.put("/objects/contact", asked)
    labels = await highlevel.put("/objects/contact", {**asked, "labels": {"singular": "Lead"}})
    unknown = await highlevel.put(f"/objects/{PET}", asked)
    fields = await highlevel.get(f"/custom-fields/object-key/contact?locationId={rig.location}")

    assert searchable.body["object"]["type"] == "SYSTEM_DEFINED"
    assert (labels.status, unknown.status, fields.status) == (400, 400, 400)


async def test_an_object_is_found_by_its_id_as_well(rig: Rig) -> None:
    made = await define(rig)
    highlevel = await rig.highlevel()

    here = f"locationId={rig.location}"
    by_id = await highlevel.get(f"/objects/{made.body['object']['id']}?{here}")
    missing = await highlevel.get(f"/objects/custom_objects.none?{here}")
    homeless = await highlevel.get(f"/objects/{PET}")

    assert by_id.body["object"]["key"] == PET
    assert "fields" not in by_id.body
    assert (missing.status, homeless.status) == (400, 403)


async def test_options_of_a_field_grow_and_never_go(rig: Rig) -> None:
    highlevel = await opened(rig)
    dog, cat = {"key": "dog", "label": "Dog"}, {"key": "cat", "label": "Cat"}
    made = await add_field(rig, highlevel, "kind", "RADIO", options=[dog])
    path = f"/custom-fields/{made.body['field']['id']}"
    asked = {"locationId": rig.location, "showInForms": True}

    grown = await highlevel.put(path, {**asked, "options": [dog, cat]})
    gone = await highlevel.put(path, {**asked, "options": [cat]})
    bare = await highlevel.put(path, {**asked, "options": [{"key": "cow"}]})

    assert [one["key"] for one in grown.body["field"]["options"]] == ["dog", "cat"]
    assert (gone.status, gone.body["message"]) == (400, "Removal of options is not supported")
    assert bare.body["message"] == ["options.0.label should not be empty"]


async def test_a_field_that_does_not_fit_its_object_is_refused(rig: Rig) -> None:
    highlevel = await opened(rig)
    await add_field(rig, highlevel, "age", "NUMERICAL")

    taken = await add_field(rig, highlevel, "age", "NUMERICAL")
    astray = await add_field(rig, highlevel, "age", "TEXT", fieldKey="custom_objects.car.age")
    no_folder = await add_field(rig, highlevel, "colour", "TEXT", parentId="none")
    no_choice = await add_field(
        rig, highlevel, "colour", "TEXT", options=[{"key": "a", "label": "A"}]
    )

    assert [one.status for one in (taken, astray, no_folder, no_choice)] == [400, 400, 400, 422]


async def test_a_field_that_is_deleted_takes_its_values_along(rig: Rig) -> None:
    highlevel = await opened(rig)
    made = await add_field(rig, highlevel, "age", "NUMERICAL")
    one = await record(rig, highlevel, name="Buddy", age=3)

    deleted = await highlevel.delete(f"/custom-fields/{made.body['field']['id']}")

    assert deleted.body["key"] == f"{PET}.age"
    got = await highlevel.get(f"/objects/{PET}/records/{one['id']}")
    assert got.body["record"]["properties"] == {"name": "Buddy"}


async def test_a_folder_with_fields_in_it_stays(rig: Rig) -> None:
    highlevel = await opened(rig)
    listed = await highlevel.get(f"/custom-fields/object-key/{PET}?locationId={rig.location}")
    (folder,), (field,) = listed.body["folders"], listed.body["fields"]

    full = await highlevel.delete(f"/custom-fields/folder/{folder['id']}?locationId={rig.location}")
    shown = await highlevel.get(f"/custom-fields/{folder['id']}")
    primary = await highlevel.delete(f"/custom-fields/{field['id']}")

    assert (full.status, primary.status) == (400, 400)
    assert shown.body["field"]["name"] == "Pet info"


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


async def tie(rig: Rig, highlevel: Door) -> tuple[Reply, dict[str, str]]:
    """An association of contacts and pets, and the ids of a contact and a pet."""
    made = await highlevel.post(
        "/associations/",
        {
            "locationId": rig.location,
            "key": "owner_pet",
            "firstObjectLabel": "Owner",
            "firstObjectKey": "contact",
            "secondObjectLabel": "Pet",
            "secondObjectKey": PET,
        },
    )
    sides = {
        "firstRecordId": await rig.contact(highlevel, email="bo@example.com"),
        "secondRecordId": (await record(rig, highlevel, name="Buddy"))["id"],
    }
    return made, sides


async def test_two_records_are_tied_once_each_on_its_side(rig: Rig) -> None:
    highlevel = await opened(rig)
    made, sides = await tie(rig, highlevel)
    asked = {"locationId": rig.location, "associationId": made.body["id"]}
    swapped = dict(zip(sides, reversed(sides.values()), strict=True))

    tied = await highlevel.post("/associations/relations", {**asked, **sides})
    twice = await highlevel.post("/associations/relations", {**asked, **sides})
    wrong = await highlevel.post("/associations/relations", {**asked, **swapped})
    query = f"locationId={rig.location}&skip=0&limit=10"
    path = f"/associations/relations/{sides['secondRecordId']}?{query}"
    listed = await highlevel.get(path)
    others = await highlevel.get(f"{path}&associationIds=none")
    several = await highlevel.get(f"{path}&associationIds={made.body['id']}&associationIds=none")
    endless = await highlevel.get(f"/associations/relations/x?locationId={rig.location}")

    assert (made.status, tied.status) == (201, 201)
    assert (twice.status, wrong.status, endless.status) == (400, 400, 422)
    assert [one["id"] for one in listed.body["relations"]] == [tied.body["id"]]
    assert (others.body["total"], several.body["total"]) == (0, 1)


async def test_what_ties_two_records_goes_with_either_and_with_its_kind(rig: Rig) -> None:
    highlevel = await opened(rig)
    made, sides = await tie(rig, highlevel)
    asked = {"locationId": rig.location, "associationId": made.body["id"], **sides}
    await rig.subscribe(types=["RelationCreate", "RelationDelete", "AssociationDelete"])

    await highlevel.post("/associations/relations", asked)
    await highlevel.delete(f"/objects/{PET}/records/{sides['secondRecordId']}")
    other = await record(rig, highlevel, name="Bella")
    await highlevel.post("/associations/relations", {**asked, "secondRecordId": other["id"]})
    deleted = await highlevel.delete(f"/associations/{made.body['id']}")

    assert deleted.body["deleted"] is True
    assert [one["type"] for one in rig.told()] == [
        "RelationCreate",
        "RelationDelete",
        "RelationCreate",
        "AssociationDelete",
        "RelationDelete",
    ]
    assert rig.told()[0]["firstObjectKey"] == "contact"


async def test_associations_have_keys_of_their_own_and_the_vendors_stay(rig: Rig) -> None:
    highlevel = await opened(rig)
    made, _ = await tie(rig, highlevel)
    again, _ = await tie_again(rig, highlevel)
    here = f"locationId={rig.location}"
    listed = await highlevel.get(f"/associations/?{here}&skip=0&limit=10")
    own = next(
        one for one in listed.body["associations"] if one["associationType"] == "SYSTEM_DEFINED"
    )

    refused = await highlevel.delete(f"/associations/{own['id']}")
    missing = await highlevel.get(f"/associations/key/none?{here}")
    by_object = await highlevel.get(f"/associations/objectKey/{PET}?{here}")

    assert (made.status, again.status, refused.status, missing.status) == (201, 400, 400, 400)
    assert [one["key"] for one in by_object.body["associations"]] == ["owner_pet"]
    assert listed.body["total"] == 2


async def tie_again(rig: Rig, highlevel: Door) -> tuple[Reply, Reply]:
    """The same key once more, and an object that nobody may tie yet."""
    asked = {
        "locationId": rig.location,
        "key": "owner_pet",
        "firstObjectLabel": "a",
        "firstObjectKey": "contact",
        "secondObjectLabel": "b",
        "secondObjectKey": PET,
    }
    business = {**asked, "key": "other", "secondObjectKey": "business"}
    return (
        await highlevel.post("/associations/", asked),
        await highlevel.post("/associations/", business),
    )


async def test_a_business_cannot_be_tied_yet(rig: Rig) -> None:
    highlevel = await opened(rig)

    _, business = await tie_again(rig, highlevel)

    assert (business.status, business.body["message"]) == (
        400,
        "business cannot be associated yet",
    )


async def test_relabelling_is_told(rig: Rig) -> None:
    highlevel = await opened(rig)
    made, _ = await tie(rig, highlevel)
    await rig.subscribe()
    labels = {"firstObjectLabel": "Keeper", "secondObjectLabel": "Animal"}

    changed = await highlevel.put(f"/associations/{made.body['id']}", labels)
    half = await highlevel.put(f"/associations/{made.body['id']}", {"firstObjectLabel": "Keeper"})

    assert changed.body | labels == changed.body
    assert half.status == 422
    (told,) = rig.told("AssociationUpdate")
    assert told | labels == told
