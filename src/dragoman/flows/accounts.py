"""Which account a call goes through: what the file says, and whether that leaves no doubt."""

from dragoman.catalog.entries import OWN
from dragoman.catalog.names import did_you_mean
from dragoman.flows.findings import Findings
from dragoman.flows.kinds import Entry
from dragoman.flows.nodes import Mapping, Node
from dragoman.flows.world import World


def choose(entry: Entry, vendor: str) -> str | None:
    """The connection that step or flow name, or None: then the event's own, the workspace's default
    or the only one is taken when it runs, and a doubt is a problem now.
    """
    context = entry.context
    node = entry.get("connection")
    if node is not None:
        name = context.findings.text(node, "connection")
        if name is not None:
            check(node, name, vendor, context.world, context.findings)
        return name
    if vendor in context.connections:
        return context.connections[vendor]
    if vendor not in {OWN, context.vendor} and context.world.connections is not None:
        _check_only(entry, vendor)
    return None


def check(node: Node, name: str, vendor: str, world: World, findings: Findings) -> None:
    """The connection must exist and belong to the vendor."""
    if world.connections is None:
        return
    ours = [one for one, owner in world.connections.items() if owner == vendor]
    if name not in world.connections:
        findings.add(node, f"there is no connection {name!r}", did_you_mean(name, ours))
    elif world.connections[name] != vendor:
        findings.add(
            node,
            f"the connection {name!r} belongs to {world.connections[name]}, not to {vendor}",
            did_you_mean(name, ours),
        )


def read(node: Mapping, world: World, findings: Findings) -> dict[str, str]:
    """The flow's `connections`: one for a vendor."""
    vendors = {one.vendor for one in world.operations.values()}
    chosen: dict[str, str] = {}
    for vendor, entry in node.entries.items():
        name = findings.text(entry.value, f"the connection for {vendor}")
        if vendor not in vendors:
            findings.add(entry.key, f"there is no vendor {vendor!r}", did_you_mean(vendor, vendors))
        elif name is not None:
            check(entry.value, name, vendor, world, findings)
            chosen[vendor] = name
    return chosen


def _check_only(entry: Entry, vendor: str) -> None:
    world = entry.context.world
    known = world.connections or {}
    ours = sorted(name for name, owner in known.items() if owner == vendor)
    if len(ours) == 1 or vendor in world.defaults:
        return
    place = entry.node.key_place("call")
    if not ours:
        fix = "add one: dragoman connections add"
        entry.findings.add(place, f"there is no connection to {vendor}", fix)
        return
    fix = f"name one: `connections: {{{vendor}: {ours[0]}}}` in the flow, or in `defaults`"
    message = f"there are several connections to {vendor} ({', '.join(ours)}) and no default"
    entry.findings.add(place, message, fix)
