"""Act-On's lists: positions, filters of an unstated unit, pages."""

import pytest

from tests.simulator.conftest import START, Door, Rig

LIST = "/api/1/list/l-0042"
PEOPLE = "/control/acton/lists/l-0042/contacts"


@pytest.fixture
async def acton(rig: Rig) -> Door:
    """A client, and two rows: Bo an hour ago, Ann now."""
    hour_ago = START - 3_600_000
    bo = {"email": "bo@example.com", "first_name": "Bo", "created": hour_ago}
    ann = {"email": "ann@example.com", "first_name": "Ann", "phone": "+14155550101"}
    await rig.control.post(PEOPLE, {"contacts": [bo, ann]})
    return await rig.acton()


async def test_lists_are_listed_with_a_size_as_text(acton: Door) -> None:
    reply = await acton.get("/api/1/list?listingtype=CONTACT_LIST")
    unnamed = await acton.get("/api/1/list")

    assert [(one["id"], one["sourceSize"]) for one in reply.body["result"]] == [("l-0042", "2")]
    assert (unnamed.status, unnamed.body["errorCode"]) == (422, 10121)


async def test_rows_are_positional_with_the_id_in_front(rig: Rig, acton: Door) -> None:
    reply = await acton.get(LIST)

    headings = rig.world.acton.default_list.headings
    assert reply.body["headers"] == ["_contact_id_", *headings]
    assert headings[:4] == ("First Name", "Last Name", "E-mail Address", "Cell Phone")
    empty = [""] * (len(headings) - 4)
    assert reply.body["data"] == [
        ["l-0042:1", "Bo", "", "bo@example.com", "", *empty],
        ["l-0042:2", "Ann", "", "ann@example.com", "+14155550101", *empty],
    ]
    assert reply.body["headers"][reply.body["emailColumn"]] == "E-mail Address"


async def test_datequalifiers_append_two_columns_in_milliseconds(acton: Door) -> None:
    reply = await acton.get(f"{LIST}?datequalifiers=true&fields=First+Name")

    assert reply.body["headers"][-2:] == ["__created_date", "__modified_date"]
    assert "Last Name" in reply.body["headers"]
    assert [row[-2:] for row in reply.body["data"]] == [
        [START - 3_600_000, START - 3_600_000],
        [START, START],
    ]


async def test_fields_pick_columns_and_an_unknown_one_fails(acton: Door) -> None:
    picked = await acton.get(f"{LIST}?fields=E-mail+Address%3BFirst+Name&count=1")
    unknown = await acton.get(f"{LIST}?fields=Nickname")

    assert picked.body["data"] == [["l-0042:1", "bo@example.com", "Bo"]]
    assert (unknown.status, unknown.body["errorCode"]) == (400, "10010")


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (f"modafter={START - 1}", ["l-0042:2"]),
        (f"modafter={START}", []),
        (f"modbefore={START}", ["l-0042:1"]),
        (f"createdafter={START - 1}", ["l-0042:2"]),
        (f"createdbefore={START}", ["l-0042:1"]),
        ("modafter=0", ["l-0042:1", "l-0042:2"]),
    ],
)
async def test_filters_take_milliseconds_by_default(
    acton: Door, query: str, ids: list[str]
) -> None:
    reply = await acton.get(f"{LIST}?{query}")

    assert [row[0] for row in reply.body["data"]] == ids
    assert reply.body["totalCount"] == len(ids)


async def test_filters_take_seconds_when_set_so(rig: Rig, acton: Door) -> None:
    rig.world.settings = rig.world.settings.changed({"time_unit": "s"})

    seconds = await acton.get(f"{LIST}?modafter={START // 1000 - 1}")
    millis = await acton.get(f"{LIST}?modafter={START - 1}")
    words = await acton.get(f"{LIST}?modafter=yesterday")

    assert [row[0] for row in seconds.body["data"]] == ["l-0042:2"]
    assert millis.body["data"] == []
    assert (words.status, words.body["errorCode"]) == (400, 10160)


async def test_pages_go_by_offset_and_stop_at_the_maximum(rig: Rig, acton: Door) -> None:
    rig.world.settings = rig.world.settings.changed({"acton_page_maximum": 1})

    first = await acton.get(f"{LIST}?count=500")
    second = await acton.get(f"{LIST}?count=500&offset=1")

    assert [row[0] for row in first.body["data"]] == ["l-0042:1"]
    assert [row[0] for row in second.body["data"]] == ["l-0042:2"]
    assert (second.body["offset"], second.body["count"], second.body["totalCount"]) == (1, 1, 2)


async def test_rows_come_as_csv_too(acton: Door) -> None:
    reply = await acton.get(f"{LIST}?responseformat=CSV&fields=First+Name")

    assert reply.raw == b"_contact_id_,First Name\nl-0042:1,Bo\nl-0042:2,Ann\n"


async def test_a_list_of_another_account_is_invalid(rig: Rig) -> None:
    stranger = await rig.acton(account_id="7")

    reply = await stranger.get(LIST)

    assert (reply.status, reply.body["errorCode"]) == (400, 10004)
