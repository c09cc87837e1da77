"""Writes the table of dependencies: `uv run python -m tools.dependencies`.

Versions and dates of release come from the lock file, licences and sizes from what is installed,
import times are measured here: the best of five fresh interpreters, less an empty one. So the table
is written by hand, now and then, and only what cannot differ between machines is tested.
"""

import subprocess
import sys
import tempfile
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from tools.pages import markdown

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/decisions/0000-dependencies.md"
BEGIN = "<!-- table: written by `python -m tools.dependencies` -->"
END = "<!-- end of table -->"

USES = {
    "aiohttp": ("aiohttp", "the HTTP client", "0003-http-client.md"),
    "aiorwlock": (
        "aiorwlock",
        "calls that must be alone",
        "0017-alone-after-two-crashes.md",
    ),
    "apsw": ("apsw", "the embedded store, SQLite inside", "0001-embedded-store.md"),
    "cryptography": (
        "cryptography.hazmat.primitives.ciphers.aead",
        "sealing of credentials",
        "0009-sealing.md",
    ),
    "cyclopts": ("cyclopts", "commands and their help", "0008-commands.md"),
    "httptools": ("httptools", "parses HTTP for uvicorn", "0010-simulators.md"),
    "jsonschema-rs": ("jsonschema_rs", "checks inputs of operations", "0005-input-checks.md"),
    "msgspec": ("msgspec", "models and JSON", "0004-models-and-json.md"),
    "nltk-vader-sentiment": ("vader", "how words are meant", "0019-sentiment.md"),
    "phonenumberslite": ("phonenumbers", "reads phone numbers", "0013-times-and-phones.md"),
    "platformdirs": ("platformdirs", "where the master key lies", "0009-sealing.md"),
    "pynacl": (
        "nacl.bindings",
        "verifies signatures of webhooks",
        "0018-webhook-signatures.md",
    ),
    "pyyaml": ("yaml", "reads the catalogue", "0007-yaml-readers.md"),
    "rich": ("rich.console", "what commands print", "0008-commands.md"),
    "ruamel-yaml": ("ruamel.yaml", "reads flows, with line and column", "0007-yaml-readers.md"),
    "simplemma": ("simplemma", "whether a text is English", "0019-sentiment.md"),
    "starlette": ("starlette.applications", "the own API and the simulators", "0010-simulators.md"),
    "structlog": ("structlog", "what the service says", "0012-logs.md"),
    "uvicorn": ("uvicorn.protocols.http.httptools_impl", "HTTP server", "0010-simulators.md"),
    "uvloop": ("uvloop", "the event loop", "0010-simulators.md"),
    "whenever": ("whenever", "times and zones", "0013-times-and-phones.md"),
    "yarl": ("yarl", "the URLs that aiohttp takes", "0003-http-client.md"),
    "hypothesis": ("hypothesis", "tests: properties", "0014-tests.md"),
    "looptime": ("looptime", "tests: virtual time", "0014-tests.md"),
    "pytest": ("pytest", "tests", "0014-tests.md"),
    "pytest-asyncio": ("pytest_asyncio", "tests: coroutines", "0014-tests.md"),
    "pytest-socket": ("pytest_socket", "tests: no network but loopback", "0014-tests.md"),
    "pytest-timeout": ("pytest_timeout", "tests: a deadline for each", "0014-tests.md"),
    "pytest-xdist": ("xdist", "tests: one process a core", "0014-tests.md"),
    "schemathesis": ("schemathesis", "tests: the API is as its document says", "0014-tests.md"),
    "gohighlevel-api-client": (
        "highlevel",
        "tests: HighLevel's own client",
        "0025-the-vendors-own-client.md",
    ),
}
"""Of each dependency: what of it is imported, what for, and where that was decided."""

_ROUNDS = 5


class Locked(msgspec.Struct, frozen=True):
    version: str
    released: str
    """The day."""


def locked() -> dict[str, Locked]:
    """Version and day of release of everything in the lock file."""
    found: dict[str, Locked] = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]:
        files: list[dict[str, Any]] = [*package.get("wheels", [])]
        files += [package["sdist"]] if "sdist" in package else []
        days = [one["upload-time"][:10] for one in files if "upload-time" in one]
        found[package["name"]] = Locked(package["version"], max(days, default=""))
    return found


def table() -> str:
    """Measure, and write the table."""
    lock = locked()
    with tempfile.TemporaryDirectory() as compiled:
        empty = _micros("sys", compiled)
        rows = [_row(name, lock[name], _micros(USES[name][0], compiled) - empty) for name in USES]
    heads = ("package", "used for", "version", "released", "licence", "MB", "import ms", "why")
    return markdown.table(heads, rows)


def _row(name: str, lock: Locked, micros: int) -> tuple[str, ...]:
    _, use, page = USES[name]
    found = metadata.distribution(name)
    return (
        f"`{name}`",
        use,
        lock.version,
        lock.released,
        _licence(found),
        f"{_size(found) / 1e6:.1f}",
        f"{max(micros, 0) / 1000:.0f}",
        f"[{page[:4]}]({page})",
    )


def _licence(found: metadata.Distribution) -> str:
    said = found.metadata.json
    words = said.get("license_expression") or said.get("license") or "not stated"
    return str(words).strip().splitlines()[0]


def _size(found: metadata.Distribution) -> int:
    places = [Path(str(one.locate())) for one in found.files or ()]
    return sum(one.stat().st_size for one in places if one.exists() and one.suffix != ".pyc")


def _micros(module: str, compiled: str) -> int:
    """What importing takes, with all that it imports, in a fresh interpreter."""
    return min(_once(module, compiled) for _ in range(_ROUNDS))


def _once(module: str, compiled: str) -> int:
    command = [sys.executable, "-X", "importtime", "-c", f"import {module}"]
    # The first round compiles, the others find what it compiled.
    surroundings = {"PYTHONPYCACHEPREFIX": compiled}
    said = subprocess.run(  # noqa: S603  # our own command
        command, env=surroundings, capture_output=True, text=True, check=True
    ).stderr
    lines = [line.removeprefix("import time:").split("|") for line in said.splitlines()[1:]]
    return sum(int(line[0]) for line in lines if len(line) == 3)  # noqa: PLR2004  # self, all, name


def main() -> None:
    text = PAGE.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}")
    print(f"written  {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
