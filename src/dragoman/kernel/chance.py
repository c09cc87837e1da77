"""Randomness, handed in so that a seed can replay a day."""

import random
import secrets
from typing import Protocol


class Chance(Protocol):
    def fraction(self) -> float:
        """A number from 0 up to, not including, 1."""
        ...

    def bytes(self, count: int) -> bytes: ...


class SystemChance:
    """The machine's own randomness."""

    def fraction(self) -> float:
        return secrets.randbits(53) / (1 << 53)

    def bytes(self, count: int) -> bytes:
        return secrets.token_bytes(count)


class SeededChance:
    """The same numbers for the same seed. For rehearsals and tests, never for secrets."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose

    def fraction(self) -> float:
        return self._random.random()

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)
