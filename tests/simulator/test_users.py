"""Users: made and changed by an agency or a location, and what each of the two may reach."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig


async def opened(rig: Rig) -> tuple[Door, Door, dict[str, Any]]:
    """A location's client, its agency's, and what a new user needs."""
    user = {
        "companyId": rig.world.highlevel.company_id,
        "firstName": "Cleo",
        "lastName": "Example",
        "email": "cleo@example.com",
        "password": "to-be-changed",
        "type": "account",
        "role": "user",
        "locationIds": [rig.location],
    }
    return await rig.highlevel(), await rig.highlevel(user_type="Company"), user


async def test_the_life_of_a_user(rig: Rig) -> None:
    location, agency, user = await opened(rig)
    await rig.subscribe()

    made = await agency.post("/users/", user)
    path = f"/users/{made.body['id']}"
    changed = await location.put(path, {"role": "admin", "permissions": {"tagsEnabled": True}})
    got = await agency.get(path)
    deleted = await agency.delete(path)
    gone = await location.get(path)

    assert (made.status, made.body["name"]) == (201, "Cleo Example")
    assert changed.body["roles"] == {
        "type": "account",
        "role": "admin",
        "locationIds": [rig.location],
    }
    assert got.body["permissions"] == {"tagsEnabled": True}
    assert deleted.body["message"].startswith("Queued deleting user with e-mail cleo@example.com")
    assert gone.status == 400
    assert [one["type"] for one in rig.told()] == ["UserCreate", "UserUpdate", "UserDelete"]


async def test_a_password_is_kept_nowhere(rig: Rig) -> None:
    _, agency, user = await opened(rig)
    await rig.subscribe()

    made = await agency.post("/users/", user)

    assert "to-be-changed" not in f"{made.body}{rig.written()}{rig.told()}"


async def test_an_address_is_of_one_user(rig: Rig) -> None:
    _, agency, user = await opened(rig)
    await agency.post("/users/", user)

    again = await agency.post("/users/", {**user, "email": "CLEO@example.com"})

    assert again.status == 400


async def test_users_are_found_by_e_mail_by_the_agency_alone(rig: Rig) -> None:
    location, agency, user = await opened(rig)
    await agency.post("/users/", user)
    asked = {"companyId": user["companyId"], "emails": "cleo@example.com, x@example.com"}
    path = "/users/search/filter-by-email"

    short = await agency.post(path, asked)
    whole = await agency.post(path, {**asked, "projection": "all"})
    forbidden = await location.post(path, asked)

    assert short.body["users"] == [
        {"id": whole.body["users"][0]["id"], "email": "cleo@example.com"}
    ]
    assert whole.body["count"] == 1
    assert (forbidden.status, forbidden.body["message"]) == (403, "Forbidden resource")


async def test_the_deleted_are_found_when_they_are_asked_for(rig: Rig) -> None:
    _, agency, user = await opened(rig)
    made = await agency.post("/users/", user)
    await agency.delete(f"/users/{made.body['id']}")
    asked = {"companyId": user["companyId"], "emails": "cleo@example.com"}

    left = await agency.post("/users/search/filter-by-email", asked)
    gone = await agency.post("/users/search/filter-by-email", {**asked, "deleted": True})

    assert (left.body["count"], gone.body["count"]) == (0, 1)


async def test_the_agency_sees_the_users_of_all_locations(rig: Rig) -> None:
    location, agency, user = await opened(rig)
    await rig.highlevel(location_id="another")
    path = f"/users/search?companyId={user['companyId']}"

    everybody = (await agency.get(path)).body
    here = (await agency.get(f"{path}&locationId={rig.location}")).body
    mine = (await location.get(path)).body

    assert (everybody["count"], here["count"]) == (4, 2)
    assert here["users"] == mine["users"]


@pytest.mark.parametrize("joined", ["&ids=", ","])
async def test_users_are_picked_by_their_ids(rig: Rig, joined: str) -> None:
    location, _, user = await opened(rig)
    made = await location.post("/users/", user)
    wanted = [made.body["id"], next(iter(rig.world.highlevel.default_location.users))]
    path = f"/users/search?companyId={user['companyId']}&ids={joined.join(wanted)}"

    found = (await location.get(path)).body["users"]

    assert {one["id"] for one in found} == set(wanted)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"locationIds": []}, 422),
        ({"locationIds": ["nowhere"]}, 400),
        ({"email": "cleo"}, 422),
        ({"password": None}, 422),
        ({"companyId": "another"}, 403),
        ({"salary": 1}, 422),
    ],
)
async def test_what_does_not_fit_is_refused(rig: Rig, change: dict[str, Any], status: int) -> None:
    _, agency, user = await opened(rig)

    assert (await agency.post("/users/", {**user, **change})).status == status


async def test_a_location_puts_users_nowhere_else(rig: Rig) -> None:
    location, _, user = await opened(rig)
    await rig.highlevel(location_id="another")

    assert (await location.post("/users/", {**user, "locationIds": ["another"]})).status == 403


async def test_contacts_are_not_for_an_agency(rig: Rig) -> None:
    _, agency, _ = await opened(rig)

    reply = await agency.get(f"/contacts/?locationId={rig.location}")

    assert (reply.status, reply.body["message"]) == (401, "Token's user type mismatch!")
