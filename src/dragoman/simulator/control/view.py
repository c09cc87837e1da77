"""The page as HTML. Every value from outside is escaped where it is put in."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from dragoman.kernel.clock import iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.control import highlevel
from dragoman.simulator.control.presets import PRESETS
from dragoman.simulator.world import World

SHOWN = 25
"""Rows of each table, newest first."""

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}

_TEMPLATE = Template((files(__package__) / "page.html").read_text())


def render(world: World, said: str = "") -> str:
    """The whole page, with a sentence on top about what was done."""
    return _TEMPLATE.substitute(
        highlevel_url=escape(world.addresses.highlevel),
        acton_url=escape(world.addresses.acton),
        said=f'<p class="said" role="status">{escape(said)}</p>' if said else "",
        list_options=_options({one.id: one.name for one in world.acton.lists.values()}),
        fault_options=_options({name: preset.title for name, preset in PRESETS.items()}),
        breaks=_breaks(world),
        people=_people(world),
        messages=_messages(world),
        rows=_rows(world),
        ledger=_ledger(world),
    )


def _breaks(world: World) -> str:
    if not world.breaks.active:
        return "<p>Nothing is broken.</p>"
    rows = [
        (
            escape(one.asked.vendor or "both"),
            escape(one.asked.fault.kind),
            escape(one.asked.path or "every path"),
            f"{one.struck} so far",
            _button("/page/mend", "Mend", break_id=one.id),
        )
        for one in world.breaks.active.values()
    ]
    table = _table(("Who", "What", "Paths", "Struck", ""), rows)
    return table + f"<p>{_button('/page/mend', 'Mend all')}</p>"


def _people(world: World) -> str:
    rows = []
    for contact in _newest(world.highlevel.contacts.values()):
        off = [name for name, one in contact.dnd_settings.items() if one["status"] != "inactive"]
        silent = ["all"] if contact.fields.get("dnd") is True else off
        rows.append(
            (
                escape(contact.name or "no name"),
                escape(f"{contact.email} {contact.phone}"),
                escape(", ".join(contact.tags)),
                escape(", ".join(silent)) or "may be sent to",
                _forbid_form(contact.id),
            )
        )
    return _table(("Name", "Reach", "Tags", "Do not disturb", "Change"), rows)


def _messages(world: World) -> str:
    rows = []
    for message in _newest(world.highlevel.messages.values()):
        shown = highlevel.show_message(world, message)
        contact = world.highlevel.contacts[message.contact_id]
        who = contact.name or contact.email or contact.phone
        cells = (shown["time"], who, shown["channel"], shown["direction"], shown["status"])
        rows.append((*map(escape, cells), escape(message.body)))
    return _table(("When", "Who", "Channel", "Way", "Status", "Text"), rows)


def _rows(world: World) -> str:
    rows = []
    for one in world.acton.lists.values():
        for record in _newest(one.records.values()):
            values = "; ".join(f"{key}: {text}" for key, text in record.values.items() if text)
            rows.append((escape(record.id), escape(values), escape(iso(record.modified))))
    return _table(("Record", "Values", "Changed"), rows)


def _ledger(world: World) -> str:
    rows = [
        (
            str(entry["seq"]),
            escape(iso(entry["at"])),
            escape(entry["vendor"]),
            escape(entry["effect"]),
            escape(_flat(entry["subject"])),
            escape(_flat(entry["content"])),
        )
        for entry in _newest(world.ledger.entries)
    ]
    return _table(("No.", "When", "Vendor", "Effect", "To", "Content"), rows)


def _flat(value: dict[str, Json]) -> str:
    return "; ".join(f"{key}: {one}" for key, one in value.items())


def _newest(things: Iterable[Json]) -> list[Json]:
    return list(things)[: -SHOWN - 1 : -1]


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already."""
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    if not lines:
        return '<div class="wide"><p class="none">Nothing yet.</p></div>'
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return f'<div class="wide"><table><tr>{head}</tr>{lines}</table></div>'


def _options(titles: dict[str, str]) -> str:
    return "".join(
        f'<option value="{escape(value)}">{escape(title)}</option>'
        for value, title in titles.items()
    )


def _button(action: str, title: str, **hidden: str) -> str:
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in hidden.items()
    )
    form = f'<form class="inline" method="post" action="{action}">{fields}'
    return f"{form}<button>{title}</button></form>"


def _forbid_form(contact_id: str) -> str:
    channels = _options({name: name for name in ("all", "SMS", "Email", "WhatsApp", "Call")})
    statuses = _options({"active": "on", "inactive": "off", "permanent": "on for good"})
    return (
        '<form class="inline" method="post" action="/page/dnd">'
        f'<input type="hidden" name="contact_id" value="{escape(contact_id)}">'
        f'<select name="channel" aria-label="Channel">{channels}</select>'
        f'<select name="status" aria-label="Do not disturb">{statuses}</select>'
        "<button>Set</button></form>"
    )
