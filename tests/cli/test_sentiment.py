"""`dragoman sentiment`, for people and for programs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.sentiment import LONGEST, score
from tests.cli.conftest import Cli

TEXT = "I have been waiting since nine and nobody came.\nThe phone line is horrible!\n"
LINES = [
    '{"text": "Thank you, you are the best!"}',
    "no json",
    "",
    '{"text": 7}',
    '{"turns": [{"speaker": "caller", "text": "This is awful."}], "lang": "en"}',
    '{"text": "half of a character: \\ud800"}',
    "[]",
    '{"text": "muchas gracias"}',
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "said.txt"
    path.write_text(TEXT)
    return path


def test_a_person_sees_verdict_certainty_and_evidence(cli: Cli, file: Path) -> None:
    shown = cli("sentiment", file)

    assert shown.status == 0
    first, *rest = [line for line in shown.out.splitlines() if line]
    assert first.split() == ["negative", f"{score({'text': TEXT})['score']:+.2f}"]
    assert [line.split()[0] for line in rest[:3]] == ["negative", "neutral", "positive"]
    assert rest[0].count("█") > rest[1].count("█") > rest[2].count("█")
    assert "I have been waiting since nine and nobody came." in shown.out


def test_the_whole_file_is_one_text_with_or_without_a_mark_at_its_start(
    cli: Cli, file: Path
) -> None:
    plain = cli("sentiment", file)
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())

    assert cli("sentiment", file).out == plain.out


@pytest.mark.parametrize("content", [b"", b"quiero hablar con una persona"])
def test_what_cannot_be_read_is_said_to_be_unknown(cli: Cli, file: Path, content: bytes) -> None:
    file.write_bytes(content)

    shown = cli("sentiment", file)

    assert shown.status == 0
    assert shown.out.startswith("unknown\nThis engine reads English.")


def test_what_would_move_the_cursor_is_not_printed(cli: Cli, file: Path) -> None:
    file.write_bytes(b"I hate\x1b[2J this\x07 [bold]awful[/bold] thing \xff")

    shown = cli("sentiment", file).out

    assert "I hate [2J this  [bold]awful[/bold] thing" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_very_long_sentence_is_shown_in_part(cli: Cli, file: Path) -> None:
    file.write_text("awful " * 160)

    assert "awful" in (shown := cli("sentiment", file).out)
    assert "…" in shown


@pytest.mark.parametrize("given", ["missing.txt", "."])
def test_a_file_that_cannot_be_read_is_named(cli: Cli, given: str) -> None:
    shown = cli("sentiment", given)

    assert shown.status == 1
    assert f"{given} cannot be read" in shown.err
    assert "- for standard input" in shown.err


def test_a_file_that_is_too_long_is_refused(cli: Cli, file: Path) -> None:
    file.write_text("é" * (LONGEST + 1))

    shown = cli("sentiment", file)

    assert shown.status == 1
    assert f"{LONGEST:,} characters" in shown.err


def test_each_line_has_its_verdict_and_a_bad_one_stops_no_other(cli: Cli, file: Path) -> None:
    file.write_text("\n".join(LINES))

    shown = cli("sentiment", file, "--json")
    answers = [json.loads(line) for line in shown.out.splitlines()]

    assert shown.status == 1
    assert [one.get("label", "bad") for one in answers] == [
        "positive", "bad", "bad", "negative", "bad", "bad", "unknown",
    ]  # fmt: skip
    assert answers[0] == score(json.loads(LINES[0]))
    errors = [one["error"] for one in answers if "error" in one]
    assert [one["where"] for one in errors] == [
        {"file": str(file), "line": line, "column": 1} for line in (2, 4, 6, 7)
    ]
    assert all(one["code"] == "bad_input" and one["fix"] for one in errors)


def test_good_lines_end_well(cli: Cli, file: Path) -> None:
    file.write_text(LINES[0] + "\n" + LINES[4] + "\n")

    assert cli("sentiment", "--json", file).status == 0


@pytest.mark.parametrize("arguments", [("-", "--json"), ("--json", "-"), ("-",)])
def test_a_dash_is_standard_input(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "dragoman", "sentiment", *arguments],
        input='{"text": "I love it"}\n', capture_output=True, text=True, check=True,
    )  # fmt: skip

    if "--json" in arguments:
        assert json.loads(done.stdout) == score({"text": "I love it"})
    else:
        assert done.stdout.startswith("positive")
