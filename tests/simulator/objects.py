"""An object of a location's own, for whoever wants to see what becomes of it."""

from typing import Any

from tests.simulator.conftest import Door, Reply, Rig

PET = "custom_objects.pet"


async def define(rig: Rig, **more: Any) -> Reply:
    highlevel = await rig.highlevel(user_type="Company")
    asked = {
        "locationId": rig.location,
        "key": "pet",
        "labels": {"singular": "Pet", "plural": "Pets"},
        "primaryDisplayPropertyDetails": {"key": "name", "name": "Name", "dataType": "TEXT"},
        **more,
    }
    return await highlevel.post("/objects/", asked)


async def opened(rig: Rig) -> Door:
    """A client of a location that has an object of its own."""
    await define(rig)
    return await rig.highlevel()


async def add_field(rig: Rig, highlevel: Door, name: str, kind: str, **more: Any) -> Reply:
    listed = await highlevel.get(f"/custom-fields/object-key/{PET}?locationId={rig.location}")
    asked = {
        "locationId": rig.location,
        "name": name,
        "showInForms": True,
        "dataType": kind,
        "fieldKey": f"{PET}.{name}",
        "objectKey": PET,
        "parentId": listed.body["folders"][0]["id"],
        **more,
    }
    return await highlevel.post("/custom-fields/", asked)


async def record(rig: Rig, highlevel: Door, **properties: Any) -> dict[str, Any]:
    body = {"locationId": rig.location, "properties": properties}
    reply = await highlevel.post(f"/objects/{PET}/records", body)
    assert reply.status == 201, reply.raw
    return dict(reply.body["record"])


async def names(rig: Rig, highlevel: Door, **asked: Any) -> list[str]:
    body = {"locationId": rig.location, "page": 1, "pageLimit": 10, **asked}
    reply = await highlevel.post(f"/objects/{PET}/records/search", body)
    assert reply.status == 200, reply.raw
    return [one["properties"]["name"] for one in reply.body["records"]]
