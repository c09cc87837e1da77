"""HighLevel's calls that have no module of their own: checked and answered as they are declared."""

from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from tests.simulator.conftest import Door, Reply, Rig

COUPON = {
    "altType": "location",
    "name": "Spring",
    "code": "SPRING",
    "discountType": "percentage",
    "discountValue": 10,
    "startDate": "2026-01-01T22:45:00.000Z",
}


async def _make(rig: Rig, door: Door, **changed: Any) -> Reply:
    body = {"altId": rig.location, **COUPON, **changed}
    return await door.post(
        "/payments/coupon", {name: one for name, one in body.items() if one is not None}
    )


async def test_what_is_made_has_the_fields_of_the_request_and_an_id_of_its_own(rig: Rig) -> None:
    door = await rig.highlevel()

    first, second = [await _make(rig, door) for _ in range(2)]

    assert (first.status, first.body["code"], first.body["discountValue"]) == (201, "SPRING", 10)
    assert first.body["discountType"] == "percentage"
    assert first.body["altId"] == rig.location
    assert first.body["traceId"]
    assert first.body["_id"] != second.body["_id"]


async def test_what_changes_something_stands_in_the_ledger(rig: Rig) -> None:
    door = await rig.highlevel()

    await _make(rig, door)
    await door.get(f"/payments/coupon/list?altId={rig.location}&altType=location")

    (entry,) = [one for one in rig.written() if one["effect"].startswith("generic.")]
    assert (entry["effect"], entry["vendor"]) == ("generic.coupons.create", "highlevel")
    assert entry["content"]["code"] == "SPRING"


async def test_what_is_asked_for_by_its_id_has_that_id_and_is_the_same_again(rig: Rig) -> None:
    door = await rig.highlevel()
    path = f"/invoices/inv-1?altId={rig.location}&altType=location"

    once, again = await door.get(path), await door.get(path)
    other = await door.get(path.replace("inv-1", "inv-2"))

    assert once.body["_id"] == "inv-1"
    assert {**once.body, "traceId": ""} == {**again.body, "traceId": ""}
    assert once.body["createdAt"] != other.body["createdAt"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": None}, "code should not be empty"),
        ({"code": ""}, "code should not be empty"),
        ({"code": 3}, "code must be a string"),
        (
            {"discountType": "gift"},
            "discountType must be one of the following values: percentage, amount",
        ),
        ({"productIds": [1]}, "productIds.0 must be a string"),
        (
            {"applyToFuturePaymentsConfig": {"type": "forever", "duration": 1}},
            "applyToFuturePaymentsConfig.durationType should not be empty",
        ),
    ],
)
async def test_what_does_not_fit_is_told_in_the_validators_words(
    rig: Rig, changed: dict[str, Any], said: str
) -> None:
    reply = await _make(rig, await rig.highlevel(), **changed)

    assert (reply.status, reply.body["message"]) == (422, [said])
    assert reply.body["error"] == "Unprocessable Entity"
    assert rig.effects("generic.coupons.create") == []


async def test_what_is_unknown_is_passed_over_and_null_is_nothing(rig: Rig) -> None:
    door = await rig.highlevel()
    body = {"altId": rig.location, **COUPON, "unknown": 1, "usageLimit": None}

    assert (await door.post("/payments/coupon", body)).status == 201


async def test_a_query_is_read_as_it_is_declared(rig: Rig) -> None:
    door = await rig.highlevel()
    path = f"/payments/coupon/list?altId={rig.location}&altType=location"

    wrong = await door.get(f"{path}&limit=many")
    below = await door.get(f"{path}&offset=-1")

    assert wrong.body["message"] == ["limit must be an integer number"]
    assert below.body["message"] == ["offset must not be less than 0"]


async def test_another_location_and_none_are_refused_alike(rig: Rig) -> None:
    door = await rig.highlevel()

    for changed in ({"altId": "AnotherLocation00001"}, {"altId": None}):
        reply = await _make(rig, door, **changed)
        assert (reply.status, reply.body["message"]) == (
            403,
            "The token does not have access to this location.",
        )


async def test_token_version_and_scope_are_looked_at_first(rig: Rig) -> None:
    door = await rig.highlevel()
    path = f"/payments/coupon/list?altId={rig.location}&altType=location"
    poor = await rig.highlevel(scopes=["contacts.readonly"])

    nobody = await Door(rig.http, door.url).get(path)
    old = await replace(door, headers={**door.headers, "Version": "1999-01-01"}).get(path)
    unscoped = await poor.get(path)

    assert (nobody.status, nobody.body["message"]) == (401, "Invalid JWT")
    assert (old.status, old.body["message"]) == (401, "version header is invalid")
    assert unscoped.body["message"] == "The token is not authorized for this scope."


async def test_what_is_the_agencys_is_forbidden_to_a_location(rig: Rig) -> None:
    company = rig.world.highlevel.company_id
    path = f"/snapshots/?companyId={company}"
    location, agency = await rig.highlevel(), await rig.highlevel(user_type="Company")

    assert (await location.get(path)).status == 403
    assert (await agency.get(path)).status == 200
    assert (await agency.get("/snapshots/?companyId=another")).status == 403


async def test_an_agency_reaches_its_locations_and_no_others(rig: Rig) -> None:
    agency = await rig.highlevel(user_type="Company")

    own = await agency.get(f"/invoices/settings?altId={rig.location}&altType=location")
    other = await agency.get("/invoices/settings?altId=AnotherLocation00001&altType=location")

    assert (own.status, other.status) == (200, 400)


async def test_a_private_token_is_no_token_of_an_app(rig: Rig) -> None:
    private = await rig.highlevel(kind="pit")
    oauth = await rig.highlevel()
    path = "/marketplace/app/ExampleApp0000000001/installations"

    assert (await oauth.get(path)).status == 200
    assert (await private.get(path)).status == 401


async def test_a_body_is_of_the_type_that_is_due(rig: Rig) -> None:
    door = await rig.highlevel()

    async def call(**sent: Any) -> Reply:
        return await door.call("POST", "/payments/coupon", **sent)

    assert (await call(form={"name": "Spring"})).status == 415
    broken = await call(form=b"{", headers={"Content-Type": "application/json"})
    assert (broken.status, broken.body["message"]) == (
        400,
        "Unexpected token in JSON at position 0",
    )


async def test_a_file_is_looked_at(rig: Rig) -> None:
    door = await rig.highlevel()
    path = f"/social-media-posting/{rig.location}/csv"

    def form(name: str) -> Any:
        made = aiohttp.FormData()
        made.add_field("file", b"a,b", filename=name, content_type="text/csv")
        return made

    assert (await door.call("POST", path, form=form("posts.csv"))).status == 201
    refused = await door.call("POST", path, form=form("posts.exe"))
    assert refused.body["message"] == ["file must be one of csv"]


async def test_what_nobody_declares_is_not_there(rig: Rig) -> None:
    reply = await (await rig.highlevel()).get("/nowhere")

    assert (reply.status, reply.body["message"]) == (404, "Cannot GET /nowhere")


async def test_a_path_of_version_three_is_known_to_it_alone(rig: Rig) -> None:
    dated = await rig.highlevel()
    newer = replace(dated, headers={**dated.headers, "Version": "v3"})
    path = "/ad-publishing/facebook/ads"

    assert (await dated.put(path, {})).status == 404
    assert (await dated.put(f"{path}-v2", {"locationId": rig.location})).status == 422
    assert (await newer.put(path, {"locationId": rig.location})).status == 422
