"""One form for answers that the vendor gives in several (its schema shows the flat ones)."""

from typing import Any


def message(content: dict[str, Any]) -> dict[str, Any]:
    """`{message: {…}, traceId}` is real; the flat form is accepted."""
    return content if isinstance(content.get("message"), dict) else {"message": content}


def messages(content: dict[str, Any]) -> dict[str, Any]:
    """`{messages: {lastMessageId, nextPage, messages: […]}}` is real; the flat form is accepted."""
    inner = content.get("messages")
    if not isinstance(inner, dict):
        return content
    return {**inner, "traceId": content.get("traceId")}
