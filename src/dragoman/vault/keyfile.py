"""A vault under one key, which lies in a file outside the data folder (AES-256-GCM)."""

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dragoman.kernel.chance import Chance
from dragoman.kernel.errors import CredentialsError, DefinitionError

_FORM = b"D1"
"""The first bytes of what this vault seals: form, then key's mark, nonce, and ciphertext."""
_MARK = 8
_NONCE = 12
_KEY = 32


class KeyFileVault:
    def __init__(self, key: bytes, chance: Chance) -> None:
        self._cipher = AESGCM(key)
        self._mark = hashlib.sha256(b"dragoman key mark" + key).digest()[:_MARK]
        self._chance = chance

    def seal(self, plain: bytes, context: str) -> bytes:
        nonce = self._chance.bytes(_NONCE)
        head = _FORM + self._mark
        return head + nonce + self._cipher.encrypt(nonce, plain, head + context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        head, rest = sealed[: len(_FORM) + _MARK], sealed[len(_FORM) + _MARK :]
        if head[: len(_FORM)] != _FORM or len(rest) <= _NONCE:
            raise CredentialsError(f"{context}: this is nothing that was sealed here")
        if head != _FORM + self._mark:
            raise CredentialsError(
                f"{context}: sealed with another master key",
                fix="point DRAGOMAN_MASTER_KEY_FILE at the key of this workspace, or reconnect",
            )
        try:
            return self._cipher.decrypt(rest[:_NONCE], rest[_NONCE:], head + context.encode())
        except InvalidTag:
            raise CredentialsError(
                f"{context}: damaged, or sealed for another place",
                fix="restore a backup, or reconnect the account",
            ) from None


def create(path: Path, chance: Chance) -> bool:
    """Make a key file that only its owner can read; an existing one is left alone.

    Returns:
        Whether one was made.
    """
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_bytes(chance.bytes(_KEY).hex().encode() + b"\n")
    return True


def load(path: Path, chance: Chance) -> KeyFileVault:
    """Read the key.

    Raises:
        DefinitionError: there is no key there, or it is none, or others may read it.
    """
    try:
        content = path.read_text(encoding="ascii", errors="replace").strip()
        mode = path.stat().st_mode
    except OSError:
        raise DefinitionError(
            f"there is no master key at {path}",
            fix="run `dragoman init` once, or set DRAGOMAN_MASTER_KEY_FILE to where it lies",
        ) from None
    if mode & 0o077:
        raise DefinitionError(f"others may read the master key {path}", fix=f"chmod 600 {path}")
    try:
        key = bytes.fromhex(content)
    except ValueError:
        key = b""
    if len(key) != _KEY:
        raise DefinitionError(
            f"{path} holds no key of {_KEY} bytes in hexadecimal",
            fix="restore it from your backup: what it sealed cannot be opened without it",
        )
    return KeyFileVault(key, chance)
