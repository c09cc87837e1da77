"""Draft catalogue entries from the vendors' published facts and our own words for them.

    uv run --all-groups python -m tools.draft WORDS.yaml

The words are ours: a mapping from the id that an operation has in `../shared/reference/` to what
the facts cannot say:

    conversations.get_messages:
      name: messages.list            # group and verb; the group names the file
      title: List the messages of a conversation
      does: Messages of one conversation, newest first.
      effect: read                   # needed for POST only
      inputs: {limit: At most 100.}  # a sentence about an input, or a mapping laid over it
      rename: {body_locationId: locationId}
      paging: {...}                  # and whatever else an entry may say

What comes out is appended to `operations/GROUP.yaml`. From then on the YAML is the truth: it is
edited by hand, and what is there already is never drafted again.
"""

import sys
from pathlib import Path
from typing import Any

import yaml

from tools.drafting import acton, highlevel
from tools.drafting.layout import written

VENDORS = Path(__file__).parents[1] / "src" / "dragoman" / "vendors"
OVER = ("lookup", "consent", "tidy", "answer", "missing", "ready", "paging", "output", "source")
"""What words may say of an entry beside its name, title, purpose, effect and inputs."""


def drafted(key: str, words: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """The vendor, the name, and the entry."""
    source = highlevel if key in highlevel.FACTS else acton
    facts = source.facts(key)
    if "effect" not in words and facts["effect"] is None:
        raise SystemExit(f"{key}: a POST needs `effect`")
    entry = {"title": words["title"], "does": words["does"], **facts}
    entry["effect"] = words.get("effect", facts["effect"])
    entry |= {name: words[name] for name in OVER if name in words}
    for name, said in words.get("inputs", {}).items():
        if name not in entry["input"]:
            raise SystemExit(f"{key}: there is no input {name!r}: {', '.join(entry['input'])}")
        entry["input"][name] |= {"does": said} if isinstance(said, str) else said
    for old, new in words.get("rename", {}).items():
        entry["input"][new] = {**entry["input"].pop(old), "name": old.removeprefix("body_")}
    for name in ("first_class", "callable", "reason", "example"):
        if name in words:
            entry[name] = words[name]
    return source.VENDOR, words["name"], entry


def main() -> None:
    for file in sys.argv[1:]:
        for key, words in yaml.safe_load(Path(file).read_bytes()).items():
            vendor, name, entry = drafted(key, words)
            group, _, verb = name.rpartition(".")
            path = VENDORS / vendor / "operations" / f"{group}.yaml"
            text = path.read_text() if path.exists() else ""
            if verb in (yaml.safe_load(text) or {}):
                sys.stderr.write(f"{key}: {vendor}.{name} is there already\n")
                continue
            path.write_text(f"{text.rstrip()}\n\n{written(verb, entry)}".lstrip())


if __name__ == "__main__":
    main()
