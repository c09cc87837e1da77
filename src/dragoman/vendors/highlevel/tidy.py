"""One form for answers that the vendor gives in several (its schema shows the flat ones)."""

from http import HTTPStatus
from typing import Any

from dragoman.kernel.errors import Rejected


def message(content: Any) -> Any:
    """`{message: {…}, traceId}` is real; the flat form is accepted."""
    if not isinstance(content, dict) or isinstance(content.get("message"), dict):
        return content
    return {"message": content}


def messages(content: Any) -> Any:
    """`{messages: {lastMessageId, nextPage, messages: […]}}` is real; the flat form is accepted."""
    inner = content.get("messages") if isinstance(content, dict) else None
    if not isinstance(inner, dict):
        return content
    return {**inner, "traceId": content.get("traceId")}


def cancelled(content: Any) -> Any:
    """A refusal to cancel may come as a success with the true status in its body.

    Raises:
        Rejected: such a one.
    """
    said = str(content.get("status")) if isinstance(content, dict) else ""
    status = int(said) if said.isdecimal() else 0
    if status < HTTPStatus.BAD_REQUEST:
        return content
    words = str(content.get("message") or "no reason given")
    raise Rejected(f"HighLevel answered {status} within a success: {words}", status=status)
