"""Every call of HighLevel's has its entry, and the entry says of it what the reference says."""

from typing import Any

import pytest
import yaml

from dragoman.catalog.entries import Operation
from tests.catalog.shipped import CALLS
from tests.conftest import Tell
from tests.contract.published import REQUIRED, SHARED, bare

REFERENCE = SHARED.parent / "reference" / "highlevel-operations.yaml"
KNOWN = 576
"""How many calls the reference lists."""

if not REFERENCE.is_file():
    missing = f"no call was looked for: HighLevel's reference is not at {REFERENCE}"
    if REQUIRED:
        pytest.fail(missing)
    pytest.skip(missing, allow_module_level=True)

CALLABLE_BY = {
    "sub_account_oauth": "location-oauth",
    "sub_account_pit": "location-pit",
    "agency_oauth": "agency-oauth",
    "agency_pit": "agency-pit",
}
UNSAID = {"location-oauth", "location-pit"}
"""Who may ask where HighLevel does not say."""
DEVIATIONS: dict[str, dict[str, str]] = {
    "oauth.get_access_token": {"tokens": "nobody has a token yet"},
    "oauth.get_installed_location": {"v3": "pages in another way and answers in another shape"},
    "conversations.send_review_reply": {"deprecated": "v3 says so, the older description does not"},
    "conversations.initiate_file_upload": {"deprecated": "as conversations.send_review_reply"},
    "conversations.complete_file_upload": {"deprecated": "as conversations.send_review_reply"},
}
"""From a call to what our entry says differently of it, and why."""

REFERRED: list[dict[str, Any]] = yaml.load(REFERENCE.read_bytes(), Loader=yaml.CSafeLoader)[
    "operations"
]
OURS: dict[tuple[str, str], list[Operation]] = {}
for _one in CALLS:
    if _one.vendor == "highlevel":
        OURS.setdefault((_one.method, bare(_one.path)), []).append(_one)


def entries(referred: dict[str, Any]) -> list[Operation]:
    return OURS.get((referred["method"], bare(referred["path"])), [])


def reference_id(referred: dict[str, Any]) -> str:
    return str(referred["id"])


def said(referred: dict[str, Any]) -> dict[str, Any]:
    """What the reference says, in the words of an entry."""
    newer = referred["v3"]["path"] if referred["v3"] else ""
    return {
        "version": referred["send_version"] or "",
        "scopes": set(referred["scopes"] or referred.get("scopes_hint", {}).get("scopes", ())),
        "tokens": {CALLABLE_BY[kind] for kind in referred["token_kinds"]} or UNSAID,
        "v3": bare(referred["path"] if newer == "same" else newer),
        "deprecated": bool(referred.get("deprecated")),
    }


def test_every_call_has_one_entry(tell: Tell) -> None:
    found = [one for one in REFERRED if entries(one)]
    tell(f"{len(found)} of {len(REFERRED)} calls of HighLevel have their entry")

    assert [one["id"] for one in REFERRED if not entries(one)] == []
    assert {key: len(ours) for key, ours in OURS.items() if len(ours) > 1} == {}
    assert len(found) == len(OURS) == KNOWN


@pytest.mark.parametrize("referred", REFERRED, ids=reference_id)
def test_an_entry_says_what_the_reference_says_but_for_what_is_known(
    referred: dict[str, Any],
) -> None:
    known = DEVIATIONS.get(referred["id"], {})

    for ours in entries(referred):
        says = {
            "version": ours.version,
            "scopes": set(ours.scopes),
            "tokens": set(ours.tokens),
            "v3": bare(ours.v3),
            "deprecated": ours.stage == "deprecated",
        }
        assert {name for name, one in said(referred).items() if one != says[name]} == set(known)


def test_what_is_known_is_known_of_calls_there_are_and_has_a_reason() -> None:
    assert DEVIATIONS.keys() <= {one["id"] for one in REFERRED}
    assert all(reason for known in DEVIATIONS.values() for reason in known.values())
