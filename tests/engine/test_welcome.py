"""The main job: a contact added in Act-On is welcomed in a HighLevel conversation."""

from pathlib import Path

from tests.engine.points import Act
from tests.engine.rig import RECIPE, Rig, bo, play


def test_a_new_contact_is_welcomed_once_and_tagged(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        async with rig.serving():
            await rig.clock.sleep(6)
            await rig.add(bo())
            await rig.clock.sleep(600)

        assert rig.sent_to() == ["bo@example.com"]
        assert rig.effects("message.sent")[0]["content"]["text"] == "Hi Bo, thanks for joining us."
        assert len(rig.effects("contact.created")) == 1
        assert [one["content"]["added"] for one in rig.effects("contact.tags_added")] == [
            ["welcomed"]
        ]
        assert await rig.states() == [("done", "")]

    play(tmp_path, story)


def test_contacts_from_before_the_arming_are_known_and_start_nothing(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        await rig.add(bo(1), bo(2))
        await rig.clock.sleep(30)
        await rig.arm(RECIPE.read_text())
        async with rig.serving():
            await rig.clock.sleep(20)
            await rig.add(bo(3))
            await rig.clock.sleep(20)

        assert rig.sent_to() == ["bo3@example.com"]
        events = await rig.events()
        assert [event.state for event in events] == ["skipped", "skipped", "routed"]
        assert events[0].reason == "happened before the flow was armed"

    play(tmp_path, story)


def test_nobody_is_sent_to_who_cannot_or_does_not_want_to_be(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        contact = {"email": "ann@example.com", "phone": "+14155550199"}
        made = await rig.control("POST", "/control/highlevel/contacts", contact)
        path = f"/control/highlevel/contacts/{made['contact']['id']}/dnd"
        await rig.control("POST", path, {"channel": "SMS", "status": "permanent"})
        async with rig.serving():
            await rig.add(
                bo(1, phone=""),
                bo(2, email=""),
                bo(3, opted_out="Y"),
                {"email": "ann@example.com", "phone": "(415) 555-0199"},
            )
            await rig.clock.sleep(60)

        assert rig.sent_to() == []
        assert [reason for _, reason in await rig.states()] == [
            "no phone number to welcome the contact at",
            "where: event.data.email and not event.data.opted_out",
            "where: event.data.email and not event.data.opted_out",
            "the contact does not want text messages",
        ]
        assert {state for state, _ in await rig.states()} == {"skipped"}

    play(tmp_path, story)


def test_consent_withdrawn_between_plan_and_send_is_kept(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()

        def opt_out() -> None:
            for contact in rig.world.highlevel.contacts.values():
                contact.fields["dnd"] = True

        # The third answered call of the run is the search for the conversation: consent was
        # read before it, the message comes after it.
        async with rig.serving(Act("call.answered", opt_out, 2)):
            await rig.add(bo())
            await rig.clock.sleep(60)

        assert rig.sent_to() == []
        assert await rig.states() == [("skipped", "consent: do-not-disturb is on for all channels")]

    play(tmp_path, story)


def test_what_cannot_be_found_out_is_not_taken_as_allowed(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare()
        await rig.fault(
            vendor="highlevel", method="GET", path="^/contacts/", times=None,
            fault={"kind": "html", "status": 200},
        )  # fmt: skip
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(60)

        assert rig.sent_to() == []
        ((state, reason),) = await rig.states()
        assert state == "dead"
        assert reason.startswith("welcome: HighLevel answered 200 with a page")

    play(tmp_path, story)
