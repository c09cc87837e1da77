"""Opportunities: made once for each pipeline, changed, and told of by what has changed."""

from typing import Any

import pytest

from tests.simulator.booking import staff
from tests.simulator.conftest import Door, Rig

FIELDS = {"id", "contactId", "monetaryValue", "name", "pipelineId", "pipelineStageId", "status"}
ENVELOPE = {"type", "locationId", "companyId", "appId", "versionId", "timestamp", "webhookId"}


async def opened(rig: Rig) -> tuple[Door, dict[str, Any]]:
    """A client, and what a new opportunity of Bo's needs."""
    highlevel = await rig.highlevel()
    bo = await rig.contact(highlevel, firstName="Bo", email="bo@example.com")
    said = {"name": "A roof", "status": "open", "contactId": bo, "locationId": rig.location}
    return highlevel, {**said, "pipelineId": (await pipelines(rig, highlevel))[0]["id"]}


async def pipelines(rig: Rig, highlevel: Door) -> list[Any]:
    reply = await highlevel.get(f"/opportunities/pipelines?locationId={rig.location}")
    return list(reply.body["pipelines"])


async def made(highlevel: Door, said: dict[str, Any], **more: Any) -> str:
    reply = await highlevel.post("/opportunities/", {**said, **more})
    assert reply.status == 201, reply.raw
    return f"/opportunities/{reply.body['opportunity']['id']}"


async def test_pipelines_have_stages_in_order_with_uuids(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    first, second = await pipelines(rig, highlevel)
    again = await pipelines(rig, highlevel)

    assert [one["position"] for one in first["stages"]] == [0, 1, 2, 3]
    assert all(len(one["id"]) == 36 for one in first["stages"])
    assert [first, second] == again
    assert (await highlevel.get("/opportunities/pipelines")).status == 403


async def test_a_second_one_is_refused_with_the_id_of_the_first(rig: Rig) -> None:
    highlevel, said = await opened(rig)
    first = await made(highlevel, said)
    renewals = (await pipelines(rig, highlevel))[1]["id"]

    again = await highlevel.post("/opportunities/", said)
    elsewhere = await made(highlevel, said, pipelineId=renewals)
    moved = await highlevel.put(elsewhere, {"pipelineId": said["pipelineId"]})

    assert again.status == moved.status == 400
    assert again.body["message"] == "Can not create duplicate opportunity for the contact."
    assert again.body["code"] == "OPPORTUNITY_NO_DUPLICATE"
    assert first.endswith(again.body["meta"]["existingId"])


async def test_a_location_may_allow_more_than_one(rig: Rig) -> None:
    highlevel, said = await opened(rig)
    await rig.control.post("/control/settings", {"allow_duplicate_opportunities": True})

    assert await made(highlevel, said) != await made(highlevel, said)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"contactId": "nobody"}, "Contact with id nobody not found"),
        ({"pipelineId": "none"}, "Pipeline with id none not found"),
        ({"pipelineStageId": "none"}, "Stage with id none not found"),
        ({"assignedTo": "nobody"}, "User with id nobody not found"),
    ],
)
async def test_it_stands_on_what_is_there(rig: Rig, more: dict[str, Any], error: str) -> None:
    highlevel, said = await opened(rig)

    reply = await highlevel.post("/opportunities/", {**said, **more})

    assert (reply.status, reply.body["error"]) == (400, error)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"name": ""}, "name should not be empty"),
        ({"source": "Web"}, "property source should not exist"),
        (
            {"status": "gone"},
            "status must be one of the following values: open, won, lost, abandoned, all",
        ),
    ],
)
async def test_what_does_not_fit_is_named(rig: Rig, more: dict[str, Any], message: str) -> None:
    highlevel, said = await opened(rig)

    reply = await highlevel.post("/opportunities/", {**said, **more})

    assert (reply.status, reply.body["message"]) == (422, [message])


async def test_another_pipeline_begins_with_its_first_stage(rig: Rig) -> None:
    highlevel, said = await opened(rig)
    first, second = await pipelines(rig, highlevel)
    there = await made(highlevel, said, pipelineStageId=first["stages"][2]["id"])

    moved = await highlevel.put(there, {"pipelineId": second["id"]})
    wrong = await highlevel.put(there, {"pipelineStageId": first["stages"][0]["id"]})

    assert moved.body["opportunity"]["pipelineStageId"] == second["stages"][0]["id"]
    assert wrong.status == 400


