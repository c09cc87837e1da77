"""The pages of the documentation, and what stands in them."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=lambda one: one.relative_to(ROOT)
)
NAMES = [str(one.relative_to(ROOT)) for one in PAGES]

_BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(?<!`)`(?P<text>[^`]+)`(?!`)")
INLINE = "inline"
_END = frozenset({"|", "<", ">", "&&", "&", ";"})


@dataclass(frozen=True)
class Said:
    """Something that a page says, and where."""

    page: str
    line: int
    text: str
    language: str = ""

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(language: str) -> list[Said]:
    """The fenced blocks of one language, of all pages."""
    return [one for page in PAGES for one in _blocks(page) if one.language == language]


def inline() -> list[Said]:
    """What stands between backticks, of all pages."""
    return [one for page in PAGES for one in _inline(page)]


def commands() -> list[Said]:
    """What is typed: lines after a `$` in console blocks, and words of `dragoman` in text."""
    typed = [one for block in blocks("console") for one in _typed(block)]
    return typed + [one for one in inline() if re.match(r"(uv run |dragoman |DRAGOMAN_)", one.text)]


def advised() -> list[Said]:
    """Commands that the code names: in messages, ways out and templates."""
    found = []
    for file in sorted((ROOT / "src").rglob("*.*")):
        if file.suffix not in {".py", ".yaml"}:
            continue
        text = file.read_text()
        for one in re.finditer(r"`(?P<text>dragoman [a-z][^`{]*(?:\{[^`]*)?)`", text):
            said = re.sub(r"\{[^}]*\}", "X", " ".join(one["text"].split()))
            found.append(Said(_name(file), _line(text, one.start()), said))
    return found


def words(command: Said) -> list[str]:
    """The words of a command up to a pipe, without variables and `uv run` before it."""
    found = shlex.split(command.text)
    ends = [index for index, word in enumerate(found) if word in _END]
    found = found[: ends[0]] if ends else found
    while found and re.match(r"[A-Z_]+=", found[0]):
        del found[0]
    return found[2:] if found[:2] == ["uv", "run"] else found


def prose(page: Path) -> str:
    """A page without its fenced blocks, its lines where they were."""
    return _BLOCK.sub(lambda found: "\n" * found.group().count("\n"), page.read_text())


def _blocks(page: Path) -> Iterator[Said]:
    text = page.read_text()
    for found in _BLOCK.finditer(text):
        yield Said(_name(page), _line(text, found.start()), found["text"], found["language"])


def _inline(page: Path) -> Iterator[Said]:
    text = prose(page)
    for found in _INLINE.finditer(text):
        said = " ".join(found["text"].split())
        yield Said(_name(page), _line(text, found.start()), said, INLINE)


def _typed(block: Said) -> Iterator[Said]:
    lines = iter(enumerate(block.text.splitlines(), start=block.line + 1))
    for number, line in lines:
        if not line.startswith("$ "):
            continue
        said = line.removeprefix("$ ")
        while said.endswith("\\") or said.count("'") % 2:
            said = said.removesuffix("\\") + " " + next(lines)[1]
        yield Said(block.page, number, said)


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
