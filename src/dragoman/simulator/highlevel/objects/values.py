"""Whether what a record is to hold fits the fields of its object.

What the vendor says where it does not is published nowhere; the sentences here are guesses.
"""

from typing import Any

from dragoman.kernel.jsons import Json
from dragoman.simulator.highlevel import answers
from dragoman.simulator.highlevel.fields import NUMBER, OBJECTS, TEXT, TEXTS
from dragoman.simulator.highlevel.objects.records import Field, Kind

_FIT = {
    "NUMERICAL": NUMBER,
    "CHECKBOX": TEXTS,
    "MULTIPLE_OPTIONS": TEXTS,
    "FILE_UPLOAD": OBJECTS,
}
"""Other kinds hold text; money is an amount with its currency."""
_OPEN = frozenset({"CHECKBOX", "MULTIPLE_OPTIONS", "SINGLE_OPTIONS", "RADIO"})


def check(one: Kind, properties: dict[str, Json]) -> None:
    """Look at what is to be written.

    Raises:
        Refusal: 400 that names each property that is unknown or unfit.
    """
    known = {field.name: field for field in one.fields.values()}
    wrong = []
    for name, value in properties.items():
        # A list of text boxes is written as one property for each box: `my_list.first`.
        field = known.get(name.partition(".")[0])
        if field is None:
            wrong.append(f"property {name} does not exist in {one.key}")
        elif value is not None:
            wrong += [f"{name} must be {problem}" for problem in _problems(field, value)]
    if wrong:
        raise answers.refusal(400, wrong)


def _problems(field: Field, value: Any) -> list[str]:
    kind = field.facts["dataType"]
    if kind == "MONETORY":
        fits = isinstance(value, dict) and NUMBER[1](value.get("value"))
        return [] if fits else ["an object with currency and value"]
    words, fits_kind = _FIT.get(kind, TEXT)
    if not fits_kind(value):
        return [words]
    chosen = value if isinstance(value, list) else [value]
    options = {option["key"] for option in field.facts.get("options", [])}
    if kind not in _OPEN or field.facts.get("allowCustomOption") or options >= set(chosen):
        return []
    return [f"one of {', '.join(sorted(options))}"]
