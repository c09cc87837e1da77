"""What concerns one person happens in the order of the events; other people do not wait for it."""

from pathlib import Path

from dragoman.engine.events import Event
from tests.engine.rig import LIST, Rig, play

FLOW = """
flow: ordered
on: acton.contact.added
with: {list: l-0042}
steps:
  - id: contact
    call: highlevel.contacts.upsert
    input: {email: "{{ event.data.email }}", companyName: "{{ event.data.company }}"}
"""


def happened(rig: Rig, number: int, person: str) -> Event:
    data = {"list_id": LIST, "record_id": person, "created_at": number,
            "email": f"{person}@example.com", "company": f"{number}"}  # fmt: skip
    return Event(
        id=f"{number:032x}", type="acton.contact.added", source="/acton/1",
        subject=f"contact/{person}", time=number, connection="marketing", environment="sandbox",
        via="import", data=data, received_at=rig.clock.now(),
    )  # fmt: skip


def test_effects_for_one_person_keep_the_order_of_their_events(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(FLOW)
        down = {"kind": "status", "status": 503}
        await rig.fault(vendor="highlevel", path="/contacts/upsert", fault=down, skip=1, times=7)
        async with rig.serving() as parts:
            events = [happened(rig, number, "abc"[number % 3]) for number in range(60)]
            await parts.journal.write([event.add() for event in events])
            parts.service.notice()
            await rig.clock.sleep(1200)

        done = [entry for entry in rig.world.ledger.entries if "contact." in entry["effect"]]
        for person in "abc":
            order = [
                int(entry["content"]["companyName"])
                for entry in done
                if entry["subject"]["email"] == f"{person}@example.com"
            ]
            assert order == sorted(order)
            assert len(order) == 20

    play(tmp_path, story)


def test_nothing_crosses_from_a_sandbox_to_a_live_account(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.arm(FLOW)
        file = rig.workspace / "dragoman.yaml"
        text = file.read_text()
        file.write_text(text.replace("highlevel\n    environment: sandbox",
                                     "highlevel\n    environment: live"))  # fmt: skip
        async with rig.serving() as parts:
            await parts.journal.write([happened(rig, 1, "a").add()])
            parts.service.notice()
            await rig.clock.sleep(60)

        ((state, reason),) = await rig.states()
        assert state == "dead"
        assert "nothing crosses" in reason
        assert [one for one in rig.world.calls.entries if one["vendor"] == "highlevel"] == []

    play(tmp_path, story)
