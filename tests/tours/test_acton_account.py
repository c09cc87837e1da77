"""The account, its users, and what people have made in it."""

from pathlib import Path

from tests.engine.rig import LIST
from tests.tours.travel import Tour, travel

EVE = {
    "userType": "Sales",
    "email": "eve@example.com",
    "firstName": "Eve",
    "lastName": "Example",
    "password": "changeMe1",
}


def test_the_account_is_that_of_the_connection(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        found = await tour.call("acton.accounts.get")

        assert found["account_id"] == tour.rig.given["marketing"]["account_id"]

    travel(tmp_path, story)


def test_users_come_and_go(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        made = await tour.call("acton.users.create", users=[EVE])
        again = await tour.call("acton.users.create", users=[EVE])
        assert (made[0]["status"], again[0]["status"]) == ("ok", "user exists")

        await tour.call("acton.users.delete", email=EVE["email"])
        made = await tour.call("acton.users.create", users=[EVE])
        await tour.call("acton.users.delete_many", users=[{"email": EVE["email"]}])
        await tour.call("acton.users.delete", email=EVE["email"])
        assert made[0]["status"] == "ok"

    travel(tmp_path, story)


def test_programs_and_campaigns_are_looked_at(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        (folder,) = (await tour.call("acton.programs.list"))["folders"]
        (program,) = folder["programs"]
        assert (program["srcIds"], program["progstate"]) == ([LIST], "draft")

        asked = {"state": "running", "entered": 3}
        await tour.rig.control("POST", f"/control/acton/programs/{program['id']}", asked)
        found = await tour.call("acton.programs.list", type="TRACK")
        assert (found["anyRunning"], found["folders"][0]["programs"][0]["active"]) == (True, 3)

        first, *_ = (await tour.call("acton.campaigns.list"))["result"]
        assert await tour.call("acton.campaigns.get", id=first["id"]) == first

    travel(tmp_path, story)
    travel(tmp_path / "again", story, acton_unpublished="bare")


def test_what_was_submitted_to_a_form_stands_in_its_list(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        ((form,),) = [one["entries"] for one in await tour.call("acton.forms.list")]
        values = {"E-mail Address": "bo@example.com", "Comments": "Call me"}
        made = await tour.rig.control(
            "POST", f"/control/acton/forms/{form['id']}/submissions", {"values": values}
        )

        (url,) = (await tour.call("acton.forms.list_urls", id=form["id"]))["urls"]
        (source,) = (await tour.call("acton.forms.get_report", id=form["id"]))["result"]
        rows = await tour.call("acton.lists.download", listid=made["list_id"])

        assert f"{form['id']}:d-0001" in url["url"]
        assert (source["submits"], source["percent"]) == (1, 100)
        assert rows["data"][0][1:] == ["", "", "bo@example.com", "Call me"]

    travel(tmp_path, story)


def test_who_followed_a_link_is_told(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        link = await tour.call(
            "acton.media.create_link", url="https://example.com/offer", name="Offer"
        )
        ((entry,),) = [one["entries"] for one in await tour.call("acton.media.list")]
        await tour.call(
            "acton.messages.create",
            type="draft",
            title="Spring",
            subject="News",
            htmlbody=f"<a href='{entry['url']}'>here</a>",
        )
        for view in ({"email": "bo@example.com", "message_id": "d-0001"}, {}):
            await tour.rig.control("POST", f"/control/acton/media/{link['id']}/views", view)

        totals = await tour.call("acton.media_reports.get", id=link["id"])
        views = await tour.call("acton.media_reports.list_views", id=link["id"])
        days = await tour.call("acton.media_reports.get_timeline", id=link["id"])
        linking = await tour.call("acton.media_reports.list_messages", id=link["id"])

        assert (totals["total_known_views"], totals["total_unknown_views"]) == (1, 1)
        assert totals["total_from_messages"] == 1
        assert [one["recipient"] for one in views] == ["bo@example.com", "Example ISP"]
        assert [one["total"] for one in days] == [2]
        assert [one["title"] for one in linking["result"]] == ["Spring"]

    travel(tmp_path, story)


def test_who_wants_mail_again_is_taken_off_the_list_of_opt_outs(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await tour.call("acton.suppressions.add_optouts", file="bo@example.com\n")
        assert len((await tour.call("acton.suppressions.optouts"))["result"]) == 1

        await tour.call("acton.suppressions.remove_optouts", file="bo@example.com\n")
        assert (await tour.call("acton.suppressions.optouts"))["result"] == []

    travel(tmp_path, story, acton_features=("optin",))
