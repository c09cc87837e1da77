"""Custom objects from their definition to records that are tied to people."""

from pathlib import Path
from typing import Any

from tests.tours.travel import Tour, travel

PET = "custom_objects.pet"


async def defined(tour: Tour) -> Any:
    """An object whose records have a name."""
    location = (await tour.call("highlevel.locations.get"))["location"]["id"]
    made = await tour.agency.call(
        "highlevel.objects.create",
        locationId=location,
        key=PET,
        labels={"singular": "Pet", "plural": "Pets"},
        primaryDisplayPropertyDetails={"key": "name", "name": "Name", "dataType": "TEXT"},
    )
    return made["object"]


def test_an_object_gets_fields_in_folders(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await defined(tour)
        folder = await tour.call(
            "highlevel.object_field_folders.create", objectKey=PET, name="Details"
        )
        options = [{"key": "dog", "label": "Dog"}, {"key": "cat", "label": "Cat"}]
        made = await tour.call(
            "highlevel.object_fields.create",
            name="Kind",
            showInForms=True,
            options=options,
            dataType="RADIO",
            fieldKey=f"{PET}.kind",
            objectKey=PET,
            parentId=folder["id"],
        )
        kind = made["field"]["id"]

        await tour.call("highlevel.object_fields.update", id=kind, name="Sort", showInForms=False)
        got = await tour.call("highlevel.object_fields.get", id=kind)
        assert (got["field"]["name"], got["field"]["showInForms"]) == ("Sort", False)
        await tour.call(
            "highlevel.objects.update",
            key=PET,
            labels={"singular": "Animal"},
            searchableProperties=[f"{PET}.name", f"{PET}.kind"],
        )
        whole = await tour.call("highlevel.objects.get", key=PET, fetchProperties=True)
        assert whole["object"]["labels"] == {"singular": "Animal", "plural": "Pets"}
        assert [one["fieldKey"] for one in whole["fields"]] == [f"{PET}.name", f"{PET}.kind"]

        await tour.call("highlevel.object_fields.delete", id=kind)
        await tour.call(
            "highlevel.object_field_folders.update", id=folder["id"], name="About the pet"
        )
        listed = await tour.call("highlevel.object_fields.list", objectKey=PET)
        assert "About the pet" in [one["name"] for one in listed["folders"]]
        await tour.call("highlevel.object_field_folders.delete", id=folder["id"])
        left = await tour.call("highlevel.object_fields.list", objectKey=PET)
        assert [one["name"] for one in left["fields"]] == ["Name"]
        assert folder["id"] not in [one["id"] for one in left["folders"]]
        keys = [one["key"] for one in (await tour.call("highlevel.objects.list"))["objects"]]
        assert keys == ["contact", "opportunity", "business", PET]

    travel(tmp_path, story)


def test_records_are_made_found_changed_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await defined(tour)
        made = [
            await tour.call(
                "highlevel.object_records.create", schemaKey=PET, properties={"name": name}
            )
            for name in ("Buddy", "Bella", "Max")
        ]
        last = made[-1]["record"]["id"]

        first = await tour.call("highlevel.object_records.search", schemaKey=PET, pageLimit=2)
        cursor = first["records"][-1]["searchAfter"]
        rest = await tour.call(
            "highlevel.object_records.search", schemaKey=PET, pageLimit=2, searchAfter=cursor
        )
        seen = [one["properties"]["name"] for one in first["records"] + rest["records"]]
        assert (sorted(seen), first["total"]) == (["Bella", "Buddy", "Max"], 3)

        await tour.call(
            "highlevel.object_records.update",
            schemaKey=PET,
            id=last,
            properties={"name": "Maxine"},
        )
        got = await tour.call("highlevel.object_records.get", schemaKey=PET, id=last)
        assert got["record"]["properties"] == {"name": "Maxine"}
        await tour.call("highlevel.object_records.delete", schemaKey=PET, id=last)
        left = await tour.call("highlevel.object_records.search", schemaKey=PET, query="name:max")
        assert left["records"] == []

    travel(tmp_path, story, search_lag_seconds=0.0)


def test_a_person_is_tied_to_a_record_and_untied(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await defined(tour)
        bo = (await tour.call("highlevel.contacts.upsert", email="bo@example.com"))["contact"]
        pet = await tour.call(
            "highlevel.object_records.create", schemaKey=PET, properties={"name": "Buddy"}
        )
        made = await tour.call(
            "highlevel.associations.create",
            key="owner_pet",
            firstObjectLabel="Owner",
            firstObjectKey="contact",
            secondObjectLabel="Pet",
            secondObjectKey=PET,
        )
        association = made["id"]
        labels = {"firstObjectLabel": "Keeper", "secondObjectLabel": "Animal"}
        await tour.call("highlevel.associations.update", associationId=association, **labels)
        got = await tour.call("highlevel.associations.get", associationId=association)
        by_key = await tour.call("highlevel.associations.get_by_key", key="owner_pet")
        of_pet = await tour.call("highlevel.associations.list_by_object", objectKey=PET)
        listed = await tour.call("highlevel.associations.list")
        assert {**got, "traceId": ""} == {**by_key, "traceId": ""}
        assert got["firstObjectLabel"] == "Keeper"
        assert [one["id"] for one in of_pet["associations"]] == [association]
        assert association in [one["id"] for one in listed["associations"]]

        tied = await tour.call(
            "highlevel.relations.create",
            associationId=association,
            firstRecordId=bo["id"],
            secondRecordId=pet["record"]["id"],
        )
        asked = {"recordId": bo["id"], "associationIds": [association]}
        found = await tour.call("highlevel.relations.list", **asked)
        assert [one["id"] for one in found["relations"]] == [tied["id"]]
        await tour.call("highlevel.relations.delete", relationId=tied["id"])
        assert (await tour.call("highlevel.relations.list", **asked))["relations"] == []
        await tour.call("highlevel.associations.delete", associationId=association)
        left = await tour.call("highlevel.associations.list_by_object", objectKey=PET)
        assert left["associations"] == []

    travel(tmp_path, story)


def test_a_business_is_made_changed_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call(
            "highlevel.businesses.create", name="Example Inc", email="office@example.com"
        )
        business = made["business"]["id"]

        await tour.call("highlevel.businesses.update", businessId=business, name="Example Corp")
        got = await tour.call("highlevel.businesses.get", businessId=business)
        assert got["business"]["name"] == "Example Corp"
        assert got["business"]["email"] == "office@example.com"
        await tour.call("highlevel.businesses.delete", businessId=business)
        assert (await tour.call("highlevel.businesses.list"))["businesses"] == []

    travel(tmp_path, story)
