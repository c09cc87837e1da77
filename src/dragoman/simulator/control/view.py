"""The page as a whole: its forms, with what can be chosen in them, and the tables below."""

from importlib.resources import files
from itertools import islice
from string import Template

from dragoman.simulator.control import tables
from dragoman.simulator.control.conversations import CONVERSATIONS, SILENCE
from dragoman.simulator.control.html import Html, button, html, options
from dragoman.simulator.control.presets import CHANCES, FAULTS, HOLDS, LATE
from dragoman.simulator.highlevel.channels import CHANNELS
from dragoman.simulator.webhooks import samples
from dragoman.simulator.world import World

CHOICES = 100
"""People to choose from, the newest."""

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}

_TEMPLATE = Template((files(__package__) / "page.html").read_text())


def render(world: World, said: str = "", *, wrong: bool = False) -> str:
    """The whole page, with a sentence on top about what was done or why it was not."""
    return _TEMPLATE.substitute(
        highlevel_url=html(world.addresses.highlevel),
        acton_url=html(world.addresses.acton),
        said=_said(said, wrong=wrong),
        lists=options({one.id: one.name for one in world.acton.lists.values()}),
        people=_people(world),
        channels=options({name: name for name in CHANNELS}, "SMS"),
        conversations=options(
            {key: one.title for key, one in CONVERSATIONS.items()} | {SILENCE: "nothing is said"}
        ),
        faults=options({name: one.title for name, one in FAULTS.items()}),
        **_webhooks(world),
        breaks_table=tables.breaks(world),
        people_table=tables.people(world),
        messages_table=tables.messages(world),
        deliveries_table=tables.deliveries(world),
        suppressed_table=tables.suppressed(world),
        touchpoints_table=tables.touchpoints(world),
        rows_table=tables.rows(world),
        acton_contacts_table=tables.acton_contacts(world),
        ledger_table=tables.ledger(world),
    )


def _said(said: str, *, wrong: bool) -> Html:
    if not said:
        return Html()
    kind, role = ("wrong", "alert") if wrong else ("done", "status")
    return Html(f'<p class="said {kind}" role="{role}">{html(said)}</p>')


def _people(world: World) -> Html:
    newest = islice(reversed(world.highlevel.contacts.values()), CHOICES)
    titles = {
        one.id: " · ".join(filter(None, (one.name, one.email or one.phone))) or one.id
        for one in newest
    }
    return options(titles or {"": "nobody yet"})


def _webhooks(world: World) -> dict[str, Html]:
    faults = world.webhooks.faults
    subscribed = world.webhooks.subscriptions.all()
    return {
        "subscribed": html(", ".join(one.url for one in subscribed) or "nobody"),
        "unsubscribe": button("/page/unsubscribe", "Send to nobody") if subscribed else Html(),
        "kinds": options({kind: kind for kind in samples.every()}),
        "double": options(CHANCES, f"{faults.double:g}"),
        "drop": options(CHANCES, f"{faults.drop:g}"),
        "late": options(LATE, f"{faults.late * faults.late_seconds:g}"),
        "shuffle": options(HOLDS, f"{faults.shuffle_seconds:g}"),
    }
