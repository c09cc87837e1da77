"""An e-mail with its text, which the lists of messages do not show."""

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.exchange import Answer
from dragoman.simulator.highlevel import answers, views
from dragoman.simulator.highlevel.call import Call
from dragoman.simulator.highlevel.records import Message


def get(call: Call) -> Answer:
    """By the e-mail's own id, which is not that of the message."""
    wanted = call.params["id"]
    mails = (one for one in call.state.messages.values() if one.email_message_id == wanted)
    mail = next(mails, None)
    if mail is None:
        raise answers.not_found("Email message", wanted)
    call.check_location(mail.location_id)
    return call.answer(200, _shown(call, mail))


def _shown(call: Call, one: Message) -> dict[str, Json]:
    contact, location = call.state.contacts[one.contact_id], call.location
    theirs, ours = contact.email, location.email
    sender, receiver = (theirs, ours) if one.direction == "inbound" else (ours, theirs)
    fields = one.fields
    shown = {
        "id": one.email_message_id,
        "altId": fields.get("altId"),
        "threadId": fields.get("threadId") or one.email_message_id,
        "locationId": one.location_id,
        "contactId": one.contact_id,
        "conversationId": one.conversation_id,
        "dateAdded": iso(one.added),
        "subject": fields.get("subject"),
        "body": one.body,
        "direction": one.direction,
        "status": views.status(call.world.settings, one, call.now),
        "contentType": "text/html",
        "attachments": fields.get("attachments"),
        "from": fields.get("emailFrom") or sender,
        "to": [fields.get("emailTo") or receiver],
        "cc": fields.get("emailCc"),
        "bcc": fields.get("emailBcc"),
        "replyToMessageId": fields.get("replyMessageId"),
        "source": views.source(one),
        "conversationProviderId": fields.get("conversationProviderId"),
    }
    return {name: value for name, value in shown.items() if value is not None}
