"""What a conversation provider tells of an e-mail that went over it; of version v3 alone."""

from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, schedule, versions
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.fields import OBJECT, OBJECTS, one_of
from dragoman.simulator.highlevel.records import Message

STATUSES = (
    *("pending", "scheduled", "sent", "delivered", "read", "undelivered", "connected", "failed"),
    *("opened", "clicked"),
)
FIELDS = {"status": one_of(*STATUSES), "events": OBJECT, "recipients": OBJECTS}
_READ = frozenset({"clicked", "complained", "unsubscribed", "replied"})
_ACCEPTED = frozenset({"delivered", "permanent_fail", "temporary_fail"})


def update(call: Call) -> Answer:
    versions.need_v3(call)
    mail = _mail(call)
    body = call.body(FIELDS, required=("status",))
    events, recipients = body.get("events", {}), body.get("recipients", [])
    wrong = [
        f"events.{name} must be an integer number"
        for name, count in events.items()
        if type(count) is not int
    ]
    wrong += [text for at, one in enumerate(recipients) for text in _problems(at, one)]
    if wrong:
        raise answers.unprocessable(wrong)
    if mail.fields.get("conversationProviderId") != call.location.provider:
        said = "Status updates are only supported for emails of a custom conversation provider"
        raise answers.refusal(403, said)
    told = call.state.messaging.tallies.setdefault(mail.id, {"events": {}, "recipients": {}})
    told["events"] = _tallied(told["events"], events)
    told["recipients"] |= {one["emailId"]: one for one in recipients}
    mail.told, mail.updated = body["status"], call.now
    call.record("message.status_told", schedule.subject(call, mail), {**body, **told})
    said = "Updated email message successfully"
    return call.answer(200, {"success": True, "message": said})


def _mail(call: Call) -> Message:
    wanted = call.params["id"]
    for one in call.state.messages.values():
        if one.email_message_id == wanted:
            call.check_location(one.location_id)
            return one
    raise answers.not_found("Email message", wanted)


def _problems(at: int, one: dict[str, Any]) -> list[str]:
    wrong = [] if one.get("emailId") else [f"recipients.{at}.emailId should not be empty"]
    if one.get("status") not in STATUSES:
        words = ", ".join(STATUSES)
        wrong.append(f"recipients.{at}.status must be one of the following values: {words}")
    return wrong


def _tallied(known: dict[str, int], told: dict[str, int]) -> dict[str, Json]:
    """What is told goes over what is known, but for nothing at all; some of it implies more."""
    made = known | {name: count for name, count in told.items() if count}
    if _READ & made.keys():
        made = {"opened": 1, **made}
    if "opened" in made:
        made = {"delivered": 1, **made}
    return {"accepted": 1, **made} if _ACCEPTED & made.keys() else made
