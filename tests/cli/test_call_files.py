"""Files by hand: sent as they are, and fetched whole or not at all."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, Process, Simulator

Start = Callable[..., Process]
PICTURE = bytes(range(256)) * 40
RECORDING = "highlevel.messages.recording"
UPLOAD = "highlevel.message_uploads.upload"


def called(simulator: Simulator, number: int, *, taken: bool = True) -> str:
    """A call that somebody made; its message's id."""
    asked = {"email": f"file{number}@example.com", "phone": f"+1415555{3000 + number}"}
    contact = simulator.ask("POST", "/control/highlevel/contacts", asked)["contact"]["id"]
    said = [{"speaker": "caller", "text": "Hello, is anybody there?"}] if taken else []
    call = {"contact_id": contact, "turns": said, "status": "completed" if taken else "no-answer"}
    made = simulator.ask("POST", "/control/highlevel/calls", call)
    return str(made["message"]["id"])


def save(cli: Cli, shop: Path, message: str, file: Path, *more: str) -> Any:
    return cli("call", RECORDING, f"messageId={message}", "--save", file, *more, "-C", shop)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.is_file())


@pytest.mark.parametrize("served", [False, True], ids=["by itself", "by the service"])
def test_a_recording_larger_than_the_cap_is_saved(
    cli: Cli,
    shop: Path,
    simulator: Simulator,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    *,
    served: bool,
) -> None:
    message, file = called(simulator, 1 + served), shop / "call.wav"
    monkeypatch.setenv("DRAGOMAN_ANSWER_CAP", "1024")
    environment["DRAGOMAN_ANSWER_CAP"] = "1024"
    if served:
        start("serve", shop, "--listen", "127.0.0.1:0").line("Ctrl-C")

    said = save(cli, shop, message, file)

    assert said.status == 0, said.err
    content = file.read_bytes()
    assert content[:4] == b"RIFF"
    assert said.json["size"] == len(content) > 1024
    assert said.json["sha256"] == hashlib.sha256(content).hexdigest()
    assert said.json["contentType"] == "audio/x-wav"


def test_a_file_that_is_there_stays_unless_forced(
    cli: Cli, shop: Path, simulator: Simulator
) -> None:
    message, file = called(simulator, 3), shop / "call.wav"
    file.write_bytes(b"mine")

    refused = save(cli, shop, message, file)
    assert (refused.status, file.read_bytes()) == (1, b"mine")
    assert "--force" in refused.err

    assert save(cli, shop, message, file, "--force").status == 0
    assert file.read_bytes()[:4] == b"RIFF"


@pytest.mark.parametrize("served", [False, True], ids=["by itself", "by the service"])
def test_where_there_is_no_recording_no_file_is_made(
    cli: Cli, shop: Path, simulator: Simulator, start: Start, *, served: bool
) -> None:
    message, file = called(simulator, 4 + served, taken=False), shop / "call.wav"
    if served:
        start("serve", shop, "--listen", "127.0.0.1:0").line("Ctrl-C")

    said = save(cli, shop, message, file)

    assert said.status == 1
    assert "there is nothing to save" in " ".join(said.err.split())
    assert "call.wav" not in names(shop)


def test_a_cut_answer_leaves_no_file(cli: Cli, shop: Path, simulator: Simulator) -> None:
    message, file = called(simulator, 6), shop / "call.wav"
    cut = {"path": f"{message}/.*recording|{message}", "fault": {"kind": "cut", "when": "half"}}
    simulator.ask("POST", "/control/break", cut)

    said = save(cli, shop, message, file)

    assert said.status == 1
    assert not [one for one in names(shop) if "call.wav" in one]


def test_a_page_of_a_proxy_is_no_recording(cli: Cli, shop: Path, simulator: Simulator) -> None:
    message, file = called(simulator, 7), shop / "call.wav"
    page = {"path": message, "fault": {"kind": "html", "status": 200}}
    simulator.ask("POST", "/control/break", page)

    said = save(cli, shop, message, file)

    assert said.status == 1
    assert "where a file was due" in " ".join(said.err.split())
    assert not [one for one in names(shop) if "call.wav" in one]


@pytest.mark.parametrize("served", [False, True], ids=["by itself", "by the service"])
def test_a_picture_is_sent_as_it_is(
    cli: Cli, shop: Path, simulator: Simulator, start: Start, *, served: bool
) -> None:
    file = shop / f"photo{served}.png"
    # Larger than what else may be asked for at once.
    file.write_bytes(PICTURE * 200)
    if served:
        start("serve", shop, "--listen", "127.0.0.1:0").line("Ctrl-C")
    asked = (f"file=@{file}", "conversationId=c", "contactId=c")

    said = cli("call", UPLOAD, *asked, "--json", "-C", shop)

    assert said.status == 0, said.err
    assert file.name in said.json["output"]["uploadedFiles"]
    entries = simulator.ask("GET", "/control/ledger?since=0")["entries"]
    sizes = [one["content"]["bytes"] for one in entries if file.name in str(one["content"])]
    assert sizes == [len(PICTURE) * 200]


def test_a_file_of_a_wrong_type_or_size_does_not_travel(cli: Cli, shop: Path) -> None:
    wrong, large = shop / "photo.exe", shop / "large.png"
    wrong.write_bytes(PICTURE)
    large.write_bytes(bytes(5 * 1024 * 1024 + 1))
    asked = ("conversationId=c", "contactId=c", "-C", shop)

    types = cli("call", UPLOAD, f"file=@{wrong}", *asked)
    sizes = cli("call", UPLOAD, f"file=@{large}", *asked)
    nothing = cli("call", UPLOAD, "file=@nowhere.png", *asked)

    assert (types.status, "its name ends in .exe" in types.err) == (1, True)
    assert (sizes.status, "5,242,881 bytes, and may have" in sizes.err) == (2, True)
    assert (nothing.status, "cannot be read" in nothing.err) == (2, True)


def test_a_dry_run_shows_no_bytes(cli: Cli, shop: Path) -> None:
    file = shop / "photo.png"
    file.write_bytes(PICTURE)
    asked = (f"file=@{file}", "conversationId=c", "contactId=c")

    said = cli("call", UPLOAD, *asked, "--dry-run", "-C", shop)

    assert said.status == 0, said.err
    assert f"<{len(PICTURE):,} bytes>" in said.out
    assert "image/png" in said.out
    assert "\x00" not in said.out


@pytest.mark.parametrize(
    "words",
    [
        ["highlevel.contacts.get", "contactId=x"],
        ["highlevel.conversations.search", "--all"],
        ["acton.touchpoints.add"],
    ],
)
def test_what_answers_no_file_cannot_be_saved(cli: Cli, shop: Path, words: list[str]) -> None:
    said = cli("call", *words, "--save", shop / "x", "-C", shop)

    assert (said.status, "answers no file" in said.err) == (2, True)
