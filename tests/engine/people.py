"""What people do at the vendors' own screens: write, call, opt out."""

from typing import Any

from dragoman.catalog.wire import Request
from dragoman.cli.demo.calling import UNHAPPY
from dragoman.kernel import jsons
from dragoman.kernel.clock import SECOND
from tests.engine.rig import HIGHLEVEL, Rig


async def known(rig: Rig, email: str = "bo@example.com", **fields: Any) -> str:
    """A contact of HighLevel's; its id."""
    person = {"email": email, "phone": "+14155550100", "firstName": "Bo", **fields}
    there = {name: value for name, value in person.items() if value}
    made = await rig.control("POST", "/control/highlevel/contacts", there)
    return str(made["contact"]["id"])


async def reply(rig: Rig, contact: str, text: str = "Yes", channel: str = "SMS") -> str:
    """The contact writes; the id of the message."""
    written = {"contact_id": contact, "text": text, "channel": channel}
    said = await rig.control("POST", "/control/highlevel/messages", written)
    return str(said["message"]["id"])


async def ring(
    rig: Rig, contact: str, turns: tuple[tuple[str, str], ...] = UNHAPPY, **asked: Any
) -> str:
    """The contact has called; the id of the message that says so."""
    said = [{"speaker": speaker, "text": text} for speaker, text in turns]
    placed = {"contact_id": contact, "turns": said, **asked}
    told = await rig.control("POST", "/control/highlevel/calls", placed)
    return str(told["message"]["id"])


async def schedule(rig: Rig, contact: str, text: str, seconds: float) -> str:
    """Somebody of the staff writes to the contact, to be sent so much later; the message's id."""
    headers = {
        "Authorization": f"Bearer {rig.given['main']['access_token']}",
        "Version": "2021-04-15",
        "Content-Type": "application/json",
    }
    at = rig.clock.now() // SECOND + round(seconds)
    message = {"type": "SMS", "contactId": contact, "message": text, "scheduledTimestamp": at}
    request = Request("POST", "/conversations/messages", (), headers, jsons.encode(message))
    answer = await rig.transport.send(HIGHLEVEL, request)
    rig.transport.sent.remove(request)  # that was not Dragoman
    return str(jsons.decode(answer.body)["messageId"])


async def opt_out(rig: Rig, email: str = "bo@example.com") -> None:
    """Somebody clicks on the link below a newsletter of Act-On's."""
    await rig.control("POST", "/control/acton/optouts", {"email": email})


async def disturb(rig: Rig, **faults: Any) -> None:
    """Let webhooks come twice, late, out of order, or not."""
    await rig.control("POST", "/control/webhooks/faults", faults)
