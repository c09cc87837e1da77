"""The flow files of a workspace: found by name or path, read with all their problems."""

import os
from pathlib import Path

import msgspec

from dragoman.catalog.names import did_you_mean
from dragoman.cli.folders import FLOWS, Folder
from dragoman.flows.flow import Flow
from dragoman.flows.reading import read
from dragoman.kernel.errors import DefinitionError, Problems, Where


class FlowFile(msgspec.Struct, frozen=True):
    shown: str
    """As it is found from the current folder."""
    stored: str
    """As it is called in the workspace."""
    text: str
    name: str
    """Of the flow; of the file, where that cannot be read."""
    version: str | None
    problems: list[DefinitionError]


def read_all(folder: Folder, paths: list[Path]) -> list[FlowFile]:
    """Read and check files; two of one name are a problem of the later one."""
    found = [_read(folder, path) for path in paths]
    seen: dict[str, str] = {}
    for one in found:
        if one.version is not None and one.name in seen:
            where = Where(one.shown, 1, 1)
            message = f"the flow {one.name!r} stands in {seen[one.name]}, too"
            one.problems.append(DefinitionError(message, fix="rename one of them", where=where))
        seen.setdefault(one.name, one.shown)
    return found


def find(folder: Folder, said: str) -> FlowFile:
    """A flow by its name or its file.

    Raises:
        DefinitionError: there is none.
    """
    path = Path(said)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return _read(folder, path)
    usual = folder.path / FLOWS / f"{said}.yaml"
    if usual.is_file():
        return _read(folder, usual)
    files = [_read(folder, one) for one in folder.files]
    named = [one for one in files if one.name == said]
    if not named:
        hint = did_you_mean(said, [one.name for one in files])
        raise DefinitionError(f"there is no flow {said!r} in {folder.path / FLOWS}", fix=hint)
    return named[0]


def _read(folder: Folder, path: Path) -> FlowFile:
    shown, stored = str(path), _stored(folder.path, path)
    try:
        text = path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        why = "is not there" if isinstance(error, FileNotFoundError) else "cannot be read"
        problem = DefinitionError(f"{shown} {why}", fix=f"flows lie in {folder.path / FLOWS}")
        raise problem from None
    try:
        flow = read(text, shown, folder.world)
    except Problems as error:
        return FlowFile(shown, stored, text, path.stem, None, error.problems)
    problems = _source(flow, shown, text, folder)
    return FlowFile(
        shown, stored, text, flow.name, flow.version if not problems else None, problems
    )


def _source(flow: Flow, shown: str, text: str, folder: Folder) -> list[DefinitionError]:
    """Events, too, must come from one account: else the flow could be right and not be armed."""
    vendor = folder.world.triggers[flow.trigger].vendor
    ours = [one.name for one in folder.workspace.connections.values() if one.vendor == vendor]
    if vendor in flow.connections or vendor in folder.workspace.defaults or len(ours) == 1:
        return []
    several = f"which of {', '.join(sorted(ours))}?" if ours else "there is none"
    fix = f"say `connections: {{{vendor}: NAME}}` in the flow, or `defaults:` in dragoman.yaml"
    if not ours:
        fix = f"add a connection of vendor {vendor} to dragoman.yaml"
    line = next((n for n, said in enumerate(text.splitlines(), 1) if said.startswith("on:")), 1)
    message = f"{flow.trigger} comes from an account of {vendor}: {several}"
    return [DefinitionError(message, fix=fix, where=Where(shown, line, 1))]


def _stored(folder: Path, path: Path) -> str:
    relative = os.path.relpath(path.resolve(), folder.resolve())
    return str(path.resolve()) if relative.startswith("..") else relative
