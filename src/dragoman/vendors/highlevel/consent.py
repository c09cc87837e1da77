"""Do-not-disturb: whether a contact may be sent to.

`dnd` blocks every channel. Per channel, `dndSettings.<channel>.status` blocks when it is `active`
or `permanent`: *active* means that do-not-disturb is on. Version v3 writes the channels in lower
case, so case is ignored. What cannot be read is never taken as allowed.
"""

from collections.abc import Mapping
from typing import Any

_BLOCKING = frozenset({"active", "permanent"})
_OPEN = frozenset({"inactive", ""})
"""Where a status is absent, do-not-disturb was never set."""

# Which do-not-disturb setting a kind of message falls under. A channel without a setting of its own
# is ruled by the contact's `dnd` alone.
_SETTING = {
    "sms": "sms",
    "rcs": "sms",
    "email": "email",
    "whatsapp": "whatsapp",
    "fb": "fb",
    "ig": "fb",
    "gmb": "gmb",
    "call": "call",
}


def why_not(answer: Mapping[str, Any], channel: str) -> str | None:
    """Why the contact of `contacts.get` may not be sent to on this channel; None where it may."""
    contact = answer.get("contact")
    if not isinstance(contact, Mapping):
        return "nothing is known of the contact's consent"
    if contact.get("dnd"):
        return "do-not-disturb is on for all channels"
    settings = contact.get("dndSettings")
    wanted = _SETTING.get(channel.lower())
    if wanted is None or settings is None:
        return None
    if not isinstance(settings, Mapping):
        return "the contact's do-not-disturb settings cannot be read"
    named = [name for name in settings if name.lower() == wanted]
    return next((why for name in named if (why := _blocked(name, settings[name]))), None)


def _blocked(name: str, setting: Any) -> str | None:
    if setting is None:
        return None
    status = (setting.get("status") or "") if isinstance(setting, Mapping) else setting
    word = status.lower() if isinstance(status, str) else None
    if word in _BLOCKING:
        return f"do-not-disturb is {word} for {name}"
    return None if word in _OPEN else f"do-not-disturb for {name} cannot be read"


def may_receive(contact: Any, channel: str) -> bool:
    """Whether this contact may be sent to on the channel named, for example SMS."""
    return isinstance(contact, Mapping) and why_not({"contact": contact}, channel) is None
