"""What the vendors' ledgers say: which effects are missing, which came twice."""

from typing import Any

import msgspec

from dragoman.kernel import jsons

Entry = dict[str, Any]
CREATES = frozenset(
    {
        "contact.created", "conversation.created", "message.scheduled", "message.sent",
        "note.created", "record.inserted", "task.created", "touchpoint.added",
        "workflow.contact_added",
    }
)  # fmt: skip
"""Effects whose second entry is a second thing: a repeated replacement is not one."""


class Expected(msgspec.Struct, frozen=True):
    """An effect that the ledger must hold."""

    effect: str
    email: str
    content: dict[str, Any] = {}
    """What the entry's content must hold at least."""

    def is_met_by(self, entry: Entry) -> bool:
        return bool(
            entry["effect"] == self.effect
            and entry["subject"].get("email") == self.email
            and self.content.items() <= entry["content"].items()
        )


def lost(ledger: list[Entry], expected: list[Expected]) -> list[Expected]:
    """What should be there and is not."""
    return [one for one in expected if not any(one.is_met_by(entry) for entry in ledger)]


def doubled(ledger: list[Entry]) -> list[Entry]:
    """Every entry of a create that has an earlier one of the same person and content."""
    seen: set[tuple[str, str, bytes]] = set()
    found: list[Entry] = []
    for entry in ledger:
        if entry["effect"] not in CREATES:
            continue
        key = (entry["effect"], _person(entry), jsons.canonical(entry["content"]))
        if key in seen:
            found.append(entry)
        seen.add(key)
    return found


def _person(entry: Entry) -> str:
    subject = entry["subject"]
    return str(subject.get("email") or subject.get("phone") or subject.get("contact_id"))
