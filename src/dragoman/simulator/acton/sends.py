"""Act-On's sends: to lists and records, at once or later, never to whom must not be written to."""

from collections.abc import Iterator

from dragoman.kernel.clock import SECOND, Millis
from dragoman.simulator.acton import answers, forms, messages
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.consent import fold
from dragoman.simulator.acton.forms import Form
from dragoman.simulator.acton.mail import Message, Recipient, Trace, unlike
from dragoman.simulator.acton.state import MarketingList, Record
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

NEEDED = ("title", "senderemail", "sendername", "subject", "when")


def send(call: Call) -> Answer:
    """Launch a draft, a template or an earlier message again; the draft stays."""
    call.params = {**call.params, "id": call.params["msgid"]}
    source = messages.known(call)
    form = forms.read(call.request)
    return _launch(call, form, source.html, source.text)


def send_custom(call: Call) -> Answer:
    """Launch what the request itself holds."""
    form = forms.read(call.request)
    if not (form.get("htmlbody") or form.get("textbody")):
        raise answers.missing("htmlbody")
    return _launch(call, form, form.get("htmlbody"), form.get("textbody"))


def resend(call: Call) -> Answer:
    """Launch what was sent already to other people, as a send of its own: that is a guess."""
    call.params = {**call.params, "id": call.params["msgid"]}
    source = messages.known(call)
    if source.kind != "SENT":
        raise answers.no_message()
    form = forms.read(call.request)
    when = messages.moment(form.get("when") or "0")
    made = _made(call, form, source.title, source.subject, when)
    made.html, made.text, made.sender = source.html, source.text, source.sender
    _start(call, made, form, when)
    return as_json(
        200, {"status": "success", "message": f"Message scheduled for re-launch: {made.id}"}
    )


def _launch(call: Call, form: Form, html: str, text: str) -> Answer:
    for name in NEEDED:
        form.need(name)
    sender = messages.verified(call, form.get("senderemail"))
    when = messages.moment(form.get("when"))
    made = _made(call, form, form.get("title"), form.get("subject"), when)
    made.html, made.text, made.sender = html, text, sender
    made.text_only = form.get("istextonly") == "Y"
    _start(call, made, form, when)
    said = {"status": "success", "message": f"Message scheduled for launch: {made.id}"}
    # What a success says was never published; a connector reads an id from it.
    return as_json(200, said if call.bare else {**said, "id": made.id})


def _made(call: Call, form: Form, title: str, subject: str, when: Millis) -> Message:
    to = [one for one in form.get("sendtoids").split(",") if one]
    records = [one for one in form.get("sendtorecids").split(",") if one]
    without = [one for one in form.get("suppressids").split(",") if one]
    if not to and not records:
        raise answers.missing("sendtoids")
    for one in (*to, *without):
        _list(call, one)
    for one in records:
        _record(call, one)
    if form.get("categoryid") and not _category(call, form):
        raise answers.invalid("categoryid")
    later = when > call.now
    made = messages.mailing(call).add(
        "SCHEDULED" if later else "SENT", title, when if later else call.now, subject=subject
    )
    made.to, made.without = (*to, *records), tuple(without)
    return made


def _start(call: Call, made: Message, form: Form, when: Millis) -> None:
    subject = {"message_id": made.id}
    if when > call.now:
        call.record("message.scheduled", subject, {"title": made.title, "when": when})
        call.world.background.start(_later(call, made, form))
    else:
        _deliver(call, made, form)


async def _later(call: Call, made: Message, form: Form) -> None:
    """Who must not be written to is found out when the time has come."""
    while call.now < made.at:
        await call.world.clock.sleep((made.at - call.now) / SECOND)
    if made.id in messages.mailing(call).messages:
        made.kind = "SENT"
        _deliver(call, made, form)


def _deliver(call: Call, made: Message, form: Form) -> None:
    people = list(_recipients(call, made))
    if form.get("issuppressduplicates") == "Y":
        people = unlike(people)
    for who in people:
        why = _objection(call, made, form, who)
        made.traces.append(Trace("SUPPRESSED" if why else "SENT", who, call.now, why=why))
        content = {"message_id": made.id, "title": made.title}
        effect = "email.suppressed" if why else "email.sent"
        subject = {"email": who.email, "record_id": who.record_id}
        call.record(effect, subject, {**content, "because": why} if why else content)


def _recipients(call: Call, made: Message) -> Iterator[Recipient]:
    for one in made.to:
        if ":" in one:
            found = call.state.lists.get(one.partition(":")[0])
            record = found.records.get(one) if found else None
            if found and record:
                yield _recipient(found, record)
        elif one in call.state.lists:
            found = call.state.lists[one]
            yield from (_recipient(found, record) for record in found.records.values())


def _objection(call: Call, made: Message, form: Form, who: Recipient) -> str:
    """Why this person is not written to; nothing where there is no reason."""
    consent, category = call.consent, _category(call, form)
    kept_from = (call.state.lists[one] for one in made.without if one in call.state.lists)
    # That opt-outs do not hold for transactional mail is what the word means, and a guess.
    marketing = form.get("istransactional") != "Y"
    reasons = {
        "no address": not forms.is_address(who.email),
        "hard bounce": consent.find("hardbounce", who.email),
        "spam complaint": consent.find("spamcomplaint", who.email),
        "opted out": marketing and consent.find("optout", who.email),
        f"opted out of {category}": category and consent.categories[category].opted_out(who.email),
        "suppression list": any(one.first_with(who.email) for one in kept_from),
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _category(call: Call, form: Form) -> str:
    """The name of the subscription category that is given by its id or its name."""
    asked = fold(form.get("categoryid"))
    found = call.consent.categories.values()
    return next((one.name for one in found if asked in (one.id, fold(one.name))), "")


def _recipient(one: MarketingList, record: Record) -> Recipient:
    names = (record.values.get(one.heading(part) or "", "") for part in ("FIRSTNAME", "LASTNAME"))
    return Recipient(one.email_of(record), one.id, record.id, " ".join(filter(None, names)))


def _list(call: Call, list_id: str) -> MarketingList:
    found = call.state.lists.get(list_id)
    if found is None or found.account != call.account:
        raise answers.no_list()
    return found


def _record(call: Call, record_id: str) -> None:
    if record_id not in _list(call, record_id.partition(":")[0]).records:
        raise answers.no_contact()


ROUTES = (
    Route("POST", "/api/1/message/custom/send", send_custom),
    Route("POST", "/api/1/message/{msgid}/send", send),
    Route("PUT", "/api/1/message/{msgid}/send", resend),
)
