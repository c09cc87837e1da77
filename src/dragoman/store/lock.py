"""One process owns a workspace folder at a time."""

import fcntl
import os
from pathlib import Path

from dragoman.kernel.errors import DefinitionError


class FolderLock:
    """Held from making it to `release`, and let go by the system when the process ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            DefinitionError: another process holds it.
        """
        # The database lies beside it, and holds what belongs to people.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise DefinitionError(
                f"another Dragoman works in {path.parent.parent}",
                fix="stop it first, or use its commands: they talk to the running service",
            ) from None

    def release(self) -> None:
        os.close(self._file)
