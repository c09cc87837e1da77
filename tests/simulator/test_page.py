"""The page for people: plain forms, everything escaped, nothing from elsewhere."""

import re

from tests.simulator.conftest import Rig

NASTY = "<script>alert('x')</script>&\"'"


async def test_a_contact_added_by_form_is_on_the_list_and_on_the_page(rig: Rig) -> None:
    form = {"list_id": "l-0042", "email": "bo@example.com", "first_name": "Bo", "phone": ""}

    reply = await rig.control.call("POST", "/page/contacts", form=form)
    page = await rig.control.get(reply.headers["location"])

    assert (reply.status, reply.headers["location"]) == (303, "/?done=rows#rows")
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


async def test_the_page_loads_nothing_and_runs_nothing(rig: Rig) -> None:
    page = await rig.control.get("/")

    links = re.findall(rb'(?:href|src|action)="([^"]*)"', page.raw)
    assert links
    assert all(link.startswith(b"/") for link in links)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert b"width=device-width" in page.raw
    assert b"prefers-color-scheme: dark" in page.raw
