"""Every setting once; a wrong one stops the start and is named."""

from pathlib import Path

import msgspec
import platformdirs
import pytest

from dragoman import settings
from dragoman.kernel.errors import DefinitionError
from dragoman.settings import Settings

CANARY = "canary-6c55"
NAMES = [field.name for field in msgspec.structs.fields(Settings)]


def variable(name: str) -> str:
    return f"DRAGOMAN_{name.upper()}"


def refusal(environment: dict[str, str]) -> DefinitionError:
    with pytest.raises(DefinitionError) as refused:
        settings.read(environment)
    return refused.value


def test_without_any_variable_the_defaults_hold() -> None:
    assert settings.read({}) == Settings()
    assert settings.read({"PATH": "/bin", "DRAGOMANIA": "1", "dragoman_folder": "x"}) == Settings()


def test_the_defaults_are_careful() -> None:
    found = settings.read({})

    assert found.listen.startswith("127.0.0.1:")
    assert found.crash_at == ""
    assert (found.log_format, found.log_level) == ("text", "info")
    assert found.attempts > 1
    assert found.stop_within > found.deadline


@pytest.mark.parametrize("name", NAMES)
def test_each_setting_is_read_from_a_variable_of_its_name(name: str) -> None:
    default = getattr(Settings(), name)
    texts = {"log_format": "json", "log_level": "debug"}
    other = texts.get(name, "else") if isinstance(default, str) else str(default + 1)

    found = settings.read({variable(name): other})

    assert str(getattr(found, name)) == other
    assert getattr(found, name) != default
    assert type(getattr(found, name)) is type(default)


@pytest.mark.parametrize("name", NAMES)
def test_each_setting_has_a_sentence(name: str) -> None:
    schema = msgspec.json.schema(Settings)["$defs"]["Settings"]["properties"][name]

    assert schema["description"].endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_variable_is_answered_with_the_nearest(name: str) -> None:
    error = refusal({f"{variable(name)}X": CANARY})

    assert f"there is no setting {variable(name)}X" in error.message
    assert f"did you mean '{variable(name)}'" in error.message
    assert CANARY not in f"{error!r}{error.as_json()}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("in_flight", one) for one in ("0", "1001", "many", "1.5", "")],
        *[("deadline", one) for one in ("0", "-1", "nan", "inf", "1e9", "soon")],
        *[("attempts", one) for one in ("0", "101")],
        *[("retry_base", one) for one in ("0", "inf")],
        *[("retry_cap", one) for one in ("0", "inf")],
        *[("poll_every", one) for one in ("-1", "inf")],
        *[("settle", one) for one in ("-1", "inf", "nan")],
        *[("stop_within", one) for one in ("0", "inf")],
        *[("answer_cap", one) for one in ("0", "1023", str(2**31))],
        *[("log_format", one) for one in ("xml", "TEXT", "")],
        *[("log_level", one) for one in ("verbose", "INFO")],
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(name: str, value: str) -> None:
    error = refusal({variable(name): value})

    assert error.message.startswith(f"{variable(name)} does not fit: ")
    assert error.fix


@pytest.mark.parametrize("name", ["in_flight", "deadline", "log_level"])
def test_a_wrong_value_is_not_repeated(name: str) -> None:
    error = refusal({variable(name): CANARY})

    assert CANARY not in f"{error!r}{error}{error.as_json()}"


def test_the_environment_is_read_where_nothing_is_handed_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DRAGOMAN_IN_FLIGHT", "7")

    assert settings.read().in_flight == 7


def test_the_master_key_lies_outside_the_workspace_unless_it_is_said_where() -> None:
    usual = Path(platformdirs.user_config_dir("dragoman")) / "master.key"

    assert settings.read({}).master_key == usual
    assert settings.read({"DRAGOMAN_MASTER_KEY_FILE": "/keys/a"}).master_key == Path("/keys/a")


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(AttributeError):
        Settings().folder = "x"  # type: ignore[misc]
