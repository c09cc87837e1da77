"""A download that is killed in the middle, by itself or while the service brings the bytes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, until
from tests.cli.test_call_files import RECORDING, Start, names, save

SIZE = 4 * 1024 * 1024


class Vendor:
    """Answers every request with the head of a file and half of it; the rest when it is let."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.halved = threading.Event()
        self.rest = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._socket.accept()
                with line, suppress(ConnectionError):
                    line.recv(65536)
                    head = f"HTTP/1.1 200 OK\r\nContent-Type: audio/x-wav\r\nContent-Length: {SIZE}"
                    line.sendall(
                        head.encode() + b"\r\nConnection: close\r\n\r\n" + bytes(SIZE // 2)
                    )
                    self.halved.set()
                    self.rest.wait(20)
                    line.sendall(bytes(SIZE // 2))

    def close(self) -> None:
        self.rest.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(20)


@contextmanager
def slow() -> Iterator[Vendor]:
    vendor = Vendor()
    try:
        yield vendor
    finally:
        vendor.close()


@pytest.mark.parametrize("served", [False, True], ids=["by itself", "by the service"])
def test_a_kill_in_the_middle_leaves_no_file_and_the_next_try_has_it(
    cli: Cli,
    bare: Path,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    *,
    served: bool,
) -> None:
    with slow() as vendor:
        file, settings = bare / "call.wav", bare / "dragoman.yaml"
        text = settings.read_text()
        line = f"    vendor: highlevel\n    base_url: {vendor.address}\n"
        settings.write_text(text.replace("    vendor: highlevel\n", line, 1))
        token = TextIOWrapper(BytesIO(b'{"access_token": "pit-1"}'))
        monkeypatch.setattr("sys.stdin", token)
        added = cli("connections", "add", "main", "--stdin", "--kind", "pit", "-C", bare)
        assert added.status == 0, added.err
        if served:
            start("serve", bare, "--listen", "127.0.0.1:0").line("Ctrl-C")

        call = start("call", RECORDING, "messageId=m", "--save", file, "-C", bare)
        part = file.with_name("call.wav.part")
        until(lambda: part.exists() and part.stat().st_size > 0)
        call.process.kill()
        call.ended()
        assert "call.wav" not in names(bare)

        vendor.rest.set()
        said = save(cli, bare, "m", file)
        assert said.status == 0, said.err
        assert (file.stat().st_size, "call.wav.part" in names(bare)) == (SIZE, False)
