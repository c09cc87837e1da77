"""Ids and tokens that depend only on the seed and on how many of their kind came before.

A read that mints a trace id does not shift the contact ids that follow, so the same seed
gives the same ids even where requests arrive in another order than last time.
"""

from collections import Counter
from hashlib import blake2b
from string import ascii_letters, digits

from dragoman.kernel.chance import Chance

_ALPHABET = ascii_letters + digits


class Mint:
    def __init__(self, chance: Chance) -> None:
        self._seed = chance.bytes(16)
        self._made: Counter[str] = Counter()

    def word(self, kind: str, length: int = 20) -> str:
        """Letters and digits: the form of HighLevel's ids."""
        number = int.from_bytes(self._noise(kind), "big")
        letters = []
        for _ in range(length):
            number, place = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[place])
        return "".join(letters)

    def hexadecimal(self, kind: str, length: int) -> str:
        return self._noise(kind).hex()[:length]

    def uuid(self, kind: str) -> str:
        text = self._noise(kind).hex()
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:32]}"

    def noise(self, kind: str, length: int) -> bytes:
        return self._noise(kind)[:length]

    def fraction(self, kind: str) -> float:
        return int.from_bytes(self._noise(kind)[:6], "big") / (1 << 48)

    def lasting(self, label: str) -> bytes:
        """64 bytes that are the same for the same label each time."""
        return blake2b(label.encode(), key=self._seed).digest()

    def _noise(self, kind: str) -> bytes:
        self._made[kind] += 1
        return blake2b(f"{kind}:{self._made[kind]}".encode(), key=self._seed).digest()
