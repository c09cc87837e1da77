"""Where a running service is found: `.dragoman/service.json`, for its owner's eyes only."""

import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from dragoman.kernel import jsons
from dragoman.kernel.chance import Chance
from dragoman.wiring import DATA

FILE = "service.json"
_TOKEN = 32
"""Bytes."""


class Registration(msgspec.Struct, frozen=True):
    address: str
    token: str
    pid: int

    def __repr__(self) -> str:
        return f"Registration({self.address!r}, ***, {self.pid})"


def token(chance: Chance) -> str:
    return chance.bytes(_TOKEN).hex()


def proof(secret: str, challenge: str) -> str:
    """What only who knows the token can answer: so a caller knows whom it hands the token to."""
    return hmac.new(secret.encode(), challenge.encode(), hashlib.sha256).hexdigest()


def find(folder: Path) -> Registration | None:
    """What the last service wrote; it may have ended without taking it away."""
    try:
        found: Registration = jsons.decode_as(_place(folder).read_bytes(), Registration)
    except (OSError, jsons.Unreadable):
        return None
    return found


@contextmanager
def registered(folder: Path, one: Registration) -> Iterator[None]:
    """Let commands find the service for as long as it runs."""
    place = _place(folder)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.with_suffix(".new")
    with suppress(FileNotFoundError):
        fresh.unlink()
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, jsons.encode(one))
    finally:
        os.close(handle)
    fresh.replace(place)
    try:
        yield
    finally:
        place.unlink(missing_ok=True)


def _place(folder: Path) -> Path:
    return folder / DATA / FILE
