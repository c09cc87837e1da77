"""Associations and relations: what ties records together, how often, and for how long."""

from tests.simulator.conftest import Door, Reply, Rig
from tests.simulator.objects import PET, opened, record


async def tie(rig: Rig, highlevel: Door) -> tuple[Reply, dict[str, str]]:
    """An association of contacts and pets, and the ids of a contact and a pet."""
    made = await highlevel.post(
        "/associations/",
        {
            "locationId": rig.location,
            "key": "owner_pet",
            "firstObjectLabel": "Owner",
            "firstObjectKey": "contact",
            "secondObjectLabel": "Pet",
            "secondObjectKey": PET,
        },
    )
    sides = {
        "firstRecordId": await rig.contact(highlevel, email="bo@example.com"),
        "secondRecordId": (await record(rig, highlevel, name="Buddy"))["id"],
    }
    return made, sides


async def test_two_records_are_tied_once_each_on_its_side(rig: Rig) -> None:
    highlevel = await opened(rig)
    made, sides = await tie(rig, highlevel)
    asked = {"locationId": rig.location, "associationId": made.body["id"]}
    swapped = dict(zip(sides, reversed(sides.values()), strict=True))

    tied = await highlevel.post("/associations/relations", {**asked, **sides})
    twice = await highlevel.post("/associations/relations", {**asked, **sides})
    wrong = await highlevel.post("/associations/relations", {**asked, **swapped})
    query = f"locationId={rig.location}&skip=0&limit=10"
    path = f"/associations/relations/{sides['secondRecordId']}?{query}"
    listed = await highlevel.get(path)
    others = await highlevel.get(f"{path}&associationIds=none")
    several = await highlevel.get(f"{path}&associationIds={made.body['id']}&associationIds=none")
    endless = await highlevel.get(f"/associations/relations/x?locationId={rig.location}")

    assert (made.status, tied.status) == (201, 201)
    assert (twice.status, wrong.status, endless.status) == (400, 400, 422)
    assert [one["id"] for one in listed.body["relations"]] == [tied.body["id"]]
    assert (others.body["total"], several.body["total"]) == (0, 1)


async def test_what_ties_two_records_goes_with_either_and_with_its_kind(rig: Rig) -> None:
    highlevel = await opened(rig)
    made, sides = await tie(rig, highlevel)
    asked = {"locationId": rig.location, "associationId": made.body["id"], **sides}
    await rig.subscribe(types=["RelationCreate", "RelationDelete", "AssociationDelete"])

    await highlevel.post("/associations/relations", asked)
    await highlevel.delete(f"/objects/{PET}/records/{sides['secondRecordId']}")
    other = await record(rig, highlevel, name="Bella")
    await highlevel.post("/associations/relations", {**asked, "secondRecordId": other["id"]})
    deleted = await highlevel.delete(f"/associations/{made.body['id']}")

    assert deleted.body["deleted"] is True
    assert [one["type"] for one in rig.told()] == [
        "RelationCreate",
        "RelationDelete",
        "RelationCreate",
        "AssociationDelete",
        "RelationDelete",
    ]
    assert rig.told()[0]["firstObjectKey"] == "contact"


async def test_associations_have_keys_of_their_own_and_the_vendors_stay(rig: Rig) -> None:
    highlevel = await opened(rig)
    made, _ = await tie(rig, highlevel)
    again, _ = await tie_again(rig, highlevel)
    here = f"locationId={rig.location}"
    listed = await highlevel.get(f"/associations/?{here}&skip=0&limit=10")
    own = next(
        one for one in listed.body["associations"] if one["associationType"] == "SYSTEM_DEFINED"
    )

    refused = await highlevel.delete(f"/associations/{own['id']}")
    missing = await highlevel.get(f"/associations/key/none?{here}")
    by_object = await highlevel.get(f"/associations/objectKey/{PET}?{here}")

    assert (made.status, again.status, refused.status, missing.status) == (201, 400, 400, 400)
    assert [one["key"] for one in by_object.body["associations"]] == ["owner_pet"]
    assert listed.body["total"] == 2


async def tie_again(rig: Rig, highlevel: Door) -> tuple[Reply, Reply]:
    """The same key once more, and an object that nobody may tie yet."""
    asked = {
        "locationId": rig.location,
        "key": "owner_pet",
        "firstObjectLabel": "a",
        "firstObjectKey": "contact",
        "secondObjectLabel": "b",
        "secondObjectKey": PET,
    }
    business = {**asked, "key": "other", "secondObjectKey": "business"}
    return (
        await highlevel.post("/associations/", asked),
        await highlevel.post("/associations/", business),
    )


async def test_a_business_cannot_be_tied_yet(rig: Rig) -> None:
    highlevel = await opened(rig)

    _, business = await tie_again(rig, highlevel)

    assert (business.status, business.body["message"]) == (
        400,
        "business cannot be associated yet",
    )


async def test_relabelling_is_told(rig: Rig) -> None:
    highlevel = await opened(rig)
    made, _ = await tie(rig, highlevel)
    await rig.subscribe()
    labels = {"firstObjectLabel": "Keeper", "secondObjectLabel": "Animal"}

    changed = await highlevel.put(f"/associations/{made.body['id']}", labels)
    half = await highlevel.put(f"/associations/{made.body['id']}", {"firstObjectLabel": "Keeper"})

    assert changed.body | labels == changed.body
    assert half.status == 422
    (told,) = rig.told("AssociationUpdate")
    assert told | labels == told
