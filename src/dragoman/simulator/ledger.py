"""What happened at the vendors, written down before the answer leaves: the checkers' evidence."""

import os
from pathlib import Path

from dragoman.kernel import jsons
from dragoman.kernel.clock import Clock
from dragoman.kernel.jsons import Json

Entry = dict[str, Json]


class Ledger:
    """A file of JSON lines, one an effect. It only grows; tokens never stand in it."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._clock = clock
        self.entries = _earlier(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unbuffered: an entry has left this process when the write returns.
        self._file = path.open("ab", buffering=0)

    def append(
        self, vendor: str, effect: str, *, subject: Json, content: Json, request: str, account: str
    ) -> None:
        """Write one effect; it has left this process when the call returns."""
        entry = {
            "seq": len(self.entries) + 1,
            "at": self._clock.now(),
            "vendor": vendor,
            "effect": effect,
            "subject": {name: value for name, value in subject.items() if value},
            "content": content,
            "request": request,
            "account": account,
        }
        self._file.write(jsons.encode(entry) + b"\n")
        self.entries.append(entry)

    def since(self, seq: int) -> list[Entry]:
        """Entries after the given one."""
        return self.entries[max(seq, 0) :]

    def close(self) -> None:
        self._file.close()


def _earlier(path: Path) -> list[Entry]:
    """What an earlier process wrote; a last line cut short by its death is taken away."""
    if not path.exists():
        return []
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        os.truncate(path, len(whole))
    return [jsons.decode(line) for line in whole.splitlines()]
