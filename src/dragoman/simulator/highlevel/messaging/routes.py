"""Which path of conversations is whose, beyond sending and reading."""

from dragoman.simulator.highlevel.messaging import (
    email_statuses,
    emails,
    exports,
    live_chat,
    logged,
    preferences,
    reviews,
    statuses,
    subtypes,
    uploads,
)
from dragoman.simulator.routes import Route

_READ, _WRITE = "conversations/message.readonly", "conversations/message.write"
_MESSAGES, _PREFERENCES = "/conversations/messages", "/conversations/preferences"

ROUTES = (
    Route("GET", f"{_MESSAGES}/export", exports.export, _READ),
    Route("GET", f"{_MESSAGES}/email/{{id}}", emails.get, _READ),
    Route("PUT", f"{_MESSAGES}/email/{{id}}/status", email_statuses.update, _WRITE),
    Route("POST", f"{_MESSAGES}/inbound", logged.inbound, _WRITE),
    Route("POST", f"{_MESSAGES}/outbound", logged.outbound, _WRITE),
    Route("PUT", f"{_MESSAGES}/{{id}}/attachments", logged.replace_attachments, _WRITE),
    Route("PUT", f"{_MESSAGES}/{{id}}/status", statuses.update, _WRITE),
    Route("POST", f"{_MESSAGES}/review-reply", reviews.reply, _WRITE),
    Route("POST", f"{_MESSAGES}/upload", uploads.upload, _WRITE),
    Route("POST", f"{_MESSAGES}/upload/initiate", uploads.start, _WRITE),
    Route("POST", f"{_MESSAGES}/upload/complete", uploads.complete, _WRITE),
    Route(
        "POST",
        "/conversations/providers/live-chat/typing",
        live_chat.typing,
        "conversations/livechat.write",
    ),
    Route("GET", f"{_PREFERENCES}/custom-subtypes", subtypes.every),
    Route("POST", f"{_PREFERENCES}/custom-subtypes", subtypes.create),
    Route("PUT", f"{_PREFERENCES}/custom-subtypes/{{id}}", subtypes.update),
    Route("GET", f"{_PREFERENCES}/unsubscriptions/status", preferences.status),
    Route("POST", f"{_PREFERENCES}/unsubscriptions/user-change", preferences.change),
)
