"""Both searches for opportunities: what they find, in what order, and page by page."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Reply, Rig
from tests.simulator.test_opportunities import pipelines

NAMES = ("Attic", "Barn", "Cellar", "Dome", "Eaves")


async def opened(rig: Rig) -> Door:
    """A client, and five opportunities, a second apart."""
    highlevel = await rig.highlevel()
    first, second = await pipelines(rig, highlevel)
    for number, name in enumerate(NAMES):
        contact = await rig.contact(highlevel, firstName=name, email=f"{name.lower()}@example.com")
        body = {
            "locationId": rig.location,
            "contactId": contact,
            "name": f"The {name}",
            "status": "won" if number > 2 else "open",
            "monetaryValue": number * 100,
            "pipelineId": (second if number % 2 else first)["id"],
        }
        assert (await highlevel.post("/opportunities/", body)).status == 201
        rig.clock.advance(1)
    return highlevel


async def find(rig: Rig, highlevel: Door, **body: Any) -> Reply:
    said = {"locationId": rig.location, "limit": 10, **body}
    return await highlevel.post("/opportunities/search", said)


async def listed(rig: Rig, highlevel: Door, query: str = "") -> Reply:
    return await highlevel.get(f"/opportunities/search?location_id={rig.location}{query}")


def names(reply: Reply) -> str:
    """The initials of what was found."""
    return "".join(one["name"][4] for one in reply.body["opportunities"])


async def test_the_newest_come_first_and_201_is_the_answer(rig: Rig) -> None:
    highlevel = await opened(rig)

    reply = await find(rig, highlevel)

    assert (reply.status, names(reply), reply.body["total"]) == (201, "EDCBA", 5)
    assert reply.body["opportunities"][0]["contact"]["email"] == "eaves@example.com"


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        ("status", "eq", "won", "ED"),
        ("status", "not_eq", "won", "CBA"),
        ("monetary_value", "range", {"gte": 100, "lt": 300}, "CB"),
        ("name", "contains", "ar", "CB"),
        ("email", "eq", "DOME@example.com", "D"),
        ("contact_name", "contains", "ell", "C"),
        ("source", "exists", None, ""),
        ("assigned_to", "not_exists", None, "EDCBA"),
        ("date_added", "range", {"gt": 1_790_000_002_500}, "ED"),
    ],
)
async def test_a_filter_finds(
    rig: Rig, field: str, operator: str, value: Any, expected: str
) -> None:
    highlevel = await opened(rig)

    reply = await find(
        rig, highlevel, filters=[{"field": field, "operator": operator, "value": value}]
    )

    assert names(reply) == expected


async def test_groups_of_filters_and_several_sorts(rig: Rig) -> None:
    highlevel = await opened(rig)
    either = [{"field": "name", "operator": "eq", "value": f"the {one}"} for one in NAMES[1:4]]

    reply = await find(
        rig,
        highlevel,
        filters=[{"group": "OR", "filters": either}],
        sort=[
            {"field": "last_status_change_date", "direction": "asc"},
            {"field": "monetary_value", "direction": "desc"},
        ],
    )

    assert names(reply) == "BCD"


async def test_sort_of_the_last_one_leads_on_though_it_has_gone(rig: Rig) -> None:
    highlevel = await opened(rig)

    first = await find(rig, highlevel, limit=2)
    last = first.body["opportunities"][-1]
    await highlevel.delete(f"/opportunities/{last['id']}")
    second = await find(rig, highlevel, limit=2, searchAfter=last["sort"])
    third = await find(
        rig, highlevel, limit=2, searchAfter=second.body["opportunities"][-1]["sort"]
    )

    assert [names(one) for one in (first, second, third)] == ["ED", "CB", "A"]


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 501},
        {"limit": 0},
        {"page": 2, "searchAfter": [1, "x"]},
        {"page": 1001},
        {"query": "x" * 76},
        {"sort": [{"field": "email"}]},
        {"searchAfter": ["x"]},
        {"filters": [{"field": "colour", "operator": "eq", "value": "red"}]},
        {"filters": [{"field": "id", "operator": "contains", "value": "a"}]},
        {"filters": [{"field": "name", "operator": "contains", "value": "a%"}]},
    ],
)
async def test_what_a_search_cannot_do_is_a_400(rig: Rig, body: dict[str, Any]) -> None:
    highlevel = await opened(rig)

    assert (await find(rig, highlevel, **body)).status == 400


async def test_what_belongs_to_the_contact_is_shown_if_it_is_asked_for(rig: Rig) -> None:
    highlevel = await opened(rig)
    contact = next(iter(rig.world.highlevel.contacts))
    await highlevel.post(f"/contacts/{contact}/notes", {"body": "Called"})

    details = {"notes": True, "tasks": False, "calendarEvents": True, "unReadConversations": False}
    shown = await find(rig, highlevel, query="attic", additionalDetails=details)
    bare = await find(rig, highlevel, query="attic")

    assert shown.body["opportunities"][0]["notes"][0]["body"] == "Called"
    assert bare.body["opportunities"][0]["notes"] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "EDCBA"),
        ("&order=added_asc", "ABCDE"),
        ("&status=won", "ED"),
        ("&status=all&q=barn", "B"),
        ("&limit=2", "ED"),
        ("&limit=2&page=3", "A"),
        ("&date=09-21-2026&endDate=09-21-2026", "EDCBA"),
        ("&date=09-22-2026", ""),
    ],
)
async def test_the_simple_search_finds(rig: Rig, query: str, expected: str) -> None:
    highlevel = await opened(rig)

    assert names(await listed(rig, highlevel, query)) == expected


async def test_its_names_are_in_snake_case_and_in_version_v3_in_camel_case(rig: Rig) -> None:
    highlevel = await opened(rig)
    pipeline = (await pipelines(rig, highlevel))[1]["id"]

    older = await listed(rig, highlevel, f"&pipeline_id={pipeline}")
    newer = await highlevel.get(
        f"/opportunities/search?locationId={rig.location}&pipelineId={pipeline}"
    )

    assert names(older) == names(newer) == "DB"


async def test_meta_counts_and_leads_on(rig: Rig) -> None:
    highlevel = await opened(rig)

    first = await listed(rig, highlevel, "&limit=2")
    meta = first.body["meta"]
    second = await listed(
        rig,
        highlevel,
        f"&limit=2&startAfter={meta['startAfter']}&startAfterId={meta['startAfterId']}",
    )
    last = await listed(rig, highlevel, "&limit=2&page=3")

    assert (meta["total"], meta["currentPage"], meta["nextPage"]) == (5, 1, 2)
    assert names(second) == "CB"
    assert "nextPage" not in last.body["meta"]
    assert last.body["meta"]["prevPage"] == 2


@pytest.mark.parametrize("query", ["&limit=101", "&order=name", "&date=2026-09-21"])
async def test_what_the_simple_search_does_not_know_is_a_400(rig: Rig, query: str) -> None:
    highlevel = await opened(rig)

    assert (await listed(rig, highlevel, query)).status == 400


async def test_a_new_one_is_found_after_a_while(rig: Rig) -> None:
    await rig.control.post("/control/settings", {"search_lag_seconds": 5.0})
    highlevel = await opened(rig)

    early = await find(rig, highlevel)
    rig.clock.advance(5)
    late = await find(rig, highlevel)

    assert (names(early), names(late)) == ("A", "EDCBA")
