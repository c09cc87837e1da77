"""A location and what belongs to it, and who may ask: the agency, the location, or both."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig

NEW = {
    "name": "A branch",
    "prospectInfo": {"firstName": "A", "lastName": "B", "email": "a@b.example"},
}


async def agency(rig: Rig) -> Door:
    return await rig.highlevel(user_type="Company")


async def test_an_agency_makes_changes_and_deletes_a_location(rig: Rig) -> None:
    highlevel = await agency(rig)
    company = {"companyId": rig.world.highlevel.company_id}
    await rig.subscribe()

    made = await highlevel.post(
        "/locations/", {**NEW, **company, "twilio": {"sid": "a", "authToken": "b"}}
    )
    path = f"/locations/{made.body['id']}"
    changed = await highlevel.put(path, {**company, "name": "The branch", "phone": "+14155550123"})
    got = await highlevel.get(path)
    deleted = await highlevel.delete(f"{path}?deleteTwilioAccount=true")
    gone = await highlevel.get(path)

    assert (made.status, made.body["email"]) == (200, "a@b.example")
    assert changed.body["phone"] == got.body["location"]["phone"] == "+14155550123"
    assert got.body["location"]["name"] == "The branch"
    assert deleted.body["message"] == f"Deleted location with id: {made.body['id']}"
    assert (gone.status, gone.body["status"]) == (400, 400)
    told = [(one["type"], one["id"], one["name"]) for one in rig.told()]
    assert told == [
        ("LocationCreate", made.body["id"], "A branch"),
        ("LocationUpdate", made.body["id"], "The branch"),
    ]
    assert "authToken" not in str(rig.written())


async def test_a_location_that_is_deleted_takes_its_tokens_and_contacts_along(rig: Rig) -> None:
    own = await rig.highlevel()
    await rig.contact(own, email="bo@example.com")

    await (await agency(rig)).delete(f"/locations/{rig.location}?deleteTwilioAccount=false")

    assert (await own.get(f"/locations/{rig.location}")).status == 401
    assert rig.world.highlevel.contacts == {}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/locations/"),
        ("PUT", "/locations/{here}"),
        ("DELETE", "/locations/{here}?deleteTwilioAccount=false"),
        ("GET", "/companies/{company}"),
        ("POST", "/objects/"),
    ],
)
async def test_what_is_the_agencys_is_forbidden_to_a_location(
    rig: Rig, method: str, path: str
) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.call(
        method, path.format(here=rig.location, company=rig.world.highlevel.company_id), json={}
    )

    assert (reply.status, reply.body["message"]) == (403, "Forbidden resource")
    assert reply.body["error"] == "Forbidden"


@pytest.mark.parametrize("path", ["tags", "customFields", "customValues", "templates", "timezones"])
async def test_what_is_a_locations_own_is_not_for_the_agencys_token(rig: Rig, path: str) -> None:
    reply = await (await agency(rig)).get(f"/locations/{rig.location}/{path}")

    assert (reply.status, reply.body["message"]) == (401, "Token's user type mismatch!")


async def test_both_may_look_for_locations_and_each_finds_its_own(rig: Rig) -> None:
    rig.world.highlevel.location("AnotherLocation00000")
    both, one = await agency(rig), await rig.highlevel()

    all_of_them = await both.get("/locations/search")
    mine = await one.get("/locations/search")
    page = await both.get("/locations/search?limit=1&skip=1")
    foreign = await both.get("/locations/search?companyId=another")
    nobody = await both.get("/locations/search?email=nobody%40example.com")

    assert len(all_of_them.body["locations"]) == 2
    assert [each["id"] for each in mine.body["locations"]] == [rig.location]
    assert len(page.body["locations"]) == 1
    assert foreign.status == 403
    assert nobody.body["locations"] == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"name": "A"}, "companyId should not be empty"),
        ({"companyId": "c"}, "name should not be empty"),
        (
            {"companyId": "c", "name": "A", "timezone": "Mars/Olympus"},
            "timezone must be a valid timezone",
        ),
        ({"companyId": "c", "name": "A", "colour": "red"}, "property colour should not exist"),
        (
            {"companyId": "c", "name": "A", "prospectInfo": {"email": "a"}},
            "prospectInfo.firstName should not be empty",
        ),
        (
            {"companyId": "c", "name": "A", "twilio": {"sid": "a"}},
            "twilio.authToken should not be empty",
        ),
    ],
)
async def test_what_a_new_location_lacks_is_named(
    rig: Rig, body: dict[str, Any], message: str
) -> None:
    reply = await (await agency(rig)).post("/locations/", body)

    assert reply.status == 422
    assert message in reply.body["message"]


async def test_another_agencys_location_cannot_be_made(rig: Rig) -> None:
    reply = await (await agency(rig)).post("/locations/", {"companyId": "another", "name": "A"})

    assert (reply.status, reply.body["message"]) == (403, "Forbidden resource")


async def test_an_agency_is_shown_to_itself_only(rig: Rig) -> None:
    highlevel = await agency(rig)
    private = await rig.highlevel(user_type="Company", kind="pit")
    path = f"/companies/{rig.world.highlevel.company_id}"

    own = await highlevel.get(path)
    other = await highlevel.get("/companies/another")

    assert own.body["company"]["locationCount"] == 1
    assert (await private.get(path)).body["company"] == own.body["company"]
    assert other.status == 403