async def test_each_kind_of_change_has_a_webhook_of_its_own(rig: Rig) -> None:
    highlevel, said = await opened(rig)
    stage = (await pipelines(rig, highlevel))[0]["stages"][1]["id"]
    await rig.subscribe()

    there = await made(highlevel, said)
    await highlevel.put(there, {"monetaryValue": 90, "assignedTo": staff(rig)[0]})
    await highlevel.put(there, {"pipelineStageId": stage, "name": "A roof"})
    await highlevel.put(f"{there}/status", {"status": "won"})
    await highlevel.put(f"{there}/status", {"status": "won"})
    await highlevel.put(there, {"customFields": [{"key": "colour", "field_value": "red"}]})
    await highlevel.delete(there)

    told = [one for one in rig.told() if one["type"].startswith("Opportunity")]
    assert [one["type"].removeprefix("Opportunity") for one in told] == [
        *("Create", "Update", "MonetaryValueUpdate", "AssignedToUpdate"),
        *("Update", "StageUpdate", "Update", "StatusUpdate", "Update", "Delete"),
    ]
    assert told[0].keys() == ENVELOPE | FIELDS | {"dateAdded"}
    assert (told[-1]["status"], told[-1]["monetaryValue"]) == ("won", 90)


async def test_an_upsert_finds_it_by_its_contact_or_its_id(rig: Rig) -> None:
    highlevel, said = await opened(rig)
    needed = {name: said[name] for name in ("contactId", "pipelineId", "locationId")}
    renewals = (await pipelines(rig, highlevel))[1]["id"]

    first = await highlevel.post("/opportunities/upsert", needed)
    again = await highlevel.post("/opportunities/upsert", {**needed, "monetaryValue": 7})
    one = first.body["opportunity"]["id"]
    moved = await highlevel.post(
        "/opportunities/upsert", {**needed, "id": one, "pipelineId": renewals}
    )
    bare = await highlevel.post("/opportunities/upsert", {"pipelineId": renewals})

    assert (first.status, first.body["new"], first.body["opportunity"]["name"]) == (200, True, "Bo")
    assert (again.body["new"], again.body["opportunity"]["monetaryValue"]) == (False, 7)
    assert (moved.body["opportunity"]["id"], moved.body["opportunity"]["pipelineId"]) == (
        *(one, renewals),
    )
    assert bare.status == 422


async def test_an_upsert_settles_who_follows(rig: Rig) -> None:
    highlevel, said = await opened(rig)
    needed = {name: said[name] for name in ("contactId", "pipelineId", "locationId")}
    ann, ben = staff(rig)

    async def following(**more: Any) -> list[str]:
        reply = await highlevel.post("/opportunities/upsert", {**needed, **more})
        return list(reply.body["opportunity"]["followers"])

    assert await following(followers=[ann, ben], followersActionType="add") == [ann, ben]
    assert await following(followers=[ann], followersActionType="remove") == [ben]
    assert await following(isRemoveAllFollowers=True) == []


async def test_followers_are_users_ten_at_most_and_all_can_go(rig: Rig) -> None:
    highlevel, said = await opened(rig)
    there = f"{await made(highlevel, said)}/followers"
    ann, ben = staff(rig)

    added = await highlevel.post(there, {"followers": [ann, ann]})
    again = await highlevel.post(there, {"followers": [ben, ann]})
    many = await highlevel.post(there, {"followers": [ann] * 11})
    nobody = await highlevel.post(there, {"followers": ["nobody"]})
    gone = await highlevel.call(
        "DELETE", f"{there}?isRemoveAllFollowers=true", json={"followers": [ann]}
    )

    assert (added.status, added.body["followersAdded"]) == (201, [ann])
    assert (again.body["followers"], again.body["followersAdded"]) == ([ann, ben], [ben])
    assert (many.status, nobody.status) == (422, 400)
    assert (gone.body["followers"], gone.body["followersRemoved"]) == ([], [ann, ben])


async def test_lost_reasons_are_counted_where_that_is_asked_for(rig: Rig) -> None:
    highlevel, said = await opened(rig)
    there = f"/opportunities/lost-reason?locationId={rig.location}"

    every = await highlevel.get(there)
    page = await highlevel.get(f"{there}&limit=1&skip=1&getCount=true")
    one = every.body["lostReasons"][0]["id"]
    lost = f"{await made(highlevel, said)}/status"
    done = await highlevel.put(lost, {"status": "lost", "lostReasonId": one})
    wrong = await highlevel.put(lost, {"status": "lost", "lostReasonId": "none"})

    assert "total" not in every.body
    assert (page.body["lostReasons"], page.body["total"]) == (every.body["lostReasons"][1:], 2)
    assert (done.body["succeded"], wrong.status) == (True, 400)


async def test_reading_and_writing_have_scopes_of_their_own(rig: Rig) -> None:
    highlevel, said = await opened(rig)
    there = await made(highlevel, said)
    reader = await rig.highlevel(scopes=["opportunities.readonly"])

    assert (await reader.get(there)).status == 200
    assert (await reader.put(there, {"name": "x"})).status == 401
    assert (await reader.delete(there)).status == 401
