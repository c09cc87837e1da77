"""What is made in a location is made once, though the answer is lost."""

from pathlib import Path
from typing import Any

from tests.tours.travel import Tour, travel

PET = "custom_objects.pet"
LOST = {"kind": "cut", "when": "after"}


async def lost(tour: Tour, path: str, operation: str, **given: Any) -> Any:
    """The output of a create whose answer is cut off."""
    await tour.rig.fault(vendor="highlevel", method="POST", path=path, fault=LOST)
    return await tour.call(operation, **given)


def test_what_a_location_gets_is_found_again(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await lost(tour, "/tags$", "highlevel.location_tags.create", name="Spring")
        await lost(
            tour, "/customFields$", "highlevel.custom_fields.create", name="Pin", dataType="TEXT"
        )
        await lost(
            tour, "/customValues$", "highlevel.custom_values.create", name="Hours", value="9-5"
        )
        await lost(tour, "/businesses/$", "highlevel.businesses.create", name="Example Inc")
        await lost(
            tour,
            "/custom-fields/folder$",
            "highlevel.object_field_folders.create",
            objectKey="business",
            name="More",
        )

        fields = ("custom_field.created", "custom_value.created", "folder.created")
        once = ("tag.defined", "record.created", *fields)
        assert [len(tour.rig.effects(one)) for one in once] == [1, 1, 1, 1, 1]

    travel(tmp_path, story)


def test_all_of_a_custom_object_is_found_again(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        location = (await tour.call("highlevel.locations.get"))["location"]["id"]
        await tour.agency.call(
            "highlevel.objects.create",
            locationId=location,
            key=PET,
            labels={"singular": "Pet", "plural": "Pets"},
            primaryDisplayPropertyDetails={"key": "name", "name": "Name", "dataType": "TEXT"},
        )
        listed = await tour.call("highlevel.object_fields.list", objectKey=PET)
        await lost(
            tour,
            "/custom-fields/$",
            "highlevel.object_fields.create",
            name="Age",
            showInForms=True,
            dataType="NUMERICAL",
            fieldKey=f"{PET}.age",
            objectKey=PET,
            parentId=listed["folders"][0]["id"],
        )
        pet = await lost(
            tour,
            "/records$",
            "highlevel.object_records.create",
            schemaKey=PET,
            properties={"name": "Buddy", "age": 3},
        )
        bo = await tour.call("highlevel.contacts.upsert", email="bo@example.com")
        association = await lost(
            tour,
            "/associations/$",
            "highlevel.associations.create",
            key="owner_pet",
            firstObjectLabel="Owner",
            firstObjectKey="contact",
            secondObjectLabel="Pet",
            secondObjectKey=PET,
        )
        relation = await lost(
            tour,
            "/associations/relations$",
            "highlevel.relations.create",
            associationId=association["id"],
            firstRecordId=bo["contact"]["id"],
            secondRecordId=pet["record"]["id"],
        )

        assert relation["secondRecordId"] == pet["record"]["id"]
        once = ("object_field", "record", "association", "relation")
        assert [len(tour.rig.effects(f"{one}.created")) for one in once] == [1, 1, 1, 1]

    travel(tmp_path, story)


def test_a_file_lies_in_its_field_once(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call(
            "highlevel.custom_fields.create", name="Papers", dataType="FILE_UPLOAD"
        )
        bo = await tour.call("highlevel.contacts.upsert", email="bo@example.com")
        put = await lost(
            tour,
            "/upload-custom-files$",
            "highlevel.forms.upload",
            contactId=bo["contact"]["id"],
            customFieldId=made["customField"]["id"],
            fileId="first",
            file="order,total\n1,20\n",
        )

        (held,) = put["contact"]["customFields"]
        assert list(held["value"]) == ["first"]
        assert len(tour.rig.effects("contact.file_added")) == 1

    travel(tmp_path, story)
