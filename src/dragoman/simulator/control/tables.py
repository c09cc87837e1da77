"""What the page shows of the two vendors: tables, newest first."""

from collections.abc import Iterable

from dragoman.kernel.jsons import Json
from dragoman.simulator.acton.consent import KINDS
from dragoman.simulator.acton.contacts.columns import SCORE
from dragoman.simulator.control import highlevel
from dragoman.simulator.control.html import Html, button, moment, table
from dragoman.simulator.highlevel.records import Contact, Message
from dragoman.simulator.world import World

SHOWN = 25
"""Rows of each table."""
LONGEST = 240
"""Characters of a text; all of it stands in the control server's JSON."""

_KINDS = {"optout": "opted out", "hardbounce": "hard bounce", "spamcomplaint": "spam complaint"}


def breaks(world: World) -> Html:
    if not world.breaks.active:
        return Html('<p class="none">Nothing is broken.</p>')
    rows = [
        (
            one.asked.vendor or "both",
            one.asked.fault.kind,
            one.asked.path or "every path",
            f"{one.struck} so far",
            button("/page/mend", "Mend", break_id=one.id),
        )
        for one in world.breaks.active.values()
    ]
    shown = table("What is broken", ("Who", "What", "Paths", "Struck", ""), rows)
    return Html(f"{shown}<p>{button('/page/mend', 'Mend all')}</p>")


def people(world: World) -> Html:
    rows = [
        (
            contact.name or "no name",
            contact.email,
            contact.phone,
            ", ".join(contact.tags),
            ", ".join(_silent(contact)) or "may be sent to",
        )
        for contact in newest(world.highlevel.contacts.values())
    ]
    heads = ("Name", "E-mail", "Phone", "Tags", "Do not disturb")
    return table("Contacts at HighLevel", heads, rows)


def messages(world: World) -> Html:
    rows = []
    for message in newest(world.highlevel.messages.values()):
        shown = highlevel.show_message(world, message)
        contact = world.highlevel.contacts[message.contact_id]
        who = contact.name or contact.email or contact.phone
        cells = (who, shown["channel"], shown["direction"], shown["status"])
        rows.append((moment(message.added), *cells, _said(message)))
    heads = ("When", "Who", "Channel", "Way", "Status", "Text")
    return table("Messages at HighLevel", heads, rows)


def rows(world: World) -> Html:
    records = [
        (moment(record.modified), record.id, short(flat(record.values)))
        for one in world.acton.lists.values()
        for record in newest(one.records.values())
    ]
    return table("Rows at Act-On", ("Changed", "Record", "Values"), records)


def acton_contacts(world: World) -> Html:
    book = world.acton.default_account.contacts
    chosen = {one.name: {member.id for member in book.members(one)} for one in book.segments}
    cells = [
        (
            moment(one.updated),
            one.id,
            one.email,
            one.fields.get(SCORE, "0"),
            ", ".join(name for name, members in chosen.items() if one.id in members),
        )
        for one in newest(book.contacts.values())
    ]
    heads = ("Changed", "Contact", "Who", "Score", "Segments")
    return table("Act-On Contacts", heads, cells)


def suppressed(world: World) -> Html:
    consent = world.acton.default_account.consent
    found = [(one, kind) for kind in KINDS for one in consent.suppressed(kind)]
    found.sort(key=lambda pair: pair[0].at)
    cells = [(moment(one.at), one.email, _KINDS[kind], one.origin) for one, kind in newest(found)]
    heads = ("Since", "E-mail", "Why", "Where from")
    return table("Who must not be written to at Act-On", heads, cells)


def touchpoints(world: World) -> Html:
    cells = [
        (moment(one.when), one.email, one.destination, one.title, short(one.note))
        for one in newest(world.acton.default_account.touchpoints())
    ]
    heads = ("Told as", "Who", "Set", "Title", "Note")
    return table("Touch points at Act-On", heads, cells)


def ledger(world: World) -> Html:
    cells = [
        (
            entry["seq"],
            moment(entry["at"]),
            entry["vendor"],
            entry["effect"],
            _whom(entry["subject"]),
            short(flat(entry["content"])),
        )
        for entry in newest(world.ledger.entries)
    ]
    heads = ("No.", "When", "Vendor", "Effect", "To", "Content")
    return table("What was done to them", heads, cells)


def deliveries(world: World) -> Html:
    cells = [
        (
            one.number,
            moment(one.made),
            one.type,
            one.state,
            ", ".join(str(attempt.status or "no answer") for attempt in one.attempts) or "none",
            button("/page/resend", "Send again", webhook_id=one.webhook_id),
        )
        for one in newest(world.webhooks.deliveries.since(0))
    ]
    heads = ("No.", "When", "Event", "State", "Answers", "")
    return table("Webhooks sent", heads, cells)


def flat(value: dict[str, Json]) -> str:
    return "; ".join(f"{key}: {one}" for key, one in value.items() if one not in ("", None))


def short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _said(message: Message) -> str:
    """The text, or how long a call was and what was said in it."""
    if message.call is None:
        return short(message.body)
    said = " ".join(f"{turn.speaker}: {turn.text}" for turn in message.call.turns)
    return short(f"{message.call.seconds} s. {said}".strip())


def _silent(contact: Contact) -> list[str]:
    """The channels on which the contact must not be written to."""
    if contact.fields.get("dnd") is True:
        return ["all"]
    return [name for name, one in contact.dnd_settings.items() if one["status"] != "inactive"]


def _whom(subject: dict[str, Json]) -> str:
    """The name a person reads most easily; ids only where there is nothing else."""
    return str(subject.get("email") or subject.get("phone") or flat(subject))


def newest(things: Iterable[Json]) -> list[Json]:
    return list(things)[: -SHOWN - 1 : -1]
