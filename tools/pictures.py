"""Takes the pictures of the documentation: `uv run python -m tools.pictures`.

Every picture is the output of a real command. Each comes twice, for light pages and for dark ones.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from dragoman.cli.demo import calling, reply
from dragoman.cli.demo.scripts import Script

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs/pictures"
WIDTH = 100
FLOW, CALLS = "welcome-new-contact", "call-sentiment-routing"
BO = {"email": "bo@example.com", "first_name": "Bo", "phone": "+14155550100"}
AL = {"email": "al@example.com", "first_name": "Al", "phone": "+14155550107"}
TURNS = [
    {"speaker": "agent", "text": "How can I help?"},
    {"speaker": "caller", "text": "I was charged twice. I am angry, nobody calls me back!"},
]
WRONG = """\
flow: welcome
on: acton.contact.added
with: {list: l-0042}
where: event.data.emial
steps:
  - id: contact
    call: highlevel.contacts.upsrt
    input: {email: "{{ event.data.email }}"}
"""

_LIGHT = TerminalTheme(
    (255, 255, 255),
    (20, 23, 26),
    [
        (20, 23, 26), (190, 24, 40), (18, 110, 45), (133, 88, 0),
        (9, 92, 190), (125, 60, 190), (6, 98, 120), (90, 96, 104),
    ],
)  # fmt: skip
_DARK = TerminalTheme(
    (13, 17, 23),
    (230, 237, 243),
    [
        (72, 79, 88), (255, 123, 114), (86, 211, 100), (227, 179, 65),
        (121, 192, 255), (210, 168, 255), (86, 212, 221), (230, 237, 243),
    ],
)  # fmt: skip
THEMES = {"light": _LIGHT, "dark": _DARK}

# As rich writes it, but with fonts that a machine has: a picture should ask no other site.
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g>
</g>
</svg>
"""
_BORDERS = {"light": "rgba(0,0,0,0.25)", "dark": "rgba(255,255,255,0.25)"}


class Desk:
    """A folder to type commands in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = {
            **{name: one for name, one in os.environ.items() if not name.startswith("DRAGOMAN_")},  # noqa: TID251  # commands run in it
            "DRAGOMAN_MASTER_KEY_FILE": str(folder / "master.key"),
            "DRAGOMAN_SETTLE": "1",
            "DRAGOMAN_RETRY_BASE": "0.2",
            "FORCE_COLOR": "1",
            "COLUMNS": str(WIDTH),
            "TZ": "UTC",
        }

    def run(self, *words: str, folder: str = ".") -> str:
        """What a command prints, colours included."""
        return subprocess.run(  # noqa: S603  # our own command
            [sys.executable, "-m", "dragoman", *words],
            cwd=self.folder / folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        ).stdout

    @contextmanager
    def running(self, *words: str, folder: str = ".") -> Iterator[str]:
        """Run a command meanwhile; what it says first, as one JSON document."""
        process = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "dragoman", *words],
            cwd=self.folder / folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None  # noqa: S101  # it is piped
        said = ""
        try:
            while line := process.stdout.readline():
                said += line
                if line.startswith("}") or "Listening" in line:
                    break
            yield said
        finally:
            process.terminate()
            process.wait()


def save(name: str, title: str, output: str) -> None:
    for theme, colours in THEMES.items():
        console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
        console.print(Text.from_ansi(output.rstrip("\n")))
        picture = console.export_svg(
            title=title, theme=colours, code_format=_FORMAT, unique_id=f"{name}-{theme}"
        )
        picture = picture.replace("rgba(255,255,255,0.35)", _BORDERS[theme])
        place = PICTURES / f"{name}-{theme}.svg"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join(line.rstrip() for line in picture.splitlines()) + "\n")
        print(f"written  {place.relative_to(ROOT)}")


def ask(control: str, path: str, body: Any = None) -> Any:
    data = json.dumps(body).encode() if body is not None else None
    with urlopen(Request(control + path, data)) as answer:  # noqa: S310  # the simulator on loopback
        return json.load(answer)


def ended(desk: Desk, state: str, flow: str = FLOW) -> str:
    """Wait until a run is in this state; its id."""
    asked = ("runs", "list", "--state", state, "--flow", flow, "--json")
    while True:
        found = json.loads(desk.run(*asked, folder="shop"))
        if found:
            return str(found[0]["id"])


def one_story(output: str, script: Script, following: Script) -> str:
    """Of what the demo prints, one story and the end: all four would be too long for a picture."""
    lines = output.splitlines()
    begin, end = (_line_with(lines, one.title) for one in (script, following))
    closing = _line_with(lines, "as told")
    return "\n".join([*lines[begin : end - 1], "", *lines[closing:]])


def _line_with(lines: list[str], words: str) -> int:
    return next(number for number, line in enumerate(lines) if words in line)


def take(desk: Desk) -> None:
    words = ("transcript", "of", "a", "call")
    save(
        "search",
        " ".join(["dragoman catalog search", *words]),
        desk.run("catalog", "search", *words),
    )
    save("demo", "dragoman demo", one_story(desk.run("demo"), reply.SCRIPT, calling.SCRIPT))
    ports = [f"--{name}-port=0" for name in ("control", "highlevel", "acton")]
    with desk.running("simulate", "--seed=7", "--json", *ports) as said:
        control = json.loads(said)["control"]
        desk.run("init", "shop", "--simulator", control)
        serving = ("serve", "--poll-every=0.5", "--listen=127.0.0.1:0")
        with desk.running(*serving, folder="shop") as greeting:
            hooks = re.findall(r"http://[\d.:]+/hooks/\w+", greeting)
            ask(control, "/control/webhooks", {"url": hooks[0]})
            for flow in (FLOW, CALLS):
                desk.run("flows", "arm", flow, folder="shop")
            _runs(desk, control)
    (desk.folder / "shop/flows/welcome.yaml").write_text(WRONG)
    output = desk.run("flows", "check", "flows/welcome.yaml", folder="shop")
    save("check", "dragoman flows check flows/welcome.yaml", output)


def _runs(desk: Desk, control: str) -> None:
    contacts = "/control/acton/lists/l-0042/contacts"
    ask(control, contacts, BO)
    done = ended(desk, "done")
    save("run", "dragoman runs show …", desk.run("runs", "show", done, folder="shop"))
    (person,) = ask(control, "/control/highlevel/contacts")["contacts"]
    said = {"contact_id": person["id"], "turns": TURNS, "transcript_after_seconds": 3}
    ask(control, "/control/highlevel/calls", said)
    routed = ended(desk, "done", CALLS)
    save("call", "dragoman runs show …", desk.run("runs", "show", routed, folder="shop"))
    fault = {"kind": "cut", "when": "before"}
    sending = {"vendor": "highlevel", "method": "POST", "path": "^/conversations/messages$"}
    ask(control, "/control/break", {**sending, "times": 2, "fault": fault})
    ask(control, contacts, AL)
    uncertain = ended(desk, "uncertain")
    save("uncertain", "dragoman runs show …", desk.run("runs", "show", uncertain, folder="shop"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        take(Desk(Path(folder)))


if __name__ == "__main__":
    main()
