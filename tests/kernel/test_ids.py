"""Ids that sort by the time they were made."""

import uuid

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dragoman.kernel.chance import SeededChance, SystemChance
from dragoman.kernel.clock import Millis, SystemClock
from dragoman.kernel.ids import Ids

LAST = (1 << 48) - 1
MOMENTS = st.integers(0, LAST)


class Still:
    """A clock that stands where it was put."""

    def __init__(self, moment: Millis) -> None:
        self.moment = moment

    def now(self) -> Millis:
        return self.moment

    def ticks(self) -> float:
        return self.moment / 1000

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


class Same:
    """Chance that always gives the same byte."""

    def __init__(self, byte: int) -> None:
        self._byte = byte

    def fraction(self) -> float:
        return 0.0

    def bytes(self, count: int) -> bytes:
        return bytes([self._byte]) * count


@settings(deadline=None)
@given(MOMENTS, st.integers())
def test_an_id_is_a_valid_uuid_of_version_7_that_holds_its_time(moment: int, seed: int) -> None:
    text = Ids(Still(moment), SeededChance(seed)).new()
    found = uuid.UUID(text)

    assert str(found) == text
    assert (found.version, found.variant) == (7, uuid.RFC_4122)
    assert found.int >> 80 == moment


@settings(deadline=None)
@given(MOMENTS, MOMENTS)
def test_ids_sort_by_time_whatever_chance_gives(one: int, other: int) -> None:
    early, late = min(one, other), max(one, other)
    assume(early < late)

    assert Ids(Still(early), Same(0xFF)).new() < Ids(Still(late), Same(0)).new()


def test_ids_of_the_same_moment_differ() -> None:
    ids = Ids(Still(1_772_463_845_678), SystemChance())

    assert len({ids.new() for _ in range(10_000)}) == 10_000


def test_all_bits_but_version_and_variant_come_from_clock_and_chance() -> None:
    assert Ids(Still(0), Same(0)).new() == "00000000-0000-7000-8000-000000000000"
    assert Ids(Still(LAST), Same(0xFF)).new() == "ffffffff-ffff-7fff-bfff-ffffffffffff"


def test_the_same_seed_and_clock_give_the_same_ids() -> None:
    first = Ids(Still(5), SeededChance(7))
    second = Ids(Still(5), SeededChance(7))

    assert [first.new() for _ in range(5)] == [second.new() for _ in range(5)]


def test_the_machines_own_clock_and_chance_make_ids() -> None:
    clock = SystemClock()
    before = clock.now()

    made = uuid.UUID(Ids(clock, SystemChance()).new()).int >> 80

    assert before <= made <= clock.now()
    assert clock.ticks() <= clock.ticks()


@settings(deadline=None)
@given(st.integers())
def test_a_fraction_is_from_0_up_to_1(seed: int) -> None:
    for chance in (SeededChance(seed), SystemChance()):
        assert 0 <= chance.fraction() < 1
        assert len(chance.bytes(16)) == 16
