"""Act-On's subscription categories: names are keys, no action is an opt-in, setting overwrites."""

import pytest

from tests.simulator.conftest import START, Door, Reply, Rig

CATEGORIES = "/api/1/subscription/category"
OPTOUT = "/api/1/subscription/optout"
SET = "/api/1/subscription/setcategories"
BO = "bo@example.com"


async def _put(acton: Door, path: str, *pairs: tuple[str, str]) -> Reply:
    return await acton.call("PUT", path, form=pairs)


async def _names(acton: Door, email: str) -> list[str]:
    reply = await acton.get(f"{CATEGORIES}?email={email}")
    return [one["name"] for one in reply.body]


@pytest.fixture
async def acton(rig: Rig) -> Door:
    """A client that need not count its calls."""
    rig.world.settings = rig.world.settings.changed({"acton_limit": 100})
    return await rig.acton()


async def test_categories_are_a_bare_array(rig: Rig, acton: Door) -> None:
    made = {"name": "Events", "description": "Where to meet us"}
    await rig.control.post("/control/acton/categories", made)

    reply = await acton.get(CATEGORIES)

    assert [(one["id"], one["name"]) for one in reply.body] == [
        ("1", "News"),
        ("2", "Offers"),
        ("3", "Events"),
    ]
    assert reply.body[2]["description"] == "Where to meet us"


async def test_an_opt_out_of_one_category_leaves_the_others(acton: Door) -> None:
    reply = await _put(acton, OPTOUT, ("email", BO), ("category", "News"), ("action", "optout"))
    listed = await acton.get(f"{OPTOUT}?category=News")

    assert reply.body == {
        "status": "success",
        "message": "OptOut entry added for subscription category : News",
    }
    assert listed.body == {
        "offset": 0,
        "count": 1,
        "totalCount": 1,
        "result": [{"email": BO, "timestamp": START}],
    }
    assert await _names(acton, "BO@example.com") == ["Offers"]
    assert (await acton.get("/api/1/list/optout")).body["result"] == []


async def test_without_an_action_it_is_an_opt_in(rig: Rig, acton: Door) -> None:
    await _put(acton, OPTOUT, ("email", BO), ("category", "News"), ("action", "optout"))

    reply = await _put(acton, OPTOUT, ("email", BO), ("category", "News"))

    assert reply.body["message"] == "OptIn entry added for subscription category : News"
    assert await _names(acton, BO) == ["News", "Offers"]
    assert [one["content"]["action"] for one in rig.effects("subscription.changed")] == [
        "optout",
        "optin",
    ]


async def test_setting_categories_overwrites_all_of_them(rig: Rig, acton: Door) -> None:
    await rig.control.post("/control/acton/categories", {"name": "Events"})

    pairs = [("category", "News"), ("category", "Events")]
    reply = await _put(acton, SET, ("email", BO), *pairs)
    some = await _names(acton, BO)
    await _put(acton, SET, ("email", BO))
    none = await _names(acton, BO)

    assert reply.body["message"] == "Entry added for subscription categories : [News, Events]"
    assert (some, none) == (["News", "Events"], [])
    last = rig.effects("subscription.changed")[-1]
    assert last["subject"] == {"email": BO}
    assert last["content"] == {"category": "Events", "action": "optout"}


async def test_a_choice_that_stands_already_is_no_effect(rig: Rig, acton: Door) -> None:
    for _ in range(2):
        await _put(acton, OPTOUT, ("email", BO), ("category", "News"), ("action", "optout"))
        rig.clock.advance(60)

    assert len(rig.effects("subscription.changed")) == 1
    listed = await acton.get(f"{OPTOUT}?category=News")
    assert listed.body["result"][0]["timestamp"] == START


async def test_a_person_chooses_on_the_page_and_it_is_no_effect(rig: Rig, acton: Door) -> None:
    path = "/control/acton/subscriptions"
    reply = await rig.control.post(path, {"email": BO, "category": "Offers"})
    nowhere = await rig.control.post(path, {"email": BO, "category": "Nothing"})
    shown = (await rig.control.get("/control/acton/categories")).body["categories"]

    assert (reply.status, nowhere.status) == (201, 404)
    assert await _names(acton, BO) == ["News"]
    assert [one["opted_out"] for one in shown] == [[], [BO]]
    assert rig.written() == []


@pytest.mark.parametrize(
    ("path", "pairs", "said"),
    [
        (OPTOUT, [("category", "News")], (422, 10121)),
        (OPTOUT, [("email", BO)], (422, 10121)),
        (OPTOUT, [("email", "nobody"), ("category", "News")], (400, 10008)),
        (OPTOUT, [("email", BO), ("category", "1")], (400, 10054)),
        (OPTOUT, [("email", BO), ("category", "News"), ("action", "out")], (400, 10054)),
        (SET, [("category", "News")], (422, 10121)),
        (SET, [("email", BO), ("category", "News"), ("category", "?")], (400, 10054)),
    ],
)
async def test_what_does_not_fit_changes_nothing(
    rig: Rig, acton: Door, path: str, pairs: list[tuple[str, str]], said: tuple[int, int]
) -> None:
    reply = await _put(acton, path, *pairs)

    assert (reply.status, reply.body["errorCode"]) == said
    assert rig.written() == []


async def test_json_is_no_form(acton: Door) -> None:
    reply = await acton.put(OPTOUT, {"email": BO, "category": "News", "action": "optout"})

    assert (reply.status, reply.body["errorCode"]) == (422, 10121)


async def test_reading_opt_outs_needs_a_category_that_is_there(acton: Door) -> None:
    unnamed, unknown = await acton.get(OPTOUT), await acton.get(f"{OPTOUT}?category=Nothing")

    assert [(one.status, one.body["errorCode"]) for one in (unnamed, unknown)] == [
        (422, 10121),
        (400, 10054),
    ]
