"""Records, what their people want to get, and what they did elsewhere."""

from pathlib import Path

from tests.engine.rig import LIST
from tests.tours.travel import Tour, travel

BO = "bo@example.com"
HARD, SPAM = "hard@example.com", "spam@example.com"


def test_a_record_is_written_by_its_address_and_changed_by_its_id(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        account = await tour.call("acton.accounts.get")
        assert account["time_zone"]
        named = {"E-mail Address": BO, "First Name": "Bo"}
        await tour.call("acton.records.upsert", listid=LIST, email=BO, record=named)
        found = await tour.call("acton.records.find", listid=LIST, email=BO)

        here = {"listid": LIST, "recordid": found["contactID"]}
        await tour.call("acton.records.update", **here, record={"First Name": "Robert"})

        found = await tour.call("acton.records.find", listid=LIST, email=BO)
        assert found["First Name"] == "Robert"

    travel(tmp_path, story)


def test_an_address_goes_out_of_a_category_and_in_again(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        names = [one["name"] for one in await tour.call("acton.subscriptions.list")]
        first = {"email": BO, "category": names[0]}

        await tour.call("acton.subscriptions.update", **first, action="optout")
        out = await tour.call("acton.subscriptions.optouts", category=names[0])
        assert [one["email"] for one in out["result"]] == [BO]

        await tour.call("acton.subscriptions.set", email=BO, categories=names)
        out = await tour.call("acton.subscriptions.optouts", category=names[0])
        assert out["result"] == []

    travel(tmp_path, story)


def test_who_must_not_be_written_to_is_listed(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        for kind, email in (("hardbounces", HARD), ("spamcomplaints", SPAM)):
            await tour.rig.control("POST", f"/control/acton/{kind}", {"email": email})
        await tour.call("acton.suppressions.add_optouts", file=f"{BO}\n")

        for verb, email in (("hard_bounces", HARD), ("spam_complaints", SPAM), ("optouts", BO)):
            listed = await tour.call(f"acton.suppressions.{verb}")
            assert [one["email"] for one in listed["result"]] == [email]

    travel(tmp_path, story)


def test_touch_points_are_added_one_by_one_and_from_a_file(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        about = {"destination": "HighLevel", "customeventaction": "CUSTOM_GENERAL"}
        when = "2026-03-02 15:09:11"
        called = {**about, "email": BO, "when": when, "title": "Called"}
        await tour.call("acton.touchpoints.add", **called, createlistingentry=True)

        sent = await tour.call(
            "acton.touchpoints.upload",
            **about,
            emailcolidx=0,
            datecolidx=1,
            titlecolidx=2,
            titlecount=1,
            file=f"E-mail,When,Title\n{BO},{when},Replied\n",
        )
        await tour.rig.clock.sleep(60)
        done = await tour.call("acton.touchpoints.upload_status", id=sent["jobId"])
        assert done["details"]["appendCount"] == 1

    travel(tmp_path, story)
