"""An opportunity, from the first stage to the end."""

from pathlib import Path

from tests.tours.travel import Tour, travel


def test_an_opportunity_goes_through_its_pipeline(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        bo = await tour.call("highlevel.contacts.upsert", firstName="Bo", email="bo@example.com")
        pipeline = (await tour.call("highlevel.pipelines.list"))["pipelines"][0]
        first, second, *_ = pipeline["stages"]
        here = {"contactId": bo["contact"]["id"], "pipelineId": pipeline["id"]}

        made = await tour.call("highlevel.opportunities.create", **here, name="A new roof")
        one = {"id": made["opportunity"]["id"]}
        assert made["opportunity"]["pipelineStageId"] == first["id"]

        await tour.call(
            "highlevel.opportunities.update",
            **one,
            pipelineStageId=second["id"],
            monetaryValue=4200,
        )
        again = await tour.call("highlevel.opportunities.upsert", **here, name="A better roof")
        got = (await tour.call("highlevel.opportunities.get", **one))["opportunity"]
        assert (again["new"], again["opportunity"]["id"]) == (False, one["id"])
        assert (got["name"], got["monetaryValue"]) == ("A better roof", 4200)

        reasons = await tour.call("highlevel.lost_reasons.list")
        reason = reasons["lostReasons"][0]["id"]
        assert reasons["total"] == len(reasons["lostReasons"])
        await tour.call(
            "highlevel.opportunities.set_status", **one, status="lost", lostReasonId=reason
        )
        lost = {"filters": [{"field": "lost_reason_id", "operator": "eq", "value": reason}]}
        found = await tour.call("highlevel.opportunities.search", **lost)
        listed = await tour.call("highlevel.opportunities.list", status="lost", q="roof")
        assert [hit["id"] for hit in found["opportunities"]] == [one["id"]]
        assert listed["meta"]["total"] == 1

        await tour.call("highlevel.opportunities.delete", **one)
        assert (await tour.call("highlevel.opportunities.list"))["opportunities"] == []

    travel(tmp_path, story)


def test_users_follow_an_opportunity_and_cease_to(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        bo = await tour.call("highlevel.contacts.upsert", firstName="Bo", email="bo@example.com")
        company = tour.rig.world.highlevel.company_id
        users = (await tour.call("highlevel.users.list", companyId=company))["users"]
        ann, ben = [one["id"] for one in users]
        pipeline = (await tour.call("highlevel.pipelines.list"))["pipelines"][0]["id"]
        here = {"contactId": bo["contact"]["id"], "pipelineId": pipeline}
        made = await tour.call("highlevel.opportunities.upsert", **here)
        one = {"id": made["opportunity"]["id"]}
        assert (made["new"], made["opportunity"]["name"]) == (True, "Bo")

        added = await tour.call(
            "highlevel.opportunities.add_followers", **one, followers=[ann, ben]
        )
        removed = await tour.call(
            "highlevel.opportunities.remove_followers", **one, followers=[ann]
        )

        assert added["followers"] == added["followersAdded"] == [ann, ben]
        assert (removed["followers"], removed["followersRemoved"]) == ([ben], [ann])

    travel(tmp_path, story)
