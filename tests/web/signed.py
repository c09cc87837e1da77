"""Webhooks as HighLevel sends them, signed with keys of our own, brought straight to the doors."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from nacl.signing import SigningKey
from starlette.types import ASGIApp, Message

from dragoman.kernel import jsons

PATH = "/hooks/highlevel"
MAIN, BRANCH, STRANGER = (SigningKey(bytes([number]) * 32) for number in (1, 2, 3))
"""Whose key the connection `main` accepts, whose `branch`, and whose nobody does."""


def public(signer: SigningKey) -> str:
    return b64encode(bytes(signer.verify_key)).decode()


WORKSPACE = f"""\
workspace: shop
connections:
  main: {{vendor: highlevel, location_id: loc1, webhook_keys: ["{public(MAIN)}"]}}
  branch: {{vendor: highlevel, location_id: loc2, webhook_keys: ["{public(BRANCH)}"]}}
defaults: {{highlevel: main}}
"""


def message(number: int = 1, **fields: Any) -> dict[str, Any]:
    """A text that came in, for the connection `main`."""
    return {
        "type": "InboundMessage",
        "appId": "app1",
        "versionId": "v1",
        "locationId": "loc1",
        "timestamp": "2026-03-02T15:04:06.120Z",
        "webhookId": f"hook-{number}",
        "messageId": f"msg-{number}",
        "conversationId": "conv-1",
        "contactId": f"con-{number % 7}",
        "messageType": "SMS",
        "direction": "inbound",
        "body": "Yes please ✓",
        "attachments": [],
        "dateAdded": "2026-03-02T15:04:05.678Z",
        **fields,
    }


@dataclass
class Hook:
    """A request; everything but the body is left as it should be unless said otherwise."""

    body: bytes
    signer: SigningKey = MAIN
    signatures: Iterable[bytes] | None = None
    """What stands in the header, once each; the right one if left out."""
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    method: str = "POST"
    path: str = PATH
    pieces: list[Message] | None = None
    """How the body comes; in one piece if left out."""

    def scope(self) -> dict[str, Any]:
        right = b64encode(self.signer.sign(self.body).signature)
        given = (right,) if self.signatures is None else self.signatures
        return {
            "type": "http",
            "method": self.method,
            "path": self.path,
            "query_string": b"",
            "headers": [
                (b"host", b"hooks.example.com"),
                (b"content-type", b"application/json"),
                *self.headers,
                *((b"x-ghl-signature", one) for one in given),
            ],
        }


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes


async def bring(app: ASGIApp, hook: Hook) -> Answered:
    """Bring one to the application; what it answered."""
    pieces = iter(hook.pieces or [{"type": "http.request", "body": hook.body, "more_body": False}])
    got: list[Message] = []

    async def receive() -> Message:
        return next(pieces)

    async def send(one: Message) -> None:
        got.append(one)

    await app(hook.scope(), receive, send)
    start, *rest = got
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    body = b"".join(one["body"] for one in rest)
    assert headers["content-length"] == str(len(body))
    return Answered(start["status"], headers, body)


def signed(signer: SigningKey = MAIN, **fields: Any) -> Hook:
    return Hook(jsons.encode(message(**fields)), signer)


def of_size(size: int, **more: Any) -> Hook:
    """A signed request whose body has just so many bytes."""
    short = len(jsons.encode(message(body="")))
    return Hook(jsons.encode(message(body="x" * (size - short))), **more)


def is_put_off(answered: Answered) -> bool:
    assert answered.status == 429
    assert jsons.decode(answered.body)["detail"].endswith("send it again")
    return int(answered.headers["retry-after"]) > 0
