"""Segments of Act-On Contacts: some are chosen by hand, some by a filter."""

from typing import Any

import pytest

from tests.simulator.book import client, put
from tests.simulator.conftest import Door, Rig

SEGMENTS = "/ucl/v2/40042/segment/"
FIRST = "/ucl/v2/40042/segment/g-000b"
TOP = "l-unified-contacts"


@pytest.fixture
async def acton(rig: Rig) -> Door:
    return await client(rig)


@pytest.fixture
async def people(rig: Rig) -> list[str]:
    bo = {"email": "bo@example.com", "fields": {"businessCity": "Portland"}}
    ann = {"email": "ann@example.com", "fields": {"businessCity": "Salem", "company": "Example"}}
    cy = {"fields": {"externalId": "1", "objectType": "Contact", "businessCity": "portland"}}
    return await put(rig, bo, ann, cy)


def where(how: str, *conditions: tuple[str, str, list[str]]) -> dict[str, Any]:
    """A filter, laid out as the published description hints at."""
    return {
        "type": "filter",
        "expressionEvaluationType": how,
        "expressions": [
            {"type": "profile", "field": field, "condition": {"comparison": word, "values": values}}
            for field, word, values in conditions
        ],
    }


async def members(acton: Door, segment: str) -> list[str]:
    reply = await acton.get(f"{SEGMENTS}{segment}/contacts")
    assert reply.status == 200, reply.raw
    return [one["id"] for one in reply.body["data"]]


async def test_one_is_there_from_the_start(acton: Door) -> None:
    listed = await acton.get(SEGMENTS)
    read = await acton.get(FIRST)

    shown = {"name": "From HighLevel", "type": "DIRECT_SELECT", "parentId": TOP, "filter": None}
    assert read.body == {"id": "g-000b", **shown}
    assert listed.body["data"] == [read.body]


async def test_contacts_are_put_in_and_taken_out(acton: Door, rig: Rig, people: list[str]) -> None:
    bo, ann, _ = people

    added = await acton.put(f"{FIRST}/contacts", [ann, bo, ann])
    again = await acton.put(f"{FIRST}/contacts", [bo])
    both = await members(acton, "g-000b")
    removed = await acton.call("DELETE", f"{FIRST}/contacts", json=[ann, "l-unified-contacts:ff"])

    assert (added.status, again.status, removed.status) == (200, 200, 200)
    assert both == [bo, ann]
    assert await members(acton, "g-000b") == [bo]
    assert [one["subject"]["contact_id"] for one in rig.effects("segment.contact.added")] == [
        ann,
        bo,
    ]
    assert len(rig.effects("segment.contact.removed")) == 1


async def test_where_one_is_nobody_nobody_is_put_in(acton: Door, people: list[str]) -> None:
    unknown = await acton.put(f"{FIRST}/contacts", [people[0], "l-unified-contacts:ff"])
    nowhere = await acton.put(f"{SEGMENTS}g-00ff/contacts", people)

    assert (unknown.status, nowhere.status) == (400, 400)
    assert await members(acton, "g-000b") == []


async def test_outside_ids_and_addresses_name_contacts_too(acton: Door, people: list[str]) -> None:
    bo, _, cy = people
    outside = [{"objectType": "Contact", "externalId": "1"}]

    await acton.put(f"{FIRST}/externalId/contacts", outside)
    await acton.put(f"{FIRST}/contacts", [bo])
    strange = await acton.put(f"{FIRST}/externalId/contacts", [{"externalId": "1"}])
    both = await members(acton, "g-000b")
    address = f"{FIRST}/email/contact?policy=OLDEST_CONTACT&email="
    by_email = await acton.delete(f"{address}bo%40example.com")
    nobody = await acton.delete(f"{address}di%40example.com")
    await acton.call("DELETE", f"{FIRST}/externalId/contacts", json=outside)

    assert both == [bo, cy]
    assert (strange.status, by_email.status, nobody.status) == (400, 200, 404)
    assert await members(acton, "g-000b") == []


async def test_who_is_deleted_is_in_no_segment(acton: Door, people: list[str]) -> None:
    await acton.put(f"{FIRST}/contacts", people)

    await acton.call("DELETE", "/ucl/v2/40042/contact/ids", json=people[:1])

    assert await members(acton, "g-000b") == people[1:]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([0, 2], where("AND", ("Business City", "EQUALS", ["Portland"]))),
        ([1], where("AND", ("Business City", "NOT_EQUALS", ["Portland"]))),
        (
            [0, 1],
            where(
                "OR", ("Company", "CONTAINS", ["xam"]), ("E-mail Address", "STARTS_WITH", ["bo"])
            ),
        ),
        ([2], where("AND", ("E-mail Address", "IS_EMPTY", []))),
        (
            [1],
            where("AND", ("Company", "IS_NOT_EMPTY", []), ("Business City", "EQUALS", ["Salem"])),
        ),
        ([], where("AND", ("Company", "IS_NOT_EMPTY", []), ("Business City", "EQUALS", ["Bend"]))),
    ],
)
async def test_a_filter_decides_who_is_in(
    acton: Door, people: list[str], found: list[int], said: dict[str, Any]
) -> None:
    asked = {"name": "Filtered", "parentId": TOP, "type": "QUERY", "filter": said}

    made = await acton.post(SEGMENTS, asked)

    assert (made.body["isSuccess"], made.body["source"]["filter"]) == (True, said)
    assert made.body["source"]["id"] == "q-000c"
    assert await members(acton, "q-000c") == [people[number] for number in found]
    assert (await acton.put(f"{SEGMENTS}q-000c/contacts", people)).status == 400


