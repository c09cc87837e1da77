"""Custom objects: how they are defined, their fields, and what is told of them."""

from tests.simulator.conftest import Rig
from tests.simulator.objects import PET, add_field, define, opened, record


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
