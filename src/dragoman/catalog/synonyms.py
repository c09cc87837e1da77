"""Words that people say, and the words that vendors say."""

from dragoman.catalog.stems import stem, words

_GROUPS = (
    "message text sms chat mail whatsapp",
    "message campaign",
    "email mail newsletter",
    "send write reply answer",
    "receive reply answer incoming inbound",
    "sent outgoing outbound",
    "contact person people customer lead subscriber record prospect somebody someone",
    "conversation thread chat",
    "create add new make insert open start",
    "add upload import",
    "update edit change modify set write",
    "upsert create update sync",
    "delete remove erase drop take",
    "get read show fetch load view download",
    "list all browse",
    "search find lookup query filter",
    "archive close hide",
    "cancel stop withdraw",
    "schedule plan later delay",
    "call phone telephone ring voice voicemail",
    "complete end finish hang",
    "recording audio sound wav",
    "transcription transcript speech",
    "sentiment mood tone feeling emotion unhappy angry",
    "optout unsubscribe suppression dnd consent optin",
    "bounce undeliverable",
    "spam complaint",
    "subscription category preference",
    "tag label",
    "note comment memo",
    "task todo reminder followup",
    "workflow automation campaign program",
    "user agent staff employee owner",
    "assign agent",
    "location subaccount account",
    "touchpoint customevent activity",
    "list segment audience",
    "unread read seen",
    "star favourite favorite flag",
    "webhook notification",
    "field column attribute",
)


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for group in _GROUPS:
        stems = {stem(word) for word in words(group)}
        for one in stems:
            table.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in table.items()}


SYNONYMS = _table()
"""From the stem of a word to the stems of words that may be meant by it."""
