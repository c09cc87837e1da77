"""What a vault can do."""

from typing import Protocol


class Vault(Protocol):
    def seal(self, plain: bytes, context: str) -> bytes:
        """Encrypt for one place; what was sealed for another context does not open."""
        ...

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt.

        Raises:
            CredentialsError: damaged, made with another key, or sealed for another place.
        """
        ...
