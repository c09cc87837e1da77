"""Signed webhooks over HTTP, verified, stored durably, answered: requests/s, and how long it took.

The bound is the same server with the same protocol, which verifies the signature and answers; it
reads nothing of the body and stores nothing. Ours is the whole service, sorting included. Both are
processes of their own; they take turns in one run, and the ratio is of the medians.
"""

import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import msgspec
import uvloop
from nacl.signing import SigningKey

from benchmarks.load import Load, closed, paced
from benchmarks.report import quiet, show
from benchmarks.servers import serving

ROUNDS = 5
REQUESTS = 12_000
CONNECTIONS = 32
PACE = 300
"""Requests a second, whatever the answers."""
PACED_SECONDS = 5.0
LOCATION = "ve9EPM428h8vShlRW1KT"


def event(number: int) -> bytes:
    """An InboundMessage as HighLevel sends it, a little over a kilobyte."""
    text = "Hi! I saw your newsletter and wanted to ask about the spring offer. " * 6
    body = {
        "type": "InboundMessage",
        "locationId": LOCATION,
        "companyId": "5DP41231LkQsiKESj6rh",
        "contactId": f"cGg{number % 500:05d}HHzzCHPsdZdV",
        "conversationId": f"fcX{number % 500:05d}9XLszHZyQ2ZY",
        "messageId": f"m{number:019d}",
        "messageType": "SMS",
        "contentType": "text/plain",
        "direction": "inbound",
        "status": "delivered",
        "body": text,
        "attachments": [],
        "from": "+14155550100",
        "to": "+14155550199",
        "dateAdded": "2026-03-02T15:04:05.678Z",
        "timestamp": "2026-03-02T15:04:05.901Z",
        "webhookId": f"00000000-0000-7000-8000-{number:012d}",
        "appId": "66a1f2c4b8d9e0f1a2b3c4d5",
        "versionId": "66a1f2c4b8d9e0f1a2b3c4d5",
    }
    return msgspec.json.encode(body)


def requests(key: SigningKey, numbers: Iterator[int], many: int) -> list[bytes]:
    """So many requests as they go over the wire, no two alike."""
    made = []
    for _ in range(many):
        body = event(next(numbers))
        signature = b64encode(key.sign(body).signature)
        head = (
            b"POST /hooks/highlevel HTTP/1.1\r\nhost: localhost\r\n"
            b"content-type: application/json\r\nx-ghl-signature: %b\r\ncontent-length: %d\r\n\r\n"
        ) % (signature, len(body))
        made.append(head + body)
    return made


async def measure(address: tuple[str, int], key: SigningKey, numbers: Iterator[int]) -> Load:
    """Every connection as fast as it is answered; then at a pace."""
    await closed(address, requests(key, numbers, 500), CONNECTIONS)  # warm
    fast = await closed(address, requests(key, numbers, REQUESTS), CONNECTIONS)
    at_pace = requests(key, numbers, round(PACE * PACED_SECONDS))
    calm = await paced(address, at_pace, CONNECTIONS, PACE)
    return {
        "requests_per_second": fast["per_second"],
        "p50_ms": fast["p50_ms"],
        "p99_ms": fast["p99_ms"],
        f"p50_ms_at_{PACE}": calm["p50_ms"],
        f"p99_ms_at_{PACE}": calm["p99_ms"],
        "refused": fast["refused"] + calm["refused"],
    }


def main() -> None:
    quiet()
    key = SigningKey.generate()
    numbers = count(1)
    runs: dict[str, list[Load]] = {"bound": [], "ours": []}
    for _ in range(ROUNDS):
        for what, figures in runs.items():
            with tempfile.TemporaryDirectory() as folder:
                public = b64encode(bytes(key.verify_key)).decode()
                with serving(what, Path(folder), public, LOCATION) as address:
                    time.sleep(0.3)  # the interpreter has settled
                    figures.append(uvloop.run(measure(address, key, numbers)))
            print(what, figures[-1], file=sys.stderr)
    show("ingest", "requests_per_second", runs["ours"], runs["bound"])


if __name__ == "__main__":
    main()
