"""What version v3 writes differently from the versions by date."""

from typing import Any

_CHANNELS = {
    "Call": "call",
    "Email": "email",
    "SMS": "sms",
    "WhatsApp": "whatsApp",
    "GMB": "gmb",
    "FB": "fb",
}


def silenced(body: Any) -> Any:
    """A contact as v3 takes it: the channels of do-not-disturb begin with a small letter."""
    settings = body.get("dndSettings") if isinstance(body, dict) else None
    if not isinstance(settings, dict):
        return body
    renamed = {_CHANNELS.get(name, name): one for name, one in settings.items()}
    return {**body, "dndSettings": renamed}
