"""UUIDv7: ids that sort by the time they were made."""

from dragoman.kernel.chance import Chance
from dragoman.kernel.clock import Clock


class Ids:
    """Makes ids from the given clock and randomness (RFC 9562, section 5.7)."""

    def __init__(self, clock: Clock, chance: Chance) -> None:
        self._clock = clock
        self._chance = chance

    def new(self) -> str:
        noise = int.from_bytes(self._chance.bytes(10), "big")
        value = (self._clock.now() & 0xFFFF_FFFF_FFFF) << 80
        value |= 0x7 << 76
        value |= (noise >> 68 & 0xFFF) << 64
        value |= 0b10 << 62
        value |= noise & 0x3FFF_FFFF_FFFF_FFFF
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
