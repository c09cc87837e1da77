"""Segments of Act-On Contacts, from the first to the last word."""

from pathlib import Path
from typing import Any

from tests.tours.test_acton_contacts import FORMS, LOST, came, emails
from tests.tours.travel import Tour, travel

OUTSIDE = {"objectType": "Contact", "externalId": "1"}


@FORMS
def test_a_segment_is_created_filled_renamed_and_deleted(tmp_path: Path, form: str) -> None:
    async def story(tour: Tour) -> None:
        bo, _ = await came(
            tour, {"email": "bo@example.com"}, {"email": "ann@example.com", "fields": OUTSIDE}
        )
        made = await tour.call("acton.segments.create", name="Wants a call")
        chosen = {"segmentId": made["source"]["id"]}

        await tour.call("acton.segments.add_contacts", **chosen, ids=[bo])
        await tour.call("acton.segments.add_contacts_by_external_id", **chosen, contacts=[OUTSIDE])
        page = await tour.call("acton.segments.list_contacts", **chosen)
        assert emails(page) == ["bo@example.com", "ann@example.com"]

        told = [
            await tour.call("acton.contact_segments.list", id=bo),
            await tour.call("acton.contact_segments.list_by_email", emailAddress="bo@example.com"),
            await tour.call("acton.contact_segments.list_by_external_id", **OUTSIDE),
        ]
        for one in told:
            assert [segment["name"] for segment in one["segments"]] == ["Wants a call"]

        await tour.call(
            "acton.segments.remove_contacts_by_external_id", **chosen, contacts=[OUTSIDE]
        )
        await tour.call("acton.segments.remove_contact_by_email", **chosen, email="bo@example.com")
        await tour.call("acton.segments.remove_contacts", **chosen, ids=[bo])
        assert (await tour.call("acton.segments.list_contacts", **chosen))["contacts"] == []

        await tour.call("acton.segments.update", **chosen, name="Was called")
        assert (await tour.call("acton.segments.get", **chosen))["name"] == "Was called"
        await tour.call("acton.segments.delete", **chosen)
        assert await names(tour) == ["From HighLevel"]

    travel(tmp_path, story, acton_unpublished=form)


def test_a_segment_whose_answer_was_lost_is_found_again_and_not_created_twice(
    tmp_path: Path,
) -> None:
    async def story(tour: Tour) -> None:
        await tour.rig.fault(**LOST)

        made = await tour.call("acton.segments.create", name="Wants a call")

        assert made["source"]["name"] == "Wants a call"
        assert await names(tour) == ["From HighLevel", "Wants a call"]

    travel(tmp_path, story)


async def names(tour: Tour) -> list[Any]:
    return [one["name"] for one in (await tour.call("acton.segments.list"))["segments"]]
