"""The search of contacts: its filters, its order, its two ways through the pages, its lag."""

from typing import Any

import pytest

from dragoman.kernel.clock import iso
from tests.simulator.conftest import START, Door, Rig

SEARCH = "/contacts/search"
TAGS = ["vip", "new"]
FIELDS = [{"id": "color", "field_value": "red"}]


async def searched(rig: Rig, highlevel: Door, **asked: Any) -> list[str]:
    """First names of those found, in their order."""
    body = {"locationId": rig.location, "pageLimit": 100, **asked}
    reply = await highlevel.post(SEARCH, body)
    assert reply.status == 200, reply.raw
    return [one["firstName"] for one in reply.body["contacts"]]


async def people(rig: Rig) -> Door:
    """Ann, Bo and Cy, added a minute apart."""
    highlevel = await rig.highlevel()
    known: tuple[dict[str, Any], ...] = (
        {"firstName": "Ann", "email": "ann@example.com", "tags": ["vip"], "city": "Oslo"},
        {"firstName": "Bo", "email": "bo@example.com", "phone": "+14155550100", "tags": TAGS},
        {"firstName": "Cy", "phone": "+14155550101", "customFields": FIELDS},
    )
    for fields in known:
        await rig.contact(highlevel, **fields)
        rig.clock.advance(60)
    return highlevel


def one(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([], "Cy Bo Ann"),
        ([one("email", "eq", "BO@example.com")], "Bo"),
        ([one("email", "not_eq", "bo@example.com")], "Cy Ann"),
        ([one("phone", "eq", "+14155550101")], "Cy"),
        ([one("phone", "contains", "0100")], "Bo"),
        ([one("email", "exists")], "Bo Ann"),
        ([one("email", "not_exists")], "Cy"),
        ([one("tags", "eq", "VIP")], "Bo Ann"),
        ([one("tags", "eq", ["new", "other"])], "Bo"),
        ([one("tags", "not_contains", "vip")], "Cy"),
        ([one("firstNameLowerCase", "eq", "bo")], "Bo"),
        ([one("city", "contains", "osl")], "Ann"),
        ([one("customFields.color", "eq", "red")], "Cy"),
        ([one("dnd", "eq", False)], "Cy Bo Ann"),
        ([one("dateAdded", "range", {"gt": START})], "Cy Bo"),
        ([one("dateUpdated", "range", {"gte": iso(START), "lt": iso(START + 60_000)})], "Ann"),
        ([one("tags", "eq", "vip"), one("city", "not_exists")], "Bo"),
        (
            [{"group": "OR", "filters": [one("city", "exists"), one("phone", "contains", "0101")]}],
            "Cy Ann",
        ),
    ],
)
async def test_filters_narrow(rig: Rig, filters: list[Any], found: str) -> None:
    highlevel = await people(rig)

    assert await searched(rig, highlevel, filters=filters) == found.split()


async def test_an_id_is_found(rig: Rig) -> None:
    highlevel = await people(rig)
    bo = next(c.id for c in rig.world.highlevel.contacts.values() if c.name == "Bo")

    assert await searched(rig, highlevel, filters=[one("id", "eq", bo)]) == ["Bo"]


async def test_workflows_are_searched_by_who_is_in_them_and_who_was(rig: Rig) -> None:
    highlevel = await people(rig)
    contact = next(iter(rig.world.highlevel.contacts))
    workflow = next(iter(rig.world.highlevel.default_location.workflows))
    active, finished = (
        [one(field, "eq", workflow)] for field in ("activeWorkflows", "finishedWorkflows")
    )

    await highlevel.post(f"/contacts/{contact}/workflow/{workflow}")
    inside = await searched(rig, highlevel, filters=active)
    path = f"/control/highlevel/workflows/{workflow}/finish"
    await rig.control.post(path, {"contact_id": contact})

    assert inside == ["Ann"]
    assert await searched(rig, highlevel, filters=active) == []
    assert await searched(rig, highlevel, filters=finished) == ["Ann"]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ([{"field": "dateAdded", "direction": "asc"}], "Ann Bo Cy"),
        ([{"field": "firstNameLowerCase", "direction": "desc"}], "Cy Bo Ann"),
        ([{"field": "email"}, {"field": "firstNameLowerCase"}], "Cy Ann Bo"),
    ],
)
async def test_the_order_is_as_asked(rig: Rig, sort: list[Any], found: str) -> None:
    highlevel = await people(rig)

    assert await searched(rig, highlevel, sort=sort) == found.split()


async def test_a_query_matches_name_phone_and_email(rig: Rig) -> None:
    highlevel = await people(rig)

    for text, found in (("ANN@", ["Ann"]), ("0100", ["Bo"]), ("cy", ["Cy"])):
        assert await searched(rig, highlevel, query=text) == found