async def test_a_filter_asks_for_scores_and_follows_them(
    acton: Door, rig: Rig, people: list[str]
) -> None:
    hot = where("AND", ("Act-On Primary Score", "GREATER_THAN", ["40"]))
    await acton.post(SEGMENTS, {"name": "Hot", "parentId": TOP, "type": "SEARCH", "filter": hot})

    before = await members(acton, "q-000c")
    await rig.control.post(f"/control/acton/contacts/{people[1]}/score", {"score": 42})

    assert (before, await members(acton, "q-000c")) == ([], [people[1]])


async def test_a_segment_in_a_segment_has_nobody_else(acton: Door, people: list[str]) -> None:
    await acton.put(f"{FIRST}/contacts", people[1:])
    city = where("AND", ("Business City", "EQUALS", ["Portland"]))
    await acton.post(
        SEGMENTS, {"name": "In it", "parentId": "g-000b", "type": "QUERY", "filter": city}
    )

    kept = await acton.delete(FIRST)

    assert await members(acton, "q-000c") == [people[2]]
    assert (kept.status, kept.raw) == (403, b"")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "From HighLevel", "parentId": TOP, "type": "DIRECT_SELECT"}, 409),
        ({"name": "New", "parentId": "g-00ff", "type": "DIRECT_SELECT"}, 400),
        ({"name": "", "parentId": TOP, "type": "DIRECT_SELECT"}, 400),
        ({"name": "New", "parentId": TOP, "type": "LIST"}, 400),
        ({"name": "New", "parentId": TOP, "type": "QUERY"}, 400),
        ({"name": "New", "parentId": TOP, "type": "QUERY", "filter": where("CUSTOM")}, 400),
        ({"name": "New", "parentId": TOP, "type": "QUERY", "filter": where("AND")}, 400),
        (
            {
                "name": "New",
                "parentId": TOP,
                "type": "QUERY",
                "filter": where("AND", ("Nickname", "EQUALS", ["Bo"])),
            },
            400,
        ),
    ],
)
async def test_what_cannot_be_a_segment_is_refused(
    acton: Door, body: dict[str, Any], status: int
) -> None:
    assert (await acton.post(SEGMENTS, body)).status == status


async def test_of_a_direct_select_segment_only_the_name_changes(acton: Door) -> None:
    named = await acton.put(FIRST, {"name": "From elsewhere", "type": "DIRECT_SELECT"})
    typed = await acton.put(FIRST, {"type": "QUERY"})
    filtered = await acton.put(FIRST, {"filter": where("AND", ("Company", "IS_EMPTY", []))})
    missing = await acton.put(f"{SEGMENTS}g-00ff", {"name": "New"})

    assert named.body["source"]["name"] == "From elsewhere"
    assert [one.status for one in (typed, filtered, missing)] == [400, 400, 404]


async def test_a_deleted_segment_leaves_its_contacts(acton: Door, people: list[str]) -> None:
    await acton.put(f"{FIRST}/contacts", people)

    gone = await acton.delete(FIRST)

    assert (gone.status, gone.body) == (200, {})
    assert (await acton.get(f"{FIRST}/contacts")).status == 404
    assert (await acton.get("/ucl/v2/40042/contact/")).body["totalCount"] == 3


async def test_people_at_the_screens_choose_contacts_too(
    rig: Rig, acton: Door, people: list[str]
) -> None:
    where_ = "/control/acton/segments/g-000b/members"

    put_in = await rig.control.post(where_, {"contact_ids": people[:1]})
    stranger = await rig.control.post(where_, {"contact_ids": ["l-unified-contacts:ff"]})

    assert (put_in.status, stranger.status) == (200, 404)
    assert await members(acton, "g-000b") == people[:1]


async def test_the_page_shows_contacts_with_score_and_segments(rig: Rig, people: list[str]) -> None:
    await rig.control.post(f"/control/acton/contacts/{people[0]}/score", {"score": 42})
    await rig.control.post("/control/acton/segments/g-000b/members", {"contact_ids": people[:1]})

    page = (await rig.control.get("/")).raw.decode()

    row = next(row for row in page.split("</tr>") if people[0] in row)
    assert all(text in row for text in ("bo@example.com", "42", "From HighLevel"))
    assert "From HighLevel" not in next(row for row in page.split("</tr>") if people[1] in row)
