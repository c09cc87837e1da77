"""What a provider tells of an e-mail that went over it, in version v3."""

from dataclasses import replace
from typing import Any

import pytest

from tests.simulator.conftest import Door, Rig
from tests.simulator.test_logged_messages import HERE, opened


async def _mail(rig: Rig, *, mine: bool = True) -> tuple[Door, str]:
    """A client that speaks version v3, and the path of an e-mail."""
    dated, ids = await opened(rig)
    if not mine:
        del ids["conversationProviderId"]
    mail = {**ids, "type": "Email", "html": "<p>Yes</p>", "subject": "Re: Thursday"}
    reply = await dated.post(f"{HERE}/inbound", mail)
    newer = replace(dated, headers={**dated.headers, "Version": "v3"})
    return newer, f"{HERE}/email/{reply.body['emailMessageId']}"


async def test_what_is_told_adds_up_and_implies_more(rig: Rig) -> None:
    newer, path = await _mail(rig)
    bo = {"emailId": "bo@example.com", "status": "delivered"}

    first = await newer.put(f"{path}/status", {"status": "clicked", "events": {"clicked": 2}})
    told = {"status": "failed", "events": {"clicked": 0, "permanent_fail": 1}, "recipients": [bo]}
    await newer.put(f"{path}/status", told)

    once, again = [one["content"] for one in rig.effects("message.status_told")]
    assert first.body["success"] is True
    assert once["events"] == {"accepted": 1, "delivered": 1, "opened": 1, "clicked": 2}
    assert again["events"] == {**once["events"], "permanent_fail": 1}
    assert again["recipients"] == {"bo@example.com": bo}
    assert (await newer.get(path)).body["status"] == "failed"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "status should not be empty"),
        ({"status": "sent", "events": {"opened": "1"}}, "events.opened must be an integer number"),
        (
            {"status": "sent", "recipients": [{"status": "sent"}]},
            "recipients.0.emailId should not be empty",
        ),
    ],
)
async def test_what_does_not_fit_is_refused(rig: Rig, body: dict[str, Any], said: str) -> None:
    newer, path = await _mail(rig)

    reply = await newer.put(f"{path}/status", body)

    assert (reply.status, reply.body["message"]) == (422, [said])


async def test_other_e_mails_and_other_versions_have_no_such_call(rig: Rig) -> None:
    newer, path = await _mail(rig, mine=False)
    dated = replace(newer, headers={**newer.headers, "Version": "2021-07-28"})

    assert (await newer.put(f"{path}/status", {"status": "sent"})).status == 403
    assert (await newer.put(f"{HERE}/email/x/status", {"status": "sent"})).status == 400
    assert (await dated.put(f"{path}/status", {"status": "sent"})).status == 404
