"""Act-On's messages: drafts and templates are made, changed and deleted, and all are listed."""

from dragoman.kernel.clock import Millis
from dragoman.kernel.jsons import Json
from dragoman.simulator.acton import answers, calendar, filters, forms
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.forms import Form
from dragoman.simulator.acton.mail import KINDS, Mailing, Message, Sender
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.figures import whole
from dragoman.simulator.routes import Route

HTML = "text/html; charset=utf-8"


def every(call: Call) -> Answer:
    """Numbers and flags of a message are text; `id` is of no known use."""
    kind = call.request.query.get("type", "").upper()
    if not kind:
        raise answers.missing("type")
    found = [one for word in KINDS if word == kind for one in mailing(call).listed(word)]
    if kind not in KINDS:
        raise answers.invalid("type")
    offset, count = filters.page(call)
    rows = [_listed(call, one) for one in found[offset : offset + count]]
    page = {"count": len(rows), "totalCount": len(found), "offset": offset, "msgresult": rows}
    return as_json(200, {**page, "id": 0})


def create(call: Call) -> Answer:
    form = forms.read(call.request)
    kind = form.word("type", ("draft", "template"))
    subject = form.need("subject")
    made = mailing(call).add(
        "DRAFT" if kind == "draft" else "TEMPLATE",
        form.get("title") or subject,
        call.now,
        subject=subject,
        html=form.get("htmlbody"),
        text=form.get("textbody"),
        sender=_sender(call, form),
    )
    call.record("message.drafted", {"message_id": made.id}, {"title": made.title})
    return as_json(200, {"status": "success", "message": "Message created", "id": made.id})


def update(call: Call) -> Answer:
    """Change what is given of a draft or a template; what was sent is as it is."""
    one, form = known(call), forms.read(call.request)
    if one.kind not in ("DRAFT", "TEMPLATE"):
        raise answers.no_message()
    for name, key in (
        *(("title", "title"), ("subject", "subject")),
        *(("html", "htmlbody"), ("text", "textbody")),
    ):
        if form.get(key):
            setattr(one, name, form.get(key))
    call.record("message.changed", {"message_id": one.id}, {"title": one.title})
    return as_json(200, {"status": "success", "message": "Message updated", "id": one.id})


def delete(call: Call) -> Answer:
    """What a success says was never published; the body here is a guess."""
    one = known(call)
    del mailing(call).messages[one.id]
    call.record("message.deleted", {"message_id": one.id}, {})
    return as_json(200, {"status": "success", "message": "Message deleted"})


def html(call: Call) -> Answer:
    """The message as one recipient sees it."""
    one = known(call)
    marketing_list = call.state.lists.get(call.params["recid"].partition(":")[0])
    if marketing_list is None or marketing_list.account != call.account:
        raise answers.no_contact()
    record = marketing_list.records.get(call.params["recid"])
    if record is None:
        raise answers.no_contact()
    page = one.html or f"<pre>{one.text}</pre>"
    for heading in marketing_list.headings:
        page = page.replace("{{" + heading + "}}", record.values.get(heading, ""))
    return Answer(200, page.encode(), HTML)


def mailing(call: Call) -> Mailing:
    return call.own.mailing


def known(call: Call, status: int = 400) -> Message:
    """The message of the path; that it is not there is told with another status by some calls."""
    found = mailing(call).messages.get(call.params["id"])
    if found is None:
        raise answers.no_message(status)
    return found


def moment(text: str) -> Millis:
    """Seconds or milliseconds, for the vendor's own sample and its clients differ.

    Raises:
        Refusal: it is no number.
    """
    found = whole(text)
    if found is None or len(text) > len("9999999999999"):
        raise answers.invalid("when")
    return found if len(text) > len("9999999999") else found * 1000


def _sender(call: Call, form: Form) -> Sender | None:
    if not form.get("senderemail"):
        return None
    return verified(call, form.get("senderemail"))


def verified(call: Call, email: str) -> Sender:
    """The verified sender of that address.

    Raises:
        Refusal: there is none; how Act-On says so was never published, and this is a guess.
    """
    found = mailing(call).sender(email)
    if found is None:
        raise answers.invalid("senderemail")
    return found


def _listed(call: Call, one: Message) -> Json:
    return {
        "name": one.title,
        "msgId": one.id,
        "msgType": one.kind,
        "timeStamp": str(one.at),
        "timeWhen": calendar.shown(one.at, call.own.time_zone, year=False),
        "senderName": one.sender.name,
        "senderId": one.sender.id,
        "isTextOnly": str(one.text_only).lower(),
        "senderEmail": one.sender.email,
    }


ROUTES = (
    Route("GET", "/api/1/message", every),
    Route("POST", "/api/1/message", create),
    Route("PUT", "/api/1/message/{id}", update),
    Route("DELETE", "/api/1/message/{id}", delete),
    Route("GET", "/api/1/message/{id}/{recid}", html),
)
