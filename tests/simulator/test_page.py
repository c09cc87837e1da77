"""The page for people: plain forms, everything escaped, nothing from elsewhere."""

import re

import msgspec
import pytest

from tests.simulator.conftest import Rig

NASTY = "<script>alert('x')</script>&\"'"


async def test_a_contact_added_by_form_is_on_the_list_and_on_the_page(rig: Rig) -> None:
    form = {"list_id": "l-0042", "email": "bo@example.com", "first_name": "Bo", "phone": ""}

    reply = await rig.control.call("POST", "/page/contacts", form=form)
    page = await rig.control.get(reply.headers["location"])

    assert (reply.status, reply.headers["location"]) == (303, "/?done=contact#rows")
    assert b"bo@example.com" in page.raw
    assert b"The contact is on the list." in page.raw
    assert rig.world.acton.default_list.first_with("bo@example.com") is not None


async def test_everything_from_outside_is_escaped(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    contact = await rig.contact(highlevel, name=NASTY, phone="+14155550100", tags=[NASTY])
    await highlevel.post(
        "/conversations/messages", {"type": "SMS", "contactId": contact, "message": NASTY}
    )
    await rig.control.post(
        "/control/acton/lists/l-0042/contacts", {"email": "bo@example.com", "first_name": NASTY}
    )
    await rig.control.post("/control/acton/lists", {"name": NASTY})
    await rig.break_({"kind": "429"}, path="<b>", times=None)

    page = (await rig.control.get(f"/?done={NASTY}")).raw

    assert page.count(b"&lt;script&gt;") >= 5
    assert b"<script" not in page
    assert b"<b>" not in page


async def test_do_not_disturb_is_set_by_form(rig: Rig) -> None:
    contact = await rig.contact(await rig.highlevel(), phone="+14155550100")
    form = {"contact_id": contact, "channel": "SMS", "status": "permanent"}

    reply = await rig.control.call("POST", "/page/dnd", form=form)

    assert reply.status == 303
    settings = rig.world.highlevel.contacts[contact].dnd_settings
    assert settings["SMS"]["status"] == "permanent"


async def test_things_are_broken_and_mended_by_form(rig: Rig) -> None:
    highlevel = await rig.highlevel()
    form = {"vendor": "highlevel", "fault": "503", "path": "search", "times": ""}
    path = f"/conversations/search?locationId={rig.location}"

    broken = await rig.control.call("POST", "/page/break", form=form)
    first = await highlevel.get(path)
    shown = await rig.control.get("/")
    break_id = next(iter(rig.world.breaks.active))
    mended = await rig.control.call("POST", "/page/mend", form={"break_id": break_id})
    second = await highlevel.get(path)

    assert (broken.status, mended.status) == (303, 303)
    assert (first.status, second.status) == (503, 200)
    assert b"1 so far" in shown.raw


async def test_a_form_that_does_not_fit_says_so_on_the_page(rig: Rig) -> None:
    reply = await rig.control.call("POST", "/page/break", form={"fault": "unheard of"})

    assert reply.status == 400
    assert b"no such fault" in reply.raw
    assert reply.headers["content-type"].startswith("text/html")


async def test_a_reply_comes_in_by_form(rig: Rig) -> None:
    contact = await rig.contact(await rig.highlevel(), phone="+14155550100", name="Bo")
    form = {"contact_id": contact, "channel": "WhatsApp", "text": "Thanks!"}

    reply = await rig.control.call("POST", "/page/replies", form=form)
    page = await rig.control.get(reply.headers["location"])

    (message,) = rig.world.highlevel.messages.values()
    assert (reply.status, message.direction, message.channel) == (303, "inbound", "WhatsApp")
    assert b"Thanks!" in page.raw


@pytest.mark.parametrize(
    ("more", "seconds", "turns"),
    [
        ({"minutes": "2.5", "conversation": "angry"}, 150, 8),
        ({"minutes": "0.5", "conversation": "none"}, 30, 0),
        ({"minutes": "0", "conversation": "angry", "status": "busy"}, 0, 0),
    ],
)
async def test_a_call_is_placed_by_form(
    rig: Rig, more: dict[str, str], seconds: int, turns: int
) -> None:
    contact = await rig.contact(await rig.highlevel(), phone="+14155550100", name="Bo")
    form = {"contact_id": contact, "direction": "outbound", "status": "completed", **more}

    reply = await rig.control.call("POST", "/page/calls", form=form)
    page = (await rig.control.get(reply.headers["location"])).raw.decode()

    (message,) = rig.world.highlevel.messages.values()
    assert message.call is not None
    assert (message.direction, message.call.status) == ("outbound", form["status"])
    assert (message.call.seconds, len(message.call.turns)) == (seconds, turns)
    assert f'data-head="Status">{form["status"]}<' in page
    assert f'data-head="Text">{seconds} s' in page


async def test_a_line_without_a_speaker_is_the_callers(rig: Rig) -> None:
    contact = await rig.contact(await rig.highlevel(), phone="+14155550100", name="Bo")
    words = "Agent: Yes?\nIt is 5 o'clock: closed"
    form = {"contact_id": contact, "status": "completed", "words": words}

    await rig.control.call("POST", "/page/calls", form=form)

    (message,) = rig.world.highlevel.messages.values()
    assert message.call is not None
    assert [(turn.speaker, turn.text) for turn in message.call.turns] == [
        ("agent", "Yes?"),
        ("caller", "It is 5 o'clock: closed"),
    ]


async def test_somebody_opts_out_by_form(rig: Rig) -> None:
    form = {"email": " bo@example.com ", "origin": ""}

    reply = await rig.control.call("POST", "/page/optouts", form=form)
    page = await rig.control.get(reply.headers["location"])

    (entry,) = rig.world.acton.default_account.consent.suppressed("optout")
    assert (reply.status, entry.email, entry.origin) == (
        303,
        "bo@example.com",
        "Subscription page",
    )
    assert b"bo@example.com" in page.raw


async def test_webhooks_are_directed_disturbed_and_sent_again_by_form(rig: Rig) -> None:
    contact = await rig.contact(await rig.highlevel(), phone="+14155550100", name="Bo")
    url = "http://127.0.0.1:9/hooks/highlevel"
    faults = {"double": "0.3", "drop": "1", "late": "10", "shuffle": "5"}

    subscribed = await rig.control.call("POST", "/page/webhooks", form={"url": url})
    disturbed = await rig.control.call("POST", "/page/webhook-faults", form=faults)
    await rig.control.call("POST", "/page/replies", form={"contact_id": contact, "text": "Hi"})
    page = (await rig.control.get("/")).raw.decode()
    delivery = rig.world.webhooks.deliveries.since(0)[-1]
    resent = await rig.control.call(
        "POST", "/page/resend", form={"webhook_id": delivery.webhook_id}
    )
    emitted = await rig.control.call("POST", "/page/emit", form={"type": "NoteCreate"})
    ended = await rig.control.call("POST", "/page/unsubscribe")

    assert [one.status for one in (subscribed, disturbed, resent, emitted, ended)] == [303] * 5
    assert rig.world.webhooks.deliveries.since(0)[-1].type == "NoteCreate"
    assert msgspec.to_builtins(rig.world.webhooks.faults) == {
        "double": 0.3,
        "drop": 1.0,
        "late": 1.0,
        "late_seconds": 10.0,
        "shuffle_seconds": 5.0,
    }
    assert url in page
    assert '<td role="cell" data-head="State">dropped</td>' in page
    chosen = re.findall('<option value="([^"]*)" selected>', page)
    assert {"0.3", "1", "10", "5"} <= set(chosen)
    assert delivery.copies == 1
    assert rig.world.webhooks.subscriptions.all() == []


@pytest.mark.parametrize(
    ("path", "form", "status", "said"),
    [
        ("/page/optouts", {"email": "nobody"}, 400, "nobody is no e-mail address"),
        ("/page/replies", {"contact_id": "", "text": "Hi"}, 404, "no contact"),
        ("/page/calls", {"contact_id": "x", "minutes": "long"}, 400, "long is no number"),
        ("/page/calls", {"contact_id": "x", "status": "completed"}, 400, "no conversation"),
        ("/page/webhooks", {"url": "https://example.com/"}, 400, "not on this machine"),
        ("/page/webhook-faults", {"drop": "2"}, 400, "drop"),
        ("/page/resend", {"webhook_id": "x"}, 404, "no delivery x"),
        ("/page/emit", {"type": "Sneeze"}, 404, "no type Sneeze"),
        ("/page/emit", {"type": "NoteCreate"}, 409, "nobody is subscribed"),
    ],
)
async def test_what_does_not_fit_is_told_on_the_page(
    rig: Rig, path: str, form: dict[str, str], status: int, said: str
) -> None:
    reply = await rig.control.call("POST", path, form=form)

    assert reply.status == status
    assert re.search(f'<p class="said wrong" role="alert">[^<]*{said}', reply.raw.decode())


async def test_every_field_and_every_form_has_a_name_for_those_who_cannot_see(rig: Rig) -> None:
    await rig.contact(await rig.highlevel(), phone="+14155550100", name="Bo")

    page = (await rig.control.get("/")).raw.decode()

    unlabelled = re.sub(r"<label>.*?</label>", "", page, flags=re.DOTALL)
    assert not re.findall(r'<(?:select|textarea|input(?! type="hidden"))', unlabelled)
    named = re.findall(r'<form (?!class="inline").*?aria-labelledby="([^"]*)"', page)
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(named) == page.count("<form ") - page.count('<form class="inline"')
    assert set(named) <= set(ids)
    assert len(ids) == len(set(ids))


async def test_the_page_loads_nothing_and_runs_nothing(rig: Rig) -> None:
    page = await rig.control.get("/")

    links = re.findall(rb'(?:href|src|action)="([^"]*)"', page.raw)
    assert links
    inside = {b"#" + one for one in re.findall(rb' id="([^"]*)"', page.raw)}
    assert all(link.startswith(b"/") or link in inside for link in links)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert b"width=device-width" in page.raw
    assert b"prefers-color-scheme: dark" in page.raw
