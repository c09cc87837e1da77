"""Credentials as they lie on disk: sealed for one connection of one workspace."""

import msgspec

from dragoman.catalog.vendors import Credentials
from dragoman.kernel import jsons
from dragoman.kernel.secret import Secret
from dragoman.vault.port import Vault


class _Plain(msgspec.Struct):
    """Credentials as they are sealed."""

    kind: str
    access_token: str
    refresh_token: str
    client_id: str
    client_secret: str
    expires_at: int


def seal(vault: Vault, context: str, credentials: Credentials) -> bytes:
    plain = _Plain(
        credentials.kind,
        credentials.access_token.reveal(),
        credentials.refresh_token.reveal(),
        credentials.client_id,
        credentials.client_secret.reveal(),
        credentials.expires_at,
    )
    return vault.seal(jsons.encode(plain), context)


def opened(vault: Vault, context: str, sealed: bytes) -> Credentials:
    """What was sealed.

    Raises:
        CredentialsError: damaged, made with another key, or sealed for another place.
    """
    plain = jsons.decode_as(vault.open(sealed, context), _Plain)
    return Credentials(
        kind=plain.kind,
        access_token=Secret(plain.access_token),
        refresh_token=Secret(plain.refresh_token),
        client_id=plain.client_id,
        client_secret=Secret(plain.client_secret),
        expires_at=plain.expires_at,
    )
