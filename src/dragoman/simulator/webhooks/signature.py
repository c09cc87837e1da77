"""The simulator's own key: the vendor's private one is the vendor's."""

from base64 import b64encode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dragoman.simulator.settings import SimulatorSettings

ABSENT = "N/A"
"""What a signature header holds where a delivery is not signed that way, as documented."""

KEY_BYTES = 32


class Signer:
    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public_key(self) -> str:
        """Base64 of the DER public key, as between the lines of a PEM file."""
        key = self._key.public_key()
        return b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()

    def headers(self, settings: SimulatorSettings, body: bytes) -> dict[str, str]:
        """The signature over the raw body, in the current header and perhaps the older one."""
        signed = b64encode(self._key.sign(body)).decode()
        found = {"X-GHL-Signature": signed if settings.webhook_signed else ABSENT}
        if settings.webhook_legacy_header:
            found["X-WH-Signature"] = ABSENT
        return found
