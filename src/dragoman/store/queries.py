"""Named queries, read from the `.sql` files beside this one."""

import re
from pathlib import Path

import msgspec

SQL = Path(__file__).parent / "sql"
_HEAD = re.compile(r"^-- name: (?P<name>[a-z_.]+)$", re.MULTILINE)


class Query(msgspec.Struct, frozen=True):
    name: str
    sentence: str
    text: str
    expects_one: bool
    """Whether changing no row means that somebody else was there first."""


def load(folder: Path = SQL / "queries") -> dict[str, Query]:
    """Every query of every file."""
    found: dict[str, Query] = {}
    for path in sorted(folder.glob("*.sql")):
        for query in _read(path.read_text()):
            if query.name in found:
                raise ValueError(f"{path.name}: {query.name} is declared twice")
            found[query.name] = query
    return found


def migrations(folder: Path = SQL / "migrations") -> list[tuple[int, str]]:
    """Number and text of each migration, in order."""
    return [(int(path.name[:4]), path.read_text()) for path in sorted(folder.glob("*.sql"))]


def _read(content: str) -> list[Query]:
    heads = list(_HEAD.finditer(content))
    ends = [head.start() for head in heads[1:]] + [len(content)]
    return [
        _query(head["name"], content[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    ]


def _query(name: str, body: str) -> Query:
    comments = [line[2:].strip() for line in body.splitlines() if line.startswith("--")]
    text = "\n".join(line for line in body.splitlines() if not line.startswith("--")).strip()
    sentence = " ".join(line for line in comments if not line.startswith("expects:"))
    return Query(name, sentence, text, "expects: one" in comments)
