"""What an app of an agency does with the agency's locations, in both forms of the API."""

from dataclasses import replace
from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig

APP = "ExampleApp0000000001"


async def _agency(rig: Rig, version: str = "2021-07-28") -> Door:
    door = await rig.highlevel(user_type="Company")
    return replace(door, headers={**door.headers, "Version": version})


def _whose(rig: Rig, **more: str) -> dict[str, str]:
    return {"companyId": rig.world.highlevel.company_id, "locationId": rig.location, **more}


async def test_an_agency_gets_a_token_for_one_of_its_locations(rig: Rig) -> None:
    agency = await _agency(rig)

    made = await agency.call("POST", "/oauth/locationToken", form=_whose(rig))

    assert made.status == 200
    assert (made.body["userType"], made.body["locationId"]) == ("Location", rig.location)
    headers = {"Authorization": f"Bearer {made.body['access_token']}", "Version": "2021-07-28"}
    reply = await Door(rig.http, agency.url, headers).get(f"/locations/{rig.location}")
    assert reply.status == 200
    (entry,) = rig.effects("token.granted")
    assert made.body["access_token"] not in str(entry)


async def test_version_three_writes_it_in_its_own_way_and_at_its_own_place(rig: Rig) -> None:
    agency, newer = await _agency(rig), await _agency(rig, "v3")

    made = await newer.call("POST", "/oauth/location-token", form=_whose(rig))
    older = await agency.call("POST", "/oauth/location-token", form=_whose(rig))

    assert made.body["accessToken"]
    assert made.body["refreshToken"]
    assert (made.body["tokenType"], made.body["expiresIn"]) == ("Bearer", 86_399)
    assert "access_token" not in made.body
    assert older.status == 404


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"companyId": "another"}, 403), ({"locationId": "another"}, 400), ({"locationId": ""}, 422)],
)
async def test_a_token_for_what_is_not_the_agencys_is_refused(
    rig: Rig, changed: dict[str, str], status: int
) -> None:
    agency = await _agency(rig)

    reply = await agency.call("POST", "/oauth/locationToken", form=_whose(rig) | changed)

    assert reply.status == status


async def test_neither_a_location_nor_a_private_token_gets_one(rig: Rig) -> None:
    location = await rig.highlevel()
    private = await rig.highlevel(user_type="Company", kind="pit")

    asked = [
        await one.call("POST", "/oauth/locationToken", form=_whose(rig))
        for one in (location, private)
    ]

    assert [one.status for one in asked] == [403, 401]


async def test_the_locations_are_listed_with_whether_they_have_the_app(rig: Rig) -> None:
    agency = await _agency(rig)
    other = rig.world.highlevel.location("ExampleLocation00002")
    await agency.call("POST", "/oauth/locationToken", form=_whose(rig))
    company = rig.world.highlevel.company_id
    path = f"/oauth/installedLocations?companyId={company}&appId={APP}"

    whole = await agency.get(path)
    having, missing = [await agency.get(f"{path}&isInstalled={one}") for one in ("true", "false")]
    page = await agency.get(f"{path}&limit=1&skip=1")

    assert whole.body["count"] == 2
    assert {one["_id"] for one in whole.body["locations"]} == {rig.location, other.id}
    assert [one["_id"] for one in having.body["locations"]] == [rig.location]
    assert [one["_id"] for one in missing.body["locations"]] == [other.id]
    assert page.body["locations"] == whole.body["locations"][1:]
    assert (await agency.get(f"/oauth/installedLocations?companyId={company}")).status == 422


async def _pages(door: Door, path: str) -> list[Any]:
    pages: list[Any] = []
    token = ""
    while not pages or token:
        reply = await door.get(path + (f"&pageToken={token}" if token else ""))
        pages.append(reply.body)
        token = reply.body["pagination"].get("nextPageToken", "")
    return pages


async def test_version_three_pages_by_a_token(rig: Rig) -> None:
    newer = await _agency(rig, "v3")
    for number in range(4):
        rig.world.highlevel.location(f"ExampleLocation0000{number}")
    path = f"/oauth/installed-locations?companyId={rig.world.highlevel.company_id}&appId={APP}"

    first, second, third = await _pages(newer, f"{path}&pageSize=2")

    found = [one["_id"] for page in (first, second, third) for one in page["items"]]
    assert found == sorted(rig.world.highlevel.locations)
    assert first["pagination"]["totalRecords"] == 5
    assert [one["pagination"]["hasPrevPage"] for one in (first, second, third)] == [0, 1, 1]
    assert third["pagination"]["currentPageSize"] == 1


@pytest.mark.parametrize("wrong", ["pageSize=0", "pageSize=101", "pageToken=x", "pageToken=e30"])
async def test_version_three_refuses_in_an_envelope(rig: Rig, wrong: str) -> None:
    newer = await _agency(rig, "v3")
    path = f"/oauth/installed-locations?companyId={rig.world.highlevel.company_id}&appId={APP}"

    reply = await newer.get(f"{path}&{wrong}")

    assert (reply.status, reply.body["error"]["code"]) == (400, "INVALID_ARGUMENT")
