"""What belongs to a location: itself, its users, its workflows."""

import re

import pytest

from tests.simulator.conftest import Rig


async def test_a_location_tells_how_contacts_are_matched(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    own = await highlevel.get(f"/locations/{rig.location}")
    other = await highlevel.get("/locations/AnotherLocation00000")

    assert own.body["location"]["companyId"] == rig.world.highlevel.company_id
    assert own.body["location"]["timezone"] == "America/Los_Angeles"
    assert own.body["location"]["settings"] == {
        "allowDuplicateContact": False,
        "contactUniqueIdentifiers": ["email", "phone"],
    }
    assert other.status == 403


async def test_users_are_found_listed_and_shown(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    company = rig.world.highlevel.company_id

    found = await highlevel.get(f"/users/search?companyId={company}&locationId={rig.location}")
    listed = await highlevel.get(f"/users/?locationId={rig.location}")
    first = found.body["users"][0]
    one = await highlevel.get(f"/users/{first['id']}")

    assert [user["name"] for user in found.body["users"]] == ["Ann Example", "Bo Example"]
    assert found.body["count"] == 2
    assert listed.body["users"] == found.body["users"]
    assert one.body | first == one.body
    assert first["roles"]["locationIds"] == [rig.location]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("query=bo", ["Bo"]),
        ("role=admin", ["Ann"]),
        ("sort=firstName&sortDirection=desc", ["Bo", "Ann"]),
        ("limit=1", ["Ann"]),
        ("skip=1&limit=5", ["Bo"]),
        ("type=agency", []),
    ],
)
async def test_users_can_be_narrowed(rig: Rig, query: str, names: list[str]) -> None:
    highlevel = await rig.highlevel()
    company = rig.world.highlevel.company_id

    reply = await highlevel.get(f"/users/search?companyId={company}&{query}")

    assert [user["firstName"] for user in reply.body["users"]] == names


async def test_a_bare_search_of_users_looks_like_a_token_error(rig: Rig) -> None:
    highlevel = await rig.highlevel()

    bare = await highlevel.get("/users/search")
    named = await highlevel.get(f"/users/search?locationId={rig.location}")
    foreign = await highlevel.get("/users/search?companyId=another")

    assert (bare.status, bare.body["message"]) == (401, "E01 - Unauthorized request")
    assert (named.status, named.body["message"]) == (422, ["companyId should not be empty"])
    assert (foreign.status, foreign.body["error"]) == (403, "Forbidden")


async def test_workflows_have_names_and_uuids(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    await rig.control.post("/control/highlevel/workflows", {"name": "Birthday", "status": "draft"})

    reply = await highlevel.get(f"/workflows/?locationId={rig.location}")
    without = await highlevel.get("/workflows/")

    assert [(one["name"], one["status"]) for one in reply.body["workflows"]] == [
        ("New lead follow-up", "published"),
        ("Win back unhappy callers", "published"),
        ("Birthday", "draft"),
    ]
    assert all(re.fullmatch(r"[0-9a-f-]{36}", one["id"]) for one in reply.body["workflows"])
    assert without.status == 403


async def test_a_contact_goes_into_a_workflow_and_out(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")
    workflow = next(iter(rig.world.highlevel.default_location.workflows))
    path = f"/contacts/{contact}/workflow/{workflow}"
    start = {"eventStartTime": "2026-09-23T03:30:00+01:00"}

    added = await highlevel.post(path, start)
    again = await highlevel.call("POST", path)
    removed = await highlevel.delete(path)
    twice = await highlevel.delete(path)

    assert {one.status for one in (added, again, removed, twice)} == {200}
    assert added.body["succeded"] is added.body["succeeded"] is True
    named = {"workflow_id": workflow, "name": "New lead follow-up"}
    assert [one["content"] for one in rig.effects("workflow.contact_added")] == [
        named | start,
        named,
    ]
    assert len(rig.effects("workflow.contact_removed")) == 2


async def test_a_workflow_that_is_not_there_or_a_start_that_is_no_time(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, email="bo@example.com")
    workflow = next(iter(rig.world.highlevel.default_location.workflows))

    missing = await highlevel.post(f"/contacts/{contact}/workflow/none")
    unfit = await highlevel.post(
        f"/contacts/{contact}/workflow/{workflow}", {"eventStartTime": "soon"}
    )

    assert (missing.status, missing.body["error"]) == (400, "Workflow with id none not found")
    assert unfit.body["message"] == ["eventStartTime must be a valid ISO 8601 date string"]
    assert rig.effects("workflow.contact_added") == []


async def test_only_who_is_in_a_workflow_can_finish_it(rig: Rig) -> None:
    contact = await rig.contact(await rig.highlevel(), email="bo@example.com")
    workflow = next(iter(rig.world.highlevel.default_location.workflows))

    reply = await rig.control.post(
        f"/control/highlevel/workflows/{workflow}/finish", {"contact_id": contact}
    )

    assert (reply.status, reply.body["error"]) == (404, "the contact is not in this workflow")


@pytest.mark.parametrize("path", ["/users/", "/users/search", "/users/x", "/workflows/"])
async def test_each_has_a_scope_of_its_own(rig: Rig, path: str) -> None:
    narrow = await rig.highlevel(scopes=["contacts.readonly"])

    reply = await narrow.get(path)

    assert (reply.status, reply.body["message"]) == (
        401,
        "The token is not authorized for this scope.",
    )
