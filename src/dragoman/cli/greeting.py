"""What `serve` says when it has started: whose accounts, which flows, where it listens."""

from importlib.metadata import version

import structlog
from rich.text import Text

from dragoman.cli import terminal
from dragoman.cli.tables import Cells, environment, listing, state
from dragoman.flows.flow import Flow
from dragoman.web.doors import webhook_address
from dragoman.web.states import FlowState, flow_states
from dragoman.wiring import Parts

log = structlog.get_logger()


async def greet(parts: Parts, folder: str, address: str, log_format: str) -> None:
    store = parts.journal.store
    flows = await flow_states(store)
    if log_format == "json":
        armed = sum(1 for one in flows if one.state == "armed")
        log.info("started", workspace=parts.workspace.name, address=address, flows=armed)
        return
    states = {row[0]: row[3] for row in await store.read("credentials.all")}
    console = terminal.out()
    title = Text.assemble(
        (f"Dragoman {version('dragoman')}", "name"), f" serves {parts.workspace.name}"
    )
    console.print(Text.assemble(title, (f"  {folder}", "quiet")))
    console.print()
    console.print(_connections(parts, states))
    console.print()
    if flows:
        console.print(_flows(flows, parts))
    else:
        console.print("  No flow is armed yet. In another terminal, in this folder:")
        console.print(Text("    dragoman flows arm welcome-new-contact", "way"))
    console.print()
    for line in _hooks(parts, address):
        console.print(line)
    console.print(Text.assemble("Listening on ", (address, "way"), ". Stop it with Ctrl-C."))


def _hooks(parts: Parts, address: str) -> list[Text]:
    """Where the vendors of this workspace are to send their webhooks."""
    sending = {one.vendor.name: one.vendor.title for one in parts.accounts if one.webhook_keys}
    base = parts.workspace.public_url or address
    return [
        Text.assemble("Webhooks of ", title, " come to ", (webhook_address(base, name), "way"))
        for name, title in sending.items()
    ]


def _connections(parts: Parts, states: dict[str, str]) -> Text:
    rows: list[Cells] = [
        [
            Text.assemble("  ", environment(account.environment)),
            Text(account.name, "name"),
            account.vendor.title,
            _credentials(account.name, states.get(account.name, "")),
        ]
        for account in parts.accounts
    ]
    return listing([""] * 4, rows) if rows else Text("  No connection yet: see dragoman.yaml.")


def _credentials(name: str, state: str) -> Text:
    if not state:
        return Text(f"no credentials: dragoman connections add {name}", "warn")
    if state == "needs-reauthorization":
        return Text(f"must be reconnected: dragoman connections add {name}", "bad")
    return Text("connected", "good")


def _flows(flows: list[FlowState], parts: Parts) -> Text:
    rows = [[Text.assemble("  ", state(one.state)), Text(one.name, "name")] for one in flows]
    notes = [watched(parts.roster.version(one.version)) for one in flows]
    return listing([""] * 2, rows, notes)


def watched(flow: Flow) -> str:
    said = ", ".join(f"{name} {value}" for name, value in flow.settings.items())
    return f"on {flow.trigger}" + (f" ({said})" if said else "")
