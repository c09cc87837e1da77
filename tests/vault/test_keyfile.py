"""Sealing: what was sealed opens with the same key in the same place, and nowhere else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.kernel.chance import SeededChance
from dragoman.kernel.errors import CredentialsError, DefinitionError
from dragoman.vault import keyfile
from dragoman.vault.keyfile import KeyFileVault

CHANCE = SeededChance(1)
VAULT = KeyFileVault(bytes(range(32)), CHANCE)
PLAIN = b'{"access_token":"canary-5b1c","refresh_token":"canary-9f20"}'
PLACE = "shop/sales/credentials"
SEALED = VAULT.seal(PLAIN, PLACE)


@settings(deadline=None)
@given(st.binary(), st.text())
def test_what_was_sealed_opens_in_its_place(plain: bytes, place: str) -> None:
    assert VAULT.open(VAULT.seal(plain, place), place) == plain


@pytest.mark.parametrize("at", range(len(SEALED)))
def test_a_change_of_any_byte_is_noticed(at: int) -> None:
    for flip in (0x01, 0x80, 0xFF):
        changed = SEALED[:at] + bytes([SEALED[at] ^ flip]) + SEALED[at + 1 :]

        with pytest.raises(CredentialsError, match=PLACE):
            VAULT.open(changed, PLACE)


@pytest.mark.parametrize("length", range(len(SEALED)))
def test_a_cut_at_any_byte_is_noticed(length: int) -> None:
    with pytest.raises(CredentialsError):
        VAULT.open(SEALED[:length], PLACE)


@pytest.mark.parametrize("tail", [b"\x00", b"x" * 16, SEALED])
def test_something_added_is_noticed(tail: bytes) -> None:
    with pytest.raises(CredentialsError):
        VAULT.open(SEALED + tail, PLACE)


@pytest.mark.parametrize(
    "other", ["shop/other/credentials", "other/sales/credentials", "", f"{PLACE} ", PLACE[:-1]]
)
def test_what_was_sealed_for_one_place_does_not_open_in_another(other: str) -> None:
    with pytest.raises(CredentialsError, match="sealed for another place") as refused:
        VAULT.open(SEALED, other)

    assert refused.value.fix


def test_another_key_does_not_open_it_and_is_told_apart_from_damage() -> None:
    other = KeyFileVault(bytes(32), CHANCE)

    with pytest.raises(CredentialsError, match="another master key") as refused:
        other.open(SEALED, PLACE)

    assert "DRAGOMAN_MASTER_KEY_FILE" in refused.value.fix


def test_sealed_bytes_hold_no_plain_text_and_never_repeat() -> None:
    again = VAULT.seal(PLAIN, PLACE)

    for word in (b"canary", b"token", b"sales", bytes(range(32))[:8]):
        assert word not in SEALED
    assert again != SEALED
    assert again[10:22] != SEALED[10:22]


def test_a_key_file_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "config" / "dragoman" / "master.key"

    assert keyfile.create(path, CHANCE)
    first = path.read_bytes()
    assert not keyfile.create(path, CHANCE)

    assert path.read_bytes() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert len(bytes.fromhex(first.decode())) == 32


def test_a_made_key_opens_what_it_sealed_after_loading_again(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    keyfile.create(path, CHANCE)

    sealed = keyfile.load(path, CHANCE).seal(PLAIN, PLACE)

    assert keyfile.load(path, CHANCE).open(sealed, PLACE) == PLAIN


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o666, 0o620, 0o601])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "master.key"
    keyfile.create(path, CHANCE)
    path.chmod(mode)

    with pytest.raises(DefinitionError, match="others may read") as refused:
        keyfile.load(path, CHANCE)

    assert refused.value.fix == f"chmod 600 {path}"


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_of_its_owner_alone_is_taken(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "master.key"
    keyfile.create(path, CHANCE)
    path.chmod(mode)

    keyfile.load(path, CHANCE)


def test_a_missing_key_is_told_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "master.key"

    with pytest.raises(DefinitionError, match=f"no master key at {path}") as refused:
        keyfile.load(path, CHANCE)

    assert "dragoman init" in refused.value.fix


@pytest.mark.parametrize(
    "content", [b"", b"zz" * 32, b"00" * 31, b"00" * 33, b"\xff\xfe" * 32, b"0" * 63], ids=range(6)
)
def test_a_file_that_holds_no_key_is_refused_without_showing_it(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(DefinitionError, match="holds no key") as refused:
        keyfile.load(path, CHANCE)

    assert "backup" in refused.value.fix
    assert "zz" not in refused.value.message.replace(str(path), "")
