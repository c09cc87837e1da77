"""Examples are what Dragoman reads: flows, steps, workspaces, entries, commands."""

import json
import re
from contextlib import nullcontext, suppress
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from cyclopts import MissingArgumentError

from dragoman import library, wiring
from dragoman.cli.commands import build
from dragoman.cli.init import init_files
from dragoman.engine import workspace
from dragoman.engine.places import FILE
from dragoman.flows.reading import read
from dragoman.flows.steps import kinds
from dragoman.flows.world import World
from dragoman.settings import Settings
from tests.docs import pages
from tests.docs.pages import ROOT, Said

YAML = pages.blocks("yaml")
JSON = pages.blocks("json")
COMMANDS = pages.commands()
OURS = [one for one in COMMANDS if pages.words(one)[:1] == ["dragoman"]]
MODULES = [one for one in COMMANDS if pages.words(one)[:2] == ["python", "-m"]]
RECIPES = sorted((ROOT / "src/dragoman/recipes").glob("*.yaml"))
STEPS = """\
flow: example
on: acton.contact.added
with: {list: l-0042}
steps:
"""
VARIABLE = re.compile(r"\bDRAGOMAN_[A-Z_]+\b")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """What a new workspace knows."""
    known = wiring.vendors()
    folder = tmp_path_factory.mktemp("shop")
    init_files(folder, None)
    entries = library.catalogue()
    return World(
        operations=entries.operations,
        triggers=entries.triggers,
        filters={name: one for vendor in known.values() for name, one in vendor.filters.items()},
        env={"country": "US", **workspace.read(folder, known).env},
        connections={"main": "highlevel", "marketing": "acton"},
    )


@pytest.mark.parametrize("block", YAML, ids=str)
def test_every_yaml_block_is_read(block: Said, world: World, tmp_path: Path) -> None:
    if block.text.startswith("flow:"):
        assert read(block.text, str(block), world).steps
    elif block.text.startswith("- "):
        indented = "".join(f"  {line}\n" for line in block.text.splitlines())
        assert read(STEPS + indented, str(block), world).steps
    elif block.text.startswith("workspace:"):
        (tmp_path / FILE).write_text(block.text)
        assert workspace.read(tmp_path, wiring.vendors()).connections
    else:
        file = tmp_path / "catalog/highlevel/operations/examples.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(block.text)
        assert len(library.catalogue(tmp_path).operations) > len(world.operations)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda one: one.stem)
def test_every_recipe_is_read_and_named_as_its_file(recipe: Path, world: World) -> None:
    assert read(recipe.read_text(), recipe.name, world).name == recipe.stem


@pytest.mark.parametrize("block", JSON, ids=str)
def test_every_json_block_is_json(block: Said) -> None:
    json.loads(block.text)


@pytest.mark.parametrize("command", OURS, ids=lambda one: f"{one}-{one.text}")
def test_every_command_line_exists_with_its_options(command: Said) -> None:
    tokens = pages.words(command)[1:]
    if tokens[0].isupper():
        pytest.skip("a placeholder for any command")

    # In a sentence a command may be named without what it is about.
    allowed = suppress(MissingArgumentError) if command.language == pages.INLINE else nullcontext()
    with allowed:
        build().parse_args(tokens, exit_on_error=False, print_error=False)


@pytest.mark.parametrize("command", pages.advised(), ids=lambda one: f"{one}-{one.text}")
def test_every_command_that_a_message_advises_exists(command: Said) -> None:
    with suppress(MissingArgumentError):
        build().parse_args(pages.words(command)[1:], exit_on_error=False, print_error=False)


@pytest.mark.parametrize("command", MODULES, ids=lambda one: f"{one}-{one.text}")
def test_every_program_of_the_repository_exists(command: Said) -> None:
    assert find_spec(pages.words(command)[2]) is not None


def test_every_target_of_make_exists() -> None:
    makefile = ROOT / "Makefile"
    if not makefile.exists():
        pytest.skip("there is no Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile.read_text(), re.MULTILINE))

    shown = {
        one.text.split()[1] for one in pages.inline() if re.fullmatch(r"make [a-z]+", one.text)
    }

    assert shown <= targets


def test_every_kind_of_step_has_a_section() -> None:
    text = (ROOT / "docs/flows.md").read_text()
    headings = {line.split()[1].strip(",") for line in text.splitlines() if line.startswith("### ")}

    wanted = {str(vars(kind).get("KIND", kind.KEY)) for kind in kinds().values()}

    assert wanted <= headings


def test_every_setting_stands_in_the_documents_and_every_variable_there_is_a_setting() -> None:
    named = {one for page in pages.PAGES for one in VARIABLE.findall(page.read_text())}

    assert named - {"DRAGOMAN_NAME"} == {
        f"DRAGOMAN_{one.name.upper()}" for one in msgspec.structs.fields(Settings)
    }
