"""The service, and the least that could take its place, each as a process of its own."""

import asyncio
import multiprocessing
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import uvloop
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from starlette.types import Receive, Scope, Send

from benchmarks.report import quiet
from dragoman import wiring
from dragoman.kernel.chance import SystemChance
from dragoman.settings import Settings
from dragoman.vault import keyfile
from dragoman.web.doors import doors
from dragoman.web.listener import listen

WORKSPACE = """
workspace: benchmark
connections:
  main:
    vendor: highlevel
    environment: sandbox
    location_id: {location}
    base_url: "http://127.0.0.1:9"
    webhook_keys: ["{key}"]
"""


@contextmanager
def serving(what: str, folder: Path, key: str, location: str) -> Iterator[tuple[str, int]]:
    """The address of a server that lives as long as the block: `ours`, or the `bound`."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_serve, args=(theirs, what, folder, key, location), daemon=True
    )
    process.start()
    try:
        yield "127.0.0.1", ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection, what: str, folder: Path, key: str, location: str) -> None:
    quiet()
    uvloop.run(_ours(pipe, folder, key, location) if what == "ours" else _bound(pipe, key))


async def _ours(pipe: Connection, folder: Path, key: str, location: str) -> None:
    (folder / "dragoman.yaml").write_text(WORKSPACE.format(key=key, location=location))
    master = folder / "master.key"
    keyfile.create(master, SystemChance())
    wiring.tune()  # as `serve` does
    async with wiring.opened(folder, Settings(master_key_file=str(master))) as parts:
        listener = await listen(doors(parts, "token", "127.0.0.1"), "127.0.0.1", 0)
        pipe.send(int(listener.address.rpartition(":")[2]))
        await parts.service.run()


async def _bound(pipe: Connection, key: str) -> None:
    verify = VerifyKey(b64decode(key)).verify
    wiring.tune()
    yes = (
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]},
        {"type": "http.response.body", "body": b""},
    )

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        signature = next(v for k, v in scope["headers"] if k == b"x-ghl-signature")
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        try:
            verify(body, b64decode(signature))
        except BadSignatureError:
            return
        for one in yes:
            await send(one)

    listener = await listen(app, "127.0.0.1", 0)
    pipe.send(int(listener.address.rpartition(":")[2]))
    await asyncio.get_running_loop().create_future()
