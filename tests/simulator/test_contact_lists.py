"""Contacts in lists, in bulk, with their followers, campaigns and appointments."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig


async def people(rig: Rig, *names: str) -> tuple[Door, list[str]]:
    """A client, and contacts of these names, one a second."""
    highlevel = await rig.highlevel()
    made = []
    for one in names:
        rig.clock.advance(1)
        made.append(await rig.contact(highlevel, name=one, email=f"{one}@example.com"))
    return highlevel, made


async def test_the_old_list_lowers_names_and_pages_by_two_halves(rig: Rig) -> None:
    highlevel, (ann, bo, cleo) = await people(rig, "Ann", "Bo", "Cleo")
    path = f"/contacts/?locationId={rig.location}&limit=2"

    first = (await highlevel.get(path)).body
    meta = first["meta"]
    cursor = f"&startAfter={meta['startAfter']}&startAfterId={meta['startAfterId']}"
    second = (await highlevel.get(f"{path}{cursor}")).body

    assert [one["id"] for one in first["contacts"]] == [cleo, bo]
    assert [one["id"] for one in second["contacts"]] == [ann]
    assert (first["contacts"][0]["firstName"], first["contacts"][0]["firstNameRaw"]) == (
        "cleo",
        "Cleo",
    )
    assert (meta["total"], meta["nextPage"], second["meta"]["nextPage"]) == (3, 2, None)


@pytest.mark.parametrize("query", ["startAfter=1", "startAfterId=x", "limit=101", "limit=0"])
async def test_the_old_list_takes_no_half_cursor_and_no_size_beyond_its_bounds(
    rig: Rig, query: str
) -> None:
    highlevel, _ = await people(rig)

    assert (await highlevel.get(f"/contacts/?locationId={rig.location}&{query}")).status == 400


async def test_many_contacts_are_tagged_and_each_is_answered(rig: Rig) -> None:
    highlevel, (ann, bo) = await people(rig, "Ann", "Bo")
    await rig.subscribe()
    path = "/contacts/bulk/tags/update"
    told = {"contacts": [ann, "x", bo], "tags": ["VIP"], "locationId": rig.location}

    added = await highlevel.post(f"{path}/add", told)
    removed = await highlevel.post(f"{path}/remove", {**told, "tags": ["vip"]})

    assert (added.status, added.body["errorCount"]) == (201, 1)
    assert [one["type"] for one in added.body["responses"]] == ["success", "error", "success"]
    assert added.body["responses"][0]["tagsAdded"] == ["VIP"]
    assert removed.body["responses"][0]["tagsRemoved"] == ["VIP"]
    assert [one["id"] for one in rig.told("ContactTagUpdate")] == [ann, bo, ann, bo]
    assert len(rig.effects("tag.defined")) == 1


async def test_all_tags_go_when_that_is_said(rig: Rig) -> None:
    highlevel, (ann,) = await people(rig, "Ann")
    await highlevel.post(f"/contacts/{ann}/tags", {"tags": ["a", "b"]})
    told = {"contacts": [ann], "tags": ["a"], "locationId": rig.location, "removeAllTags": True}

    wrong = await highlevel.post("/contacts/bulk/tags/update/add", told)
    right = await highlevel.post("/contacts/bulk/tags/update/remove", told)

    assert wrong.status == 400
    assert right.body["responses"][0]["tagsRemoved"] == ["a", "b"]
    assert rig.world.highlevel.contacts[ann].tags == []


async def test_a_change_of_tags_that_is_none_is_refused(rig: Rig) -> None:
    highlevel, (ann,) = await people(rig, "Ann")
    told = {"contacts": [ann], "tags": ["a"], "locationId": rig.location}

    assert (await highlevel.post("/contacts/bulk/tags/update/swap", told)).status == 400


async def business(rig: Rig, highlevel: Door) -> str:
    told = {"locationId": rig.location, "name": "Example Ltd"}
    made = await highlevel.post("/businesses/", told)
    assert made.status == 201, made.raw
    return str(made.body["buiseness"]["id"])


async def test_contacts_go_into_a_business_and_out(rig: Rig) -> None:
    highlevel, (ann, bo) = await people(rig, "Ann", "Bo")
    one = await business(rig, highlevel)
    told = {"locationId": rig.location, "ids": [ann, bo], "businessId": one}
    path = f"/contacts/business/{one}?locationId={rig.location}"

    into = await highlevel.post("/contacts/bulk/business", told)
    listed = (await highlevel.get(f"{path}&limit=1&skip=1")).body
    await highlevel.post("/contacts/bulk/business", {**told, "ids": [ann], "businessId": None})
    left = (await highlevel.get(path)).body

    assert into.body["ids"] == [ann, bo]
    assert ([one["id"] for one in listed["contacts"]], listed["count"]) == ([bo], 2)
    assert [one["id"] for one in left["contacts"]] == [bo]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"businessId": "nothing"}, 400),
        ({"ids": ["nobody"], "businessId": None}, 400),
        ({"ids": ["x"] * 51, "businessId": None}, 422),
        ({}, 422),
    ],
)
async def test_what_cannot_belong_to_a_business_is_refused(
    rig: Rig, change: dict[str, Any], status: int
) -> None:
    highlevel, (ann,) = await people(rig, "Ann")
    told = {"locationId": rig.location, "ids": [ann], **change}

    assert (await highlevel.post("/contacts/bulk/business", told)).status == status


async def test_users_follow_and_stop(rig: Rig) -> None:
    highlevel, (ann,) = await people(rig, "Ann")
    first, second = rig.world.highlevel.default_location.users
    path = f"/contacts/{ann}/followers"

    added = await highlevel.post(path, {"followers": [first, second, first]})
    again = await highlevel.post(path, {"followers": [first]})
    found = await highlevel.get(f"/contacts/{ann}")
    removed = await highlevel.call("DELETE", path, json={"followers": [first, "x"]})
    unknown = await highlevel.post(path, {"followers": ["nobody"]})

    assert (added.status, added.body["followersAdded"]) == (201, [first, second])
    assert again.body["followersAdded"] == []
    assert found.body["contact"]["followers"] == [first, second]
    assert removed.body["followers"] == [second]
    assert removed.body["followersRemoved"] == [first]
    assert unknown.status == 400


async def test_a_campaign_is_begun_and_left(rig: Rig) -> None:
    highlevel, (ann,) = await people(rig, "Ann")
    listed = await highlevel.get(f"/campaigns/?locationId={rig.location}&status=published")
    (campaign,) = listed.body["campaigns"]
    path = f"/contacts/{ann}/campaigns"

    into = await highlevel.post(f"{path}/{campaign['id']}")
    out = await highlevel.delete(f"{path}/{campaign['id']}")
    unknown = await highlevel.post(f"{path}/x")
    await highlevel.post(f"{path}/{campaign['id']}")
    everywhere = await highlevel.delete(f"{path}/removeAll")

    assert (into.status, out.status, everywhere.status, unknown.status) == (201, 200, 200, 400)
    assert out.body["succeded"] is out.body["succeeded"] is True
    assert len(rig.effects("campaign.contact_added")) == 2
    assert len(rig.effects("campaign.contact_removed")) == 2
