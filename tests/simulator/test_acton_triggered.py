"""Act-On's single e-mails: limits, released templates, people who must not be written to."""

from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig

MESSAGE = "/api/1/message"
ETE: dict[str, dict[str, Any]] = {
    "envelope": {"toAddress": "bo@example.com"},
    "metadata": {"transactional": False},
    "actions": {"trackOpens": True, "trackClicks": True},
}


@pytest.fixture
async def acton(rig: Rig) -> Door:
    rig.world.settings = rig.world.settings.changed({"acton_limit": 100})
    return await rig.acton()


@pytest.mark.parametrize(
    ("group", "change", "said"),
    [
        ("envelope", {"toAddress": "nobody"}, "toAddress invalid"),
        ("envelope", {"ccAddressList": ["a@example.com"] * 6}, "ccAddressList invalid"),
        ("metadata", {"transactional": "no"}, "transactional invalid"),
        ("metadata", {"externalId": "x" * 129}, "externalId invalid"),
        ("metadata", {"tagList": ["a", "b"]}, "tagList invalid"),
        ("content", {"subjectLine": "x" * 91}, "subjectLine invalid"),
        ("content", {"previewText": "x" * 241}, "previewText invalid"),
        ("actions", {"trackOpens": None}, "trackOpens invalid"),
    ],
)
async def test_a_single_email_has_its_limits(
    rig: Rig, acton: Door, group: str, change: dict[str, Any], said: str
) -> None:
    body = {**ETE, group: {**ETE.get(group, {}), **change}}

    reply = await acton.post("/ete/v1/email/40042/t-0001", body)

    assert (reply.status, reply.body) == (400, {"errorName": "Invalid request:", "message": said})
    assert rig.effects("email.sent") == []


async def test_a_single_email_goes_out_by_a_template_that_was_released(
    rig: Rig, acton: Door
) -> None:
    made = await acton.call("POST", MESSAGE, form={"type": "template", "subject": "News"})
    path = f"/ete/v1/email/40042/{made.body['id']}"

    held = await acton.post(path, ETE)
    await rig.control.post(f"/control/acton/messages/{made.body['id']}/release")
    sent = await acton.post(path, ETE)
    elsewhere = await acton.post(path.replace("40042", "7"), ETE)

    assert [one.status for one in (held, sent, elsewhere)] == [400, 200, 400]
    assert held.body["errorName"] == "Invalid ID in request:"
    assert (sent.body["success"], sent.body["suppressedRecipients"]) == (True, [])
    assert len(rig.effects("email.sent")) == 1


async def test_a_single_email_is_refused_to_whom_is_suppressed(rig: Rig, acton: Door) -> None:
    await rig.control.post("/control/acton/optouts", {"email": "bo@example.com"})

    path = "/ete/v1/email/40042/t-0001"
    marketing = await acton.post(path, ETE)
    order = await acton.post(path, {**ETE, "metadata": {"transactional": True}})
    await rig.control.post("/control/settings", {"acton_features": []})
    bought = await acton.post(path, {**ETE, "metadata": {"transactional": True}})

    assert (marketing.status, marketing.body["success"]) == (400, False)
    assert marketing.body["suppressedRecipients"] == ["bo@example.com"]
    assert order.status == 200
    assert (bought.status, bought.body["errorName"]) == (500, "EmailServiceException")
