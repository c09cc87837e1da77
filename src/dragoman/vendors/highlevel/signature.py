"""Whether HighLevel has signed a webhook: Ed25519 over the bytes of the body, as they came.

The signature stands in `X-GHL-Signature`, in base64; `N/A` means that it was not signed this way.
From HighLevel's webhook guide.
"""

from base64 import b64encode
from binascii import Error, a2b_base64
from collections.abc import Sequence

from nacl.bindings import crypto_sign_BYTES, crypto_sign_open
from nacl.exceptions import BadSignatureError

from dragoman.catalog.vendors import Headers

_HEADER = b"x-ghl-signature"


def signature(headers: Headers) -> bytes | None:
    """The one signature that the headers hold; None where there is none, or more than one."""
    given = [value for name, value in headers if name == _HEADER]
    if len(given) != 1:
        return None
    try:
        found = a2b_base64(given[0])
    except Error:
        return None
    # Base64 has several spellings of the same bytes; only the usual one is taken.
    fits = len(found) == crypto_sign_BYTES and b64encode(found) == given[0]
    return found if fits else None


def verified(signature: bytes, body: bytes, keys: Sequence[bytes]) -> bytes | None:
    """The key that has signed this body; None where none of them has."""
    return next((key for key in keys if _fits(signature, body, key)), None)


def _fits(signature: bytes, body: bytes, key: bytes) -> bool:
    try:
        crypto_sign_open(signature + body, key)
    except BadSignatureError:
        return False
    return True
