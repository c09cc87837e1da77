"""`webhook_keys` of a connection: whose signature it accepts, checked before anything listens."""

from pathlib import Path

import pytest

from dragoman import wiring
from dragoman.engine import workspace
from dragoman.engine.workspace import Workspace
from dragoman.kernel.errors import Problems
from tests.web.signed import BRANCH, MAIN, public

PEM = f"-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEA{public(MAIN)}\\n-----END PUBLIC KEY-----"


def read(folder: Path, *lines: str, account: str = "highlevel, location_id: x") -> Workspace:
    facts = f"vendor: {account}".split(", ")
    more = "".join(f"    {line}\n" for line in [*facts, *lines])
    (folder / "dragoman.yaml").write_text(f"workspace: shop\nconnections:\n  main:\n{more}")
    return workspace.read(folder, wiring.vendors())


def keys(folder: Path, *lines: str) -> tuple[bytes, ...]:
    return read(folder, *lines).connections["main"].webhook_keys


def test_without_a_word_the_vendors_own_key_counts(tmp_path: Path) -> None:
    (published,) = keys(tmp_path)

    assert published.hex().startswith("8b61d1d6cacb")


def test_a_list_takes_its_place(tmp_path: Path) -> None:
    said = f'webhook_keys: ["{public(MAIN)}", {public(BRANCH)}, "{PEM}"]'

    assert keys(tmp_path, said) == tuple(bytes(one.verify_key) for one in (MAIN, BRANCH, MAIN))
    assert keys(tmp_path, "webhook_keys: []") == ()


@pytest.mark.parametrize(
    ("said", "message", "fix"),
    [
        ("webhook_keys: [secret]", "connection 'main': this is no webhook key", "PEM, or base64"),
        ("webhook_keys: [7]", "connection 'main': this is no webhook key", "PEM, or base64"),
        ("webhook_keys: [[]]", "connection 'main': this is no webhook key", "PEM, or base64"),
        (f"webhook_keys: {public(MAIN)}", "webhook_keys should be a list, not a text", "'- '"),
        ("webhook_key: []", "connection 'main' has no key 'webhook_key'", "'webhook_keys'"),
    ],
)
def test_what_is_no_list_of_keys_is_said_with_its_place(
    tmp_path: Path, said: str, message: str, fix: str
) -> None:
    with pytest.raises(Problems) as refused:
        read(tmp_path, said)

    (problem,) = refused.value.problems
    assert problem.message == message
    assert fix in problem.fix
    assert problem.where is not None
    assert problem.where.line == 6


@pytest.mark.parametrize("said", ["webhook_keys: []", "app_id: a1"])
def test_a_vendor_that_sends_none_has_no_keys(tmp_path: Path, said: str) -> None:
    with pytest.raises(Problems) as refused:
        read(tmp_path, said, account="acton, account_id: x")

    assert "Act-On sends no webhooks here" in refused.value.problems[0].message


def test_an_app_is_an_id_whatever_it_looks_like(tmp_path: Path) -> None:
    assert read(tmp_path, "app_id: 660123e4").connections["main"].app_id == "660123e4"
    assert read(tmp_path).connections["main"].app_id == ""