async def test_pages_by_number(rig: Rig) -> None:
    highlevel = await people(rig)

    pages = [await searched(rig, highlevel, pageLimit=2, page=page) for page in (1, 2, 3)]

    assert pages == [["Cy", "Bo"], ["Ann"], []]


async def test_pages_by_cursor_miss_nobody_who_stays(rig: Rig) -> None:
    highlevel = await people(rig)
    body = {
        "locationId": rig.location,
        "pageLimit": 1,
        "sort": [{"field": "dateUpdated", "direction": "asc"}],
    }
    ann = (await highlevel.post(SEARCH, body)).body["contacts"][0]
    # She moves to the end; her old place is still where the next page begins.
    await highlevel.put(f"/contacts/{ann['id']}", {"city": "Rome"})

    names, after = [], ann["searchAfter"]
    for _ in range(4):
        page = (await highlevel.post(SEARCH, {**body, "searchAfter": after})).body["contacts"]
        names += [one["firstName"] for one in page]
        after = page[-1]["searchAfter"] if page else after

    assert ann["searchAfter"] == [START, ann["id"]]
    assert names == ["Bo", "Cy", "Ann"]


async def test_a_hit_differs_from_a_get(rig: Rig) -> None:
    highlevel = await people(rig)
    reply = await highlevel.post(SEARCH, {"locationId": rig.location, "pageLimit": 1})
    [hit] = reply.body["contacts"]
    got = (await highlevel.get(f"/contacts/{hit['id']}")).body["contact"]

    assert reply.body["total"] == 3
    assert hit.keys() - got.keys() == {
        *("contactName", "businessName", "phoneLabel", "validEmail", "dnd", "dndSettings"),
        *("inboundDndSettings", "opportunities", "searchAfter"),
    }


async def test_search_sees_contacts_and_their_changes_only_after_the_lag(rig: Rig) -> None:
    rig.world.settings = rig.world.settings.changed({"search_lag_seconds": 5})
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, firstName="Bo", email="bo@example.com")

    walk = [await searched(rig, highlevel)]
    rig.clock.advance(5)
    walk.append(await searched(rig, highlevel))
    await highlevel.put(f"/contacts/{contact}", {"firstName": "Bob"})
    rig.clock.advance(4.999)
    walk.append(await searched(rig, highlevel, filters=[one("firstNameLowerCase", "eq", "bo")]))
    rig.clock.advance(0.001)
    walk.append(await searched(rig, highlevel))
    await highlevel.delete(f"/contacts/{contact}")
    walk.append(await searched(rig, highlevel))

    assert walk == [[], ["Bo"], ["Bo"], ["Bob"], []]


async def test_other_locations_are_not_searched(rig: Rig) -> None:
    await people(rig)
    other = await rig.highlevel(location_id="AnotherLocation00000")

    theirs = await other.post(SEARCH, {"locationId": "AnotherLocation00000", "pageLimit": 5})
    foreign = await other.post(SEARCH, {"locationId": rig.location, "pageLimit": 5})

    assert theirs.body["contacts"] == []
    assert foreign.status == 403


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({"pageLimit": 501}, 400, "pageLimit must be between 1 and 500"),
        ({"pageLimit": 0}, 400, "pageLimit must be between 1 and 500"),
        ({"page": 1, "searchAfter": [1, "a"]}, 400, "cannot be used together"),
        ({"page": 101}, 400, "use searchAfter beyond"),
        ({"searchAfter": [1]}, 400, "searchAfter"),
        ({"query": "x" * 76}, 400, "75"),
        ({"sort": [{"field": "city"}]}, 400, "sort"),
        ({"filters": [one("shoeSize", "eq", 1)]}, 400, "Invalid filter field shoeSize"),
        ({"filters": [one("dnd", "contains", "x")]}, 400, "contains is not supported"),
        ({"filters": [one("city", "contains", "O%")]}, 400, "Special characters"),
        ({"filters": [one("dateAdded", "range", {"from": 1})]}, 400, "range"),
        ({"filters": [one("dateAdded", "range", {"gt": "soon"})]}, 400, "range"),
        ({"filters": [{"group": "XOR", "filters": []}]}, 400, "AND or OR"),
        ({"limit": 5}, 422, "property limit should not exist"),
        ({"pageLimit": None}, 422, "pageLimit should not be empty"),
    ],
)
async def test_what_the_search_does_not_take(
    rig: Rig, asked: dict[str, Any], status: int, sentence: str
) -> None:
    highlevel = await rig.highlevel()

    reply = await highlevel.post(SEARCH, {"locationId": rig.location, "pageLimit": 100, **asked})

    assert reply.status == status, reply.raw
    assert sentence in str(reply.body["message"])
