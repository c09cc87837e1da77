"""Columns of Act-On Contacts, and imports into them, from the first to the last word."""

from pathlib import Path

from tests.tours.test_acton_contacts import FORMS, LOST
from tests.tours.travel import Tour, travel

EMAIL = {"csvColumn": "email", "actonColumn": "E-mail Address", "overwriteExistingValue": True}
KEY = {"csvColumn": "key", "actonColumn": "HighLevel Id", "overwriteExistingValue": True}


@FORMS
def test_a_file_is_imported_into_a_new_column(tmp_path: Path, form: str) -> None:
    async def story(tour: Tour) -> None:
        column = await tour.call("acton.contact_columns.create", name="HighLevel Id", type="TEXT")
        made = await tour.call(
            "acton.import_definitions.create",
            importDefinitionName="Daily",
            mappings=[EMAIL, KEY],
            importSegmentIds=["g-000b"],
        )
        begun = await tour.call(
            "acton.imports.start",
            importDefinitionId=made["data"]["importDefinitionId"],
            file={"name": "contacts.csv", "content": "email,key\nbo@example.com,7\n"},
        )
        which = {"importId": begun["data"]["importId"]}
        assert (await tour.call("acton.imports.status", **which))["result"] is None
        await tour.rig.clock.sleep(60)
        assert (await tour.call("acton.imports.status", **which))["result"]["createdCount"] == 1

        (bo,) = (await tour.call("acton.segments.list_contacts", segmentId="g-000b"))["contacts"]
        assert bo["customFields"] == {str(column["source"]["columnIndex"]): "7"}

    travel(tmp_path, story, acton_unpublished=form)


def test_columns_are_added_changed_listed_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await tour.rig.fault(**LOST)
        made = await tour.call("acton.contact_columns.create", name="HighLevel Id", type="TEXT")
        number = made["source"]["fieldId"]

        await tour.call("acton.contact_columns.update", fieldId=number, name="Its id", type="TEXT")
        names = [one["name"] for one in (await tour.call("acton.contact_columns.list"))["columns"]]
        assert (names.count("Its id"), "HighLevel Id" in names) == (1, False)

        await tour.call("acton.contact_columns.delete", fieldId=number)
        listed = (await tour.call("acton.contact_columns.list"))["columns"]
        assert "Its id" not in [one["name"] for one in listed]

    travel(tmp_path, story)


@FORMS
def test_definitions_are_created_changed_listed_and_deleted(tmp_path: Path, form: str) -> None:
    async def story(tour: Tour) -> None:
        await tour.rig.fault(**LOST)
        made = await tour.call(
            "acton.import_definitions.create", importDefinitionName="Daily", mappings=[EMAIL]
        )
        which = {"importDefinitionId": made["data"]["importDefinitionId"]}

        await tour.call(
            "acton.import_definitions.update",
            **which,
            importDefinitionName="Weekly",
            mappings=[EMAIL],
        )
        read = await tour.call("acton.import_definitions.get", **which)
        listed = await tour.call("acton.import_definitions.list")
        assert read["data"]["importDefinitionName"] == "Weekly"
        assert listed["definitions"] == [read["data"]]

        await tour.call("acton.import_definitions.delete", **which)
        assert (await tour.call("acton.import_definitions.list"))["definitions"] == []

    travel(tmp_path, story, acton_unpublished=form)
