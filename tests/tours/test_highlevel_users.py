"""Users of a location, whom its agency makes, changes and deletes."""

from pathlib import Path

from tests.tours.travel import Tour, travel


def test_the_agency_makes_a_user_whom_the_location_sees(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        state = tour.rig.world.highlevel
        here, company = state.default_location.id, state.company_id
        cleo = await tour.agency.call(
            "highlevel.users.create",
            firstName="Cleo",
            lastName="Example",
            email="cleo@example.com",
            password="to-be-changed",
            type="account",
            role="user",
            locationIds=[here],
        )

        changed = await tour.agency.call(
            "highlevel.users.update", userId=cleo["id"], role="admin", lastName="Other"
        )
        found = await tour.agency.call(
            "highlevel.users.find_by_email", emails="cleo@example.com", projection="all"
        )
        listed = await tour.call("highlevel.users.list_by_location")
        searched = await tour.call("highlevel.users.list", companyId=company, query="cleo")
        await tour.agency.call("highlevel.users.delete", userId=cleo["id"])
        left = await tour.agency.call("highlevel.users.find_by_email", emails="cleo@example.com")

        assert (changed["name"], changed["roles"]["role"]) == ("Cleo Other", "admin")
        del changed["traceId"]
        assert found["users"] == [changed] == searched["users"]
        assert cleo["id"] in {one["id"] for one in listed["users"]}
        assert left["users"] == []

    travel(tmp_path, story)
