"""Ending the process at a named point, to see what a crash there would lose."""

import os
import signal


class KillAt:
    """SIGKILL when a point is reached for the n-th time."""

    def __init__(self, name: str, count: int = 1) -> None:
        self._name = name
        self._left = count

    def reach(self, name: str) -> None:
        if name != self._name:
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
