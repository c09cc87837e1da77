"""Notes of a contact, from the first to the last word."""

from pathlib import Path

from tests.tours.travel import Tour, travel


def test_a_note_is_written_read_changed_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        contact = await tour.call("highlevel.contacts.upsert", email="bo@example.com")
        bo = contact["contact"]["id"]
        made = await tour.call("highlevel.notes.create", contactId=bo, body="Wants a call")

        (note,) = (await tour.call("highlevel.notes.list", contactId=bo))["notes"]
        assert note["id"] == made["note"]["id"]

        await tour.call("highlevel.notes.delete", contactId=bo, id=note["id"])
        assert (await tour.call("highlevel.notes.list", contactId=bo))["notes"] == []

    travel(tmp_path, story)
