"""The ways a message can go, and what each is called in answers, webhooks and do-not-disturb."""

from typing import NamedTuple


class Channel(NamedTuple):
    message_type: str
    number: int | None
    """The community's number for the type; unknown for the newer ones."""
    dnd: str
    """The key in `dndSettings` that governs it."""
    needs: str
    """The contact's field it is sent to; empty for channels with an identity of their own."""


CHANNELS = {
    "SMS": Channel("TYPE_SMS", 2, "SMS", "phone"),
    "RCS": Channel("TYPE_RCS", None, "SMS", "phone"),
    "Email": Channel("TYPE_EMAIL", 3, "Email", "email"),
    "WhatsApp": Channel("TYPE_WHATSAPP", 19, "WhatsApp", "phone"),
    "IG": Channel("TYPE_INSTAGRAM", 18, "FB", ""),
    "FB": Channel("TYPE_FACEBOOK", 11, "FB", ""),
    "Custom": Channel("TYPE_CUSTOM_SMS", 20, "SMS", ""),
    "Live_Chat": Channel("TYPE_LIVE_CHAT", 29, "", ""),
    "TIKTOK": Channel("TYPE_TIKTOK", None, "", ""),
}
"""Those that can be sent by the API."""

CALL = "Call"
_ALL = {
    **CHANNELS,
    CALL: Channel("TYPE_CALL", 1, CALL, "phone"),
    "Custom_Call": Channel("TYPE_CUSTOM_CALL", 34, CALL, "phone"),
    "IVR_Call": Channel("TYPE_IVR_CALL", 24, CALL, "phone"),
    "Campaign_Call": Channel("TYPE_CAMPAIGN_CALL", 8, CALL, "phone"),
    "Campaign_VoiceMail": Channel("TYPE_CAMPAIGN_VOICEMAIL", 10, CALL, "phone"),
    "GMB": Channel("TYPE_GMB", 15, "GMB", ""),
    "WebChat": Channel("TYPE_WEBCHAT", 5, "", ""),
    "ALL_IN_ONE_CHAT": Channel("TYPE_LIVE_CHAT", 29, "", ""),
    "FORM_SUBMISSION": Channel("TYPE_FORM_SUBMISSION", None, "", ""),
    "Review": Channel("TYPE_REVIEW", 17, "", ""),
}
"""And those that are written down, or come in by themselves."""


def message_type(channel: str) -> str:
    return _ALL[channel].message_type


def number(channel: str) -> int | None:
    return _ALL[channel].number


def in_webhooks(channel: str) -> str:
    """Webhooks have names of their own: not `TYPE_SMS` but `SMS`, and `CALL` in capitals."""
    return "CALL" if channel in (CALL, "Custom_Call") else channel


def needs(channel: str) -> str:
    return _ALL[channel].needs
