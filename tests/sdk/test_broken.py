"""Each call that HighLevel's own client cannot make fails for the reason that is known."""

import pytest

from tests.sdk.broken import BROKEN, Broken
from tests.sdk.conftest import Make
from tests.simulator.conftest import Rig


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
async def test_it_fails_for_the_reason_that_is_known(
    broken: Broken, client: Make, rig: Rig
) -> None:
    highlevel = pytest.importorskip("highlevel")
    made = await rig.credentials("highlevel", kind="pit")
    message = await _message(rig)

    with pytest.raises(broken.raised or highlevel.GHLError) as failed:
        await broken.call(client(private_integration_token=made["access_token"]), rig, message)

    told = failed.value.request["url"] if broken.raised is None else str(failed.value)
    assert broken.shown in told


async def _message(rig: Rig) -> str:
    """A call that ended, with a recording and a transcript."""
    contact = await rig.contact(await rig.highlevel(), phone="+14155550100")
    turns = [{"speaker": "caller", "text": "Hello."}]
    asked = {"contact_id": contact, "turns": turns, "transcript_after_seconds": 0}
    placed = await rig.control.post("/control/highlevel/calls", asked)
    return str(placed.body["message"]["id"])
