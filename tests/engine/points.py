"""What a test makes of a named point: the process is gone, or something happens just then."""

from collections.abc import Callable


class Crash(BaseException):
    """The process is gone."""


class CrashAt:
    """Raises when a point is reached for the n-th time, and notes every point on the way."""

    def __init__(self, name: str = "", count: int = 1) -> None:
        self._name = name
        self._left = count
        self.reached: list[str] = []

    def reach(self, name: str) -> None:
        self.reached.append(name)
        if name == self._name:
            self._left -= 1
            if self._left == 0:
                raise Crash(name)


class Act:
    """Does something when a point is reached for the n-th time."""

    def __init__(self, name: str, action: Callable[[], None], count: int = 1) -> None:
        self._name = name
        self._action = action
        self._left = count

    def reach(self, name: str) -> None:
        if name == self._name:
            self._left -= 1
            if self._left == 0:
                self._action()


def crashed(error: BaseException | None) -> bool:
    """Whether a crash is in it, however many others came with it."""
    if isinstance(error, BaseExceptionGroup):
        return any(crashed(one) for one in error.exceptions)
    return isinstance(error, Crash)
