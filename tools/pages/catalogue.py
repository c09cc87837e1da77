"""The reference of the catalogue: an index a vendor, a page a group, and the triggers.

`docs/reference/VENDOR.md`, `docs/reference/operations/VENDOR/GROUP.md`,
`docs/reference/triggers/VENDOR.md`.
"""

from collections import defaultdict
from collections.abc import Iterator

from dragoman import library, wiring
from dragoman.catalog.entries import Operation, Trigger
from dragoman.catalog.vendors import Vendor
from dragoman.cli.tables import plural
from tools.pages import entries, markdown

ROOT = "docs/reference"


def pages() -> dict[str, str]:
    catalogue, vendors = library.catalogue(), wiring.vendors()
    found: dict[str, str] = {}
    for name, title in library.titles().items():
        operations = [one for one in catalogue.operations.values() if one.vendor == name]
        triggers = [one for one in catalogue.triggers.values() if one.vendor == name]
        groups = defaultdict(list)
        for one in operations:
            groups[one.group].append(one)
        found[f"{ROOT}/{name}.md"] = _index(title, vendors.get(name), groups, triggers)
        for group, members in groups.items():
            page = markdown.page(f"{title}: {_spoken(group)}", *map(entries.operation, members))
            found[f"{ROOT}/{entries.place(members[0])}"] = page

        if triggers:
            page = markdown.page(f"{title}: triggers", *map(entries.trigger, triggers))
            found[f"{ROOT}/triggers/{name}.md"] = page
    return found


def _spoken(group: str) -> str:
    return group.replace("_", " ")


def _index(
    title: str,
    vendor: Vendor | None,
    groups: dict[str, list[Operation]],
    triggers: list[Trigger],
) -> str:
    count = sum(map(len, groups.values()))
    first = sum(one.first_class for members in groups.values() for one in members)
    return markdown.page(
        title,
        f"{plural(count, 'operation')}, {first} of first class (★: with an example, and kept by "
        f"the simulator), and {plural(len(triggers), 'trigger')}.",
        _facts(vendor) if vendor else "",
        *_triggers(triggers),
        "## Operations",
        *_groups(groups),
    )


def _facts(vendor: Vendor) -> str:
    limits = vendor.limits
    rows = [
        ("a connection says", ", ".join(f"`{one}`" for one in vendor.facts)),
        *((f"region `{name}`", f"`{url}`") for name, url in vendor.base_urls.items()),
        ("limit", f"{limits.burst} calls within {limits.interval:g} s"),
        ("limit of a day", f"{limits.daily:,} calls, {limits.reserve:,} of them kept for people"),
    ]
    return markdown.table(("fact", "value"), rows)


def _triggers(triggers: list[Trigger]) -> Iterator[str]:
    if not triggers:
        return
    rows = [
        (f"[`{one.id}`](triggers/{one.vendor}.md#{markdown.anchor(one.id)})", one.title)
        for one in triggers
    ]
    yield "## Triggers"
    yield markdown.table(("id", "title"), rows)


def _groups(groups: dict[str, list[Operation]]) -> Iterator[str]:
    for group, members in sorted(groups.items()):
        rows = [
            (
                entries.link(one.id, ""),
                one.title + (" ★" if one.first_class else ""),
                one.effect.value if one.callable else "cannot be called",
            )
            for one in members
        ]
        yield f"### {_spoken(group).capitalize()}"
        yield markdown.table(("id", "title", "effect"), rows)
