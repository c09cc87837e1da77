"""What went wrong: one calm block with what failed, where, and the way out. Never a traceback."""

import errno
import textwrap
import traceback
from contextlib import suppress
from pathlib import Path

from cyclopts import CycloptsError, UnknownCommandError, UnusedCliTokensError
from rich.text import Text

from dragoman import settings
from dragoman.catalog.names import did_you_mean
from dragoman.cli import terminal
from dragoman.kernel.errors import (
    DefinitionError,
    DragomanError,
    PermanentError,
    Problems,
    Where,
)
from dragoman.kernel.jsons import Json


class Misuse(DragomanError):
    """The command was wrongly used."""

    code = "usage"


class Mistake(DragomanError):
    """Something broke inside Dragoman."""

    code = "internal"


def misuse(error: CycloptsError) -> Misuse:
    """Say what was wrong with the words typed."""
    chain = " ".join(error.command_chain or ())
    command = f"dragoman {chain}".strip()
    fix = f"`{command} --help` shows how it is used"
    if isinstance(error, UnknownCommandError) and error.unused_tokens and error.app:
        said = error.unused_tokens[0]
        known = [name for name in error.app if not name.startswith("-")]
        return Misuse(f"there is no command {said!r}: {did_you_mean(said, known)}", fix=fix)
    if isinstance(error, UnusedCliTokensError):
        said = " ".join(error.unused_tokens or ())
        return Misuse(f"that is more than `{command}` takes: {said}", fix=fix)
    return Misuse(str(error), fix=fix)


def mistake(error: Exception) -> DragomanError:
    """Name the place; the message of a foreign error may hold what nobody should read."""
    ours = _ours(error)
    if ours is not None:
        return ours
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return PermanentError("there is no room left to write", fix="make room, and try again")
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    place = f" at {Path(last.filename).name}:{last.lineno}" if last else ""
    return Mistake(
        f"Something broke inside Dragoman ({type(error).__name__}{place}).",
        fix="please report it; DRAGOMAN_LOG_LEVEL=debug shows the whole way there",
    )


def debug(error: Exception) -> None:
    """Show the whole way to a mistake, to whoever asks for it."""
    with suppress(DragomanError):
        if settings.read().log_level == "debug" and _ours(error) is None:
            terminal.err().print("".join(traceback.format_exception(error)), end="")


def leaves(error: BaseException) -> list[BaseException]:
    """The errors themselves, out of their groups."""
    if isinstance(error, BaseExceptionGroup):
        return [leaf for one in error.exceptions for leaf in leaves(one)]
    return [error]


def document(error: DragomanError) -> Json:
    """The one shape of errors, with every problem where there are several."""
    body = error.as_json()
    if isinstance(error, Problems):
        body["problems"] = [one.as_json() for one in error.problems]
        if error.problems:
            body["fix"] = error.fix or error.problems[0].fix
            body["where"] = error.problems[0].as_json().get("where")
    body.setdefault("where", None)
    return {"error": body}


def show(error: DragomanError, *, as_json: bool = False) -> None:
    if as_json:
        terminal.document(document(error))
        return
    console = terminal.err()
    if isinstance(error, Problems):
        for problem in error.problems:
            console.print(_block(problem))
        console.print(Text(_summary(error), "bad"))
    else:
        console.print(_block(error), end="")


def _ours(error: Exception) -> DragomanError | None:
    found = [one for one in leaves(error) if isinstance(one, DragomanError)]
    return found[0] if found else None


def _summary(error: Problems) -> str:
    files = list(dict.fromkeys(one.where.file for one in error.problems if one.where))
    said = f"{error.message} in {', '.join(files)}" if files else error.message
    return f"{said}. {error.fix}" if error.fix else f"{said}."


def _block(error: DragomanError) -> Text:
    text = Text()
    if error.where is not None and str(error.where):
        text.append(f"{error.where}\n", "name")
        text.append_text(_source(error.where))
    text.append("✗ " if _fancy() else "x ", "bad")
    text.append(_wrapped(error.message, 2) + "\n")
    if error.fix:
        text.append("  → " if _fancy() else "  > ", "way")
        text.append(_wrapped(error.fix, 4) + "\n", "way")
    return text


def _wrapped(words: str, indent: int) -> str:
    """Fold long words at the terminal's edge, each line under the first."""
    width = max(terminal.err().width - indent, 20)
    lines = [
        folded
        for line in words.splitlines()
        for folded in textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
    ]
    return ("\n" + " " * indent).join(lines)


def _source(where: Where) -> Text:
    """The line it stands in, with a mark under the column."""
    line = _line(where)
    if line is None:
        return Text()
    number = f"{where.line:>5}"
    shown, column = _window(line, where.column, terminal.err().width - len(number) - 4)
    text = Text()
    text.append(f"{number} | ", "quiet").append(shown + "\n")
    text.append(" " * len(number) + " | ", "quiet").append(" " * (column - 1) + "^\n", "bad")
    return text


def _line(where: Where) -> str | None:
    if not where.line:
        return None
    try:
        lines = Path(where.file).read_text(errors="replace").splitlines()
    except OSError:
        return None
    return lines[where.line - 1] if where.line <= len(lines) else None


def _window(line: str, column: int, width: int) -> tuple[str, int]:
    """The part of a long line around the column; control characters become spaces."""
    line = "".join(one if one.isprintable() else " " for one in line)
    column = min(max(column, 1), len(line) + 1)
    if len(line) <= width:
        return line, column
    start = max(0, min(column - width // 2, len(line) - width))
    return line[start : start + width], column - start


def _fancy() -> bool:
    return terminal.err().encoding.lower().startswith("utf")


def relocated(error: DefinitionError, folder: Path) -> DefinitionError:
    """The same error, its file named as it is found from the current folder."""
    if isinstance(error, Problems):
        moved = Problems([relocated(one, folder) for one in error.problems])
        moved.fix = error.fix
        return moved
    where = error.where
    if where is None or not where.file or not (folder / where.file).exists():
        return error
    here = shown(folder / where.file)
    return DefinitionError(
        error.message, fix=error.fix, where=Where(here, where.line, where.column)
    )


def shown(path: Path) -> str:
    """A path as a person in the current folder would type it."""
    whole, here = path.resolve(), Path.cwd()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)
