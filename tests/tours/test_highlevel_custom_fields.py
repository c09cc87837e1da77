"""Custom fields of contacts, and the files that people put into them."""

from pathlib import Path

from tests.tours.travel import Tour, travel

FILE = {"name": "orders.csv", "content": "order,total\n1,20\n", "contentType": "text/csv"}


def test_a_custom_field_is_made_filled_renamed_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call("highlevel.custom_fields.create", name="Pin code", dataType="TEXT")
        field = made["customField"]
        assert field["fieldKey"] == "contact.pin_code"
        bo = await tour.call(
            "highlevel.contacts.upsert",
            email="bo@example.com",
            customFields=[{"id": field["id"], "field_value": "94105"}],
        )
        assert bo["contact"]["customFields"] == [{"id": field["id"], "value": "94105"}]

        await tour.call("highlevel.custom_fields.update", id=field["id"], name="Zip code")
        got = await tour.call("highlevel.custom_fields.get", id="contact.pin_code")
        assert got["customField"]["name"] == "Zip code"
        await tour.call("highlevel.custom_fields.delete", id=field["id"])
        left = await tour.call("highlevel.custom_fields.list", model="contact")
        contact = await tour.call("highlevel.contacts.get", contactId=bo["contact"]["id"])
        assert (left["customFields"], contact["contact"]["customFields"]) == ([], [])

    travel(tmp_path, story)


def test_a_file_is_stored_and_put_into_a_contacts_field(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call(
            "highlevel.custom_fields.create", name="Papers", dataType="FILE_UPLOAD"
        )
        field = made["customField"]["id"]
        bo = await tour.call("highlevel.contacts.upsert", email="bo@example.com")
        contact = bo["contact"]["id"]

        stored = await tour.call("highlevel.custom_fields.upload", id=contact, file=FILE)
        assert list(stored["uploadedFiles"]) == ["orders.csv"]
        put = await tour.call(
            "highlevel.forms.upload",
            contactId=contact,
            customFieldId=field,
            fileId="first",
            file=FILE,
        )
        (held,) = put["contact"]["customFields"]
        assert held["id"] == field
        assert held["value"]["first"]["meta"]["size"] == len(FILE["content"])

    travel(tmp_path, story)
