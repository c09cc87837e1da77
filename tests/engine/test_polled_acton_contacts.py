"""Act-On Contacts that come, change, join a segment or gain a score are found by asking."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.engine.events import Event
from dragoman.wiring import Parts
from tests.engine.listening import FLOW, listen
from tests.engine.rig import START, Rig, play


async def enter(rig: Rig, *numbers: int) -> list[str]:
    wanted = [{"email": f"bo{number}@example.com"} for number in numbers]
    said = await rig.control("POST", "/control/acton/contacts", {"contacts": wanted})
    return list(said["contact_ids"])


async def entered(rig: Rig, parts: Parts) -> None:
    del parts
    first, second = await enter(rig, 1, 2)
    await join(rig, first)
    await score(rig, second, 60)


async def join(rig: Rig, *ids: str) -> None:
    members = {"contact_ids": list(ids)}
    await rig.control("POST", "/control/acton/segments/g-000b/members", members)


async def score(rig: Rig, contact: str, points: int) -> None:
    await rig.control("POST", f"/control/acton/contacts/{contact}/score", {"score": points})


async def much(rig: Rig, parts: Parts) -> None:
    """One is new and comes into the segment; two get points; all of it is looked at."""
    del parts
    said = await rig.control("GET", "/control/acton/contacts")
    first, second = (one["id"] for one in said["contacts"][-2:])
    (third,) = await enter(rig, 3)
    await join(rig, third)
    for contact, points in ((first, 49), (first, 51), (first, 70), (second, 70), (third, 5)):
        await score(rig, contact, points)
        await rig.clock.sleep(10)


@pytest.mark.parametrize(
    ("trigger", "settings", "expected"),
    [
        ("acton.unified_contact.added", "{}", ["bo3"]),
        ("acton.unified_contact.changed", "{}", ["bo1", "bo1", "bo1", "bo2", "bo3"]),
        ("acton.segment_contact.added", "{segment: g-000b}", ["bo3"]),
        ("acton.segment_contact.changed", "{segment: g-000b}", ["bo1", "bo1", "bo1", "bo3"]),
        ("acton.contact.score_reached", "{threshold: 50}", ["bo1"]),
    ],
)
@pytest.mark.parametrize("page", [2, 1000])
def test_act_on_contacts_are_found(
    tmp_path: Path, trigger: str, settings: str, expected: list[str], page: int
) -> None:
    found = listen(tmp_path, trigger, much, entered, settings, acton_page_maximum=page)

    assert sorted(one.data["email"].partition("@")[0] for one in found) == expected


def test_an_import_is_found_when_it_is_over(tmp_path: Path) -> None:
    mappings = [{"csvColumn": "Email", "actonColumn": "E-mail Address"}]
    definition = {
        "importDefinitionName": "All",
        "mappings": mappings,
        "mergeStrategy": "EMAIL",
    }

    async def story(rig: Rig) -> list[Event]:
        await rig.prepare(arm=False)
        async with rig.serving() as parts:
            made = await output(rig, parts, "acton.import_definitions.create", **definition)
            started = await output(
                rig,
                parts,
                "acton.imports.start",
                importDefinitionId=made["data"]["importDefinitionId"],
                file="Email\nbo@example.com\n",
            )
        settings = f"{{import: '{started['data']['importId']}'}}"
        await rig.arm(FLOW.format(trigger="acton.import.finished", settings=settings))
        asked = len(rig.transport.sent)
        await rig.serve(600)
        over = len(rig.transport.sent)
        await rig.serve(600)
        assert asked < over == len(rig.transport.sent)
        return [one for one in await rig.events() if one.type == "acton.import.finished"]

    (one,) = play(tmp_path, story)

    assert (one.data["status"], one.data["created"], one.time > START) == ("COMPLETED", 1, True)


async def output(rig: Rig, parts: Parts, operation: str, **given: Any) -> Any:
    """What a call answers that changes something."""
    run: Any = await parts.direct.call(operation, given, None)
    await parts.service.finish(run.id)
    row = next(one for one in await rig.runs() if one.id == run.id)
    step = (await rig.steps(row))["call"]
    assert step.state == "done", step
    return step.output
