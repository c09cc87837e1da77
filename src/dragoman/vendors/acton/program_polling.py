"""People who come into what feeds a program, found by asking.

No call tells who is in a program. It tells the lists and segments that the program reads, and who
comes into one of these is taken in when the program next runs its entry.
"""

from typing import Any

import msgspec

from dragoman.catalog.parts import Found, Part, PollPlan, Watch
from dragoman.kernel.errors import BadAnswer
from dragoman.vendors.acton.contact_polling import joined_to
from dragoman.vendors.acton.polling import rows_of

_SEGMENTS = ("g-", "q-")
"""How the ids of segments begin."""


def entered(watch: Watch) -> PollPlan:
    """Who came into the lists and segments of a program; the cursor holds what each poll wants.

    Raises:
        BadAnswer: there is no such program.
    """
    program = watch.settings["program"]
    said = yield Part("acton.programs.list", {"type": watch.settings.get("type", "TRACK")})
    known = [one for folder in said["folders"] for one in folder.get("programs") or []]
    found = next((one for one in known if one.get("id") == program), None)
    if found is None:
        raise BadAnswer(
            f"there is no program {program} of this type",
            fix="`dragoman call acton.programs.list` shows the ids; see `with:` of the flow",
        )
    rows: list[dict[str, Any]] = []
    unusable: list[dict[str, Any]] = []
    cursors: dict[str, Any] = {}
    complete = True
    for source in found.get("srcIds") or []:
        one = msgspec.structs.replace(watch, cursor=watch.cursor.get(source, {}))
        plan = joined_to if source.startswith(_SEGMENTS) else rows_of
        part = yield from plan(source, one)
        about = {"program_id": program, "program_name": found.get("name"), "source_id": source}
        rows += [_row(row, about) for row in part.rows]
        unusable += part.unusable
        cursors[source] = part.cursor
        complete = complete and part.complete
    return Found(rows, cursors, unusable, complete)


def _row(row: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    """A row of a list, or a contact of a segment, under the same names."""
    return {
        **row,
        **about,
        "person_id": row.get("_contact_id_") or row.get("id"),
        "entered_at": row.get("found_at") or row.get("__created_date"),
        "turn": row.get("turn", 0),
    }
