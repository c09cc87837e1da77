"""A person who opts out between plan and send is not sent to, wherever they opted out."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.engine.people import opt_out, schedule
from tests.engine.rig import Rig, bo, play

# 03:00 in New York when the story begins.
HOURS = 'hours: {zone: America/New_York, mon-fri: "09:00-17:00"}\n'
OPENING = 6 * 3600


async def in_highlevel(rig: Rig) -> None:
    await disturb_not(rig, "all")


async def of_text_messages(rig: Rig) -> None:
    await disturb_not(rig, "SMS")


async def in_act_on(rig: Rig) -> None:
    """It reaches HighLevel by the flow that was made for that."""
    await opt_out(rig, "bo@example.com")


async def disturb_not(rig: Rig, channel: str) -> None:
    (contact,) = rig.world.highlevel.contacts
    asked = {"channel": channel}
    await rig.control("POST", f"/control/highlevel/contacts/{contact}/dnd", asked)


REASONS: dict[Callable[[Rig], Awaitable[None]], str] = {
    in_highlevel: "consent: do-not-disturb is on for all channels",
    of_text_messages: "consent: do-not-disturb is active for SMS",
    in_act_on: "consent: do-not-disturb is active for SMS",
}


async def waiting(rig: Rig) -> None:
    """Bo's welcome is planned, and waits for the opening hours."""
    await rig.prepare("welcome-new-contact", "archive-on-status")
    file = rig.workspace / "dragoman.yaml"
    file.write_text(file.read_text() + HOURS)
    await rig.serve(4)
    await rig.add(bo())
    await rig.serve(60)
    ((state, _),) = await rig.states()
    assert state == "waiting"
    assert len(rig.effects("contact.created")) == 1


async def welcome_of(rig: Rig) -> tuple[str, str]:
    (run,) = [one for one in await rig.runs() if one.flow == "welcome-new-contact"]
    return run.state, run.reason


def test_who_does_not_withdraw_is_welcomed_when_the_office_opens(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await waiting(rig)
        await rig.serve(OPENING)

        assert await welcome_of(rig) == ("done", "")
        (sent,) = rig.effects("message.sent")
        assert 0 <= sent["at"] - 1_800_000_000_000 - OPENING * 1000 < 5000

    play(tmp_path, story, poll_every=600)


@pytest.mark.parametrize("withdraw", REASONS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("served", [True, False], ids=["serving", "down"])
def test_who_withdraws_while_the_message_waits_is_not_sent_to(
    tmp_path: Path, withdraw: Callable[[Rig], Awaitable[None]], *, served: bool
) -> None:
    async def story(rig: Rig) -> None:
        await waiting(rig)
        if served:
            async with rig.serving():
                await rig.clock.sleep(3600)
                await withdraw(rig)
                await rig.clock.sleep(OPENING)
        else:
            await rig.clock.sleep(3600)
            await withdraw(rig)
            await rig.serve(OPENING)

        assert rig.sent_to() == []
        assert await welcome_of(rig) == ("skipped", REASONS[withdraw])

    play(tmp_path, story, poll_every=600)


def test_who_wants_no_e_mail_in_highlevel_still_gets_the_text(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await waiting(rig)
        await disturb_not(rig, "Email")
        await rig.serve(OPENING)

        assert rig.sent_to() == ["bo@example.com"]
        assert await welcome_of(rig) == ("done", "")

    play(tmp_path, story, poll_every=600)


def test_who_withdraws_while_a_lost_send_is_looked_up_is_not_sent_to_again(tmp_path: Path) -> None:
    """The first try did not happen; before the second one, consent is asked for anew."""

    async def story(rig: Rig) -> None:
        await rig.prepare("welcome-new-contact")
        cut = {"kind": "cut", "when": "before"}
        await rig.fault(vendor="highlevel", method="POST", path="/messages$", fault=cut)
        async with rig.serving():
            await rig.add(bo())
            await rig.clock.sleep(10)
            ((state, reason),) = await rig.states()
            assert (state, reason) == ("waiting", "checking whether it happened")
            await disturb_not(rig, "all")
            await rig.clock.sleep(600)

        assert rig.sent_to() == []
        assert await welcome_of(rig) == ("skipped", REASONS[in_highlevel])

    play(tmp_path, story)


def test_what_was_scheduled_before_the_opt_out_is_not_sent_either(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await waiting(rig)
        (contact,) = rig.world.highlevel.contacts
        await schedule(rig, contact, "See you tomorrow", 86_400)
        async with rig.serving():
            await rig.clock.sleep(600)
            await opt_out(rig, "bo@example.com")
            await rig.clock.sleep(90_000)

        assert rig.sent_to() == []
        assert len(rig.effects("message.schedule_cancelled")) == 1
        assert rig.effects("message.refused") == []

    play(tmp_path, story, poll_every=3600)


@pytest.mark.parametrize("withdraw", REASONS, ids=lambda one: one.__name__)
def test_who_withdraws_while_nobody_serves_is_not_sent_to_although_it_is_time(
    tmp_path: Path, withdraw: Callable[[Rig], Awaitable[None]]
) -> None:
    """The office has opened before the service is started: first it asks what has happened."""

    async def story(rig: Rig) -> None:
        await waiting(rig)
        await rig.clock.sleep(3600)
        await withdraw(rig)
        await rig.clock.sleep(OPENING)
        await rig.serve(600)

        assert await welcome_of(rig) == ("skipped", REASONS[withdraw])
        assert rig.sent_to() == []

    play(tmp_path, story, poll_every=600)
