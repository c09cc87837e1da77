"""Do-not-disturb: whether a contact may be sent to.

`dnd` blocks every channel. Per channel, `dndSettings.<channel>.status` blocks when it is `active`
or `permanent`: *active* means that do-not-disturb is on. Version v3 writes the channels in lower
case, so case is ignored.
"""

from collections.abc import Mapping
from typing import Any

_BLOCKING = frozenset({"active", "permanent"})

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
    if wanted is None or not isinstance(settings, Mapping):
        return None
    for name, setting in settings.items():
        if name.lower() == wanted and isinstance(setting, Mapping):
            status = str(setting.get("status", "")).lower()
            if status in _BLOCKING:
                return f"do-not-disturb is {status} for {name}"
    return None


def may_receive(contact: Any, channel: str) -> bool:
    """Whether this contact may be sent to on the channel named, for example SMS."""
    return isinstance(contact, Mapping) and why_not({"contact": contact}, channel) is None
