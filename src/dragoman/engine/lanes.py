"""Order per person: of one lane only the first run is worked on."""

from collections import deque
from collections.abc import Callable

from dragoman.engine.runs import Run


class Lanes:
    """Runs of one person take their turns in the order of their events.

    A run keeps the lane while it works and while it waits for a vendor to recover; it gives the
    lane up when it ends, when it waits because the flow says so or because the vendor has yet to
    make what is asked for, and when it stops for a person.
    """

    def __init__(self, start: Callable[[Run], None]) -> None:
        self._start = start
        self._lanes: dict[str, deque[Run]] = {}
        self.size = 0

    def enter(self, run: Run) -> None:
        """Put a run at the end of its lane."""
        lane = self._lanes.setdefault(run.lane, deque())
        lane.append(run)
        self.size += 1
        if len(lane) == 1:
            self._start(run)

    def leave(self, run: Run) -> None:
        """Let the next one of the lane begin."""
        lane = self._lanes[run.lane]
        lane.popleft()
        self.size -= 1
        if lane:
            self._start(lane[0])
        else:
            del self._lanes[run.lane]
