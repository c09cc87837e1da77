"""`dragoman init` makes a folder that teaches, and never overwrites."""

import stat
from pathlib import Path

from tests.cli.conftest import Cli, Simulator


def test_what_it_makes_is_right_as_it_stands(bare: Path, cli: Cli) -> None:
    assert cli("flows", "check", "-C", bare).status == 0
    assert (bare / ".gitignore").read_text().splitlines()[-1] == ".dragoman/"
    assert cli("flows", "list", "-C", bare, "--json").json[0]["state"] == "not armed"


def test_the_master_key_is_made_once_and_lies_outside(
    tmp_path: Path, cli: Cli, environment: dict[str, str]
) -> None:
    key = Path(environment["DRAGOMAN_MASTER_KEY_FILE"])

    first = cli("init", tmp_path / "one")
    content = key.read_bytes()
    second = cli("init", tmp_path / "two", "--json")

    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert str(key) in first.out
    assert "Back it up" in first.out
    assert content.decode().strip() not in first.out
    assert key.read_bytes() == content
    assert second.json["master_key_made"] is False


def test_existing_files_are_kept_and_named(bare: Path, cli: Cli) -> None:
    (bare / "dragoman.yaml").write_text("workspace: mine\n")
    (bare / ".gitignore").unlink()

    again = cli("init", bare, "--json").json

    recipes = sorted(f"flows/{one.name}" for one in (bare / "flows").iterdir())
    assert again["kept"] == ["dragoman.yaml", *recipes]
    assert len(recipes) == 4
    assert again["written"] == [".gitignore"]
    assert (bare / "dragoman.yaml").read_text() == "workspace: mine\n"


def test_a_folder_with_an_odd_name_gets_a_name_that_fits(tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "2026 Élan & Co."

    assert cli("init", folder).status == 0
    assert cli("flows", "check", "-C", folder).status == 0


def test_the_pretended_accounts_are_connected_and_in_a_sandbox(shop: Path, cli: Cli) -> None:
    rows = cli("connections", "list", "-C", shop, "--json").json

    assert [row["state"] for row in rows] == ["connected", "connected"]
    assert {row["environment"] for row in rows} == {"sandbox"}
    assert all(row["base_url"].startswith("http://127.0.0.1:") for row in rows)
    assert all(row["expires_in"] > 0 for row in rows)


def test_the_second_time_only_the_credentials_are_fresh(
    shop: Path, cli: Cli, simulator: Simulator
) -> None:
    again = cli("init", shop, "--simulator", simulator.control, "--json").json

    assert again["written"] == []
    assert again["connected"] == ["main", "marketing"]


def test_the_key_of_a_simulator_that_was_started_anew_is_taken_over(
    shop: Path, cli: Cli, simulator: Simulator
) -> None:
    path = shop / "dragoman.yaml"
    fresh = path.read_text()
    key = simulator.ask("GET", "/control/webhooks")["public_keys"]["ed25519"]
    path.write_text(
        fresh.replace(key, "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=")
    )

    again = cli("init", shop, "--simulator", simulator.control, "--json").json

    assert again["webhook_key_renewed"] is True
    assert path.read_text() == fresh
    assert (
        cli("init", shop, "--simulator", simulator.control, "--json").json["webhook_key_renewed"]
        is False
    )


def test_a_folder_of_real_accounts_is_not_given_pretended_credentials(
    bare: Path, cli: Cli, simulator: Simulator
) -> None:
    refused = cli("init", bare, "--simulator", simulator.control)

    assert refused.status == 1
    assert "points at the simulator" in refused.err


def test_the_address_may_be_left_out_before_a_folder(tmp_path: Path, cli: Cli) -> None:
    # Whether one listens on the usual port here is not for this test to say.
    done = cli("init", "--simulator", tmp_path / "new")

    assert done.status == 0 or "http://127.0.0.1:8700" in done.err


def test_a_gitignore_that_is_there_learns_to_keep_the_database_out(
    cli: Cli, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / ".gitignore").write_text("node_modules/\n")

    assert cli("init", str(shop)).status == 0
    assert cli("init", str(shop)).status == 0
    lines = (shop / ".gitignore").read_text().splitlines()
    assert lines[0] == "node_modules/"
    assert lines.count(".dragoman/") == 1
