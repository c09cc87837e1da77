"""The ledger: one line an effect, whole after a death, never a token."""

from contextlib import closing
from pathlib import Path

from dragoman.kernel import jsons
from dragoman.simulator.ledger import Ledger
from tests.simulator.conftest import START, Door, OwnClock, Rig


def _append(ledger: Ledger, text: str) -> None:
    ledger.append(
        "highlevel",
        "message.sent",
        subject={"contact_id": "c", "email": ""},
        content={"text": text},
        request="r",
        account="a",
    )


def test_an_entry_is_on_the_file_when_the_call_returns(tmp_path: Path) -> None:
    path = tmp_path / "new" / "ledger.jsonl"

    with closing(Ledger(path, OwnClock())) as ledger:
        _append(ledger, "Hello")
        written = path.read_bytes()

    assert jsons.decode(written) == {
        "seq": 1,
        "at": START,
        "vendor": "highlevel",
        "effect": "message.sent",
        "subject": {"contact_id": "c"},
        "content": {"text": "Hello"},
        "request": "r",
        "account": "a",
    }


def test_it_goes_on_where_an_earlier_process_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with closing(Ledger(path, OwnClock())) as ledger:
        _append(ledger, "first")
    with path.open("ab") as file:
        file.write(b'{"seq": 2, "at"')

    with closing(Ledger(path, OwnClock())) as ledger:
        _append(ledger, "second")
    lines = [jsons.decode(line) for line in path.read_bytes().splitlines()]

    assert [(line["seq"], line["content"]["text"]) for line in lines] == [
        (1, "first"),
        (2, "second"),
    ]
    assert ledger.since(1) == lines[1:]


async def test_reads_leave_no_trace_in_it(rig: Rig) -> None:
    highlevel, acton = await rig.highlevel(), await rig.acton()

    await highlevel.get(f"/conversations/search?locationId={rig.location}")
    await acton.get("/api/1/list/l-0042")

    assert rig.written() == []


async def test_what_a_person_does_is_no_effect(rig: Rig) -> None:
    await rig.control.post("/control/highlevel/contacts", {"email": "bo@example.com"})
    await rig.control.post("/control/acton/lists/l-0042/contacts", {"email": "bo@example.com"})

    assert rig.written() == []


async def test_no_token_and_no_secret_stands_in_ledger_or_calls(rig: Rig) -> None:
    made = [await rig.credentials("highlevel"), await rig.credentials("acton")]
    urls = (rig.addresses.highlevel + "/oauth", rig.addresses.acton)
    for one, url in zip(made, urls, strict=True):
        names = ("client_id", "client_secret", "refresh_token")
        form = {"grant_type": "refresh_token"} | {name: one[name] for name in names}
        reply = await Door(rig.http, url).call("POST", "/token", form=form)
        one["new"] = reply.body["access_token"]

    written = rig.ledger_file.read_text() + str((await rig.control.get("/control/calls")).body)
    secrets = ("client_secret", "refresh_token", "access_token", "new")
    assert len(rig.effects("token.rotated")) == 2
    assert not [name for one in made for name in secrets if one[name] in written]


async def test_the_control_server_reads_it_from_any_place(rig: Rig) -> None:
    await rig.contact(await rig.highlevel(), email="bo@example.com")

    reply = await rig.control.get("/control/ledger?since=1")

    assert [entry["seq"] for entry in reply.body["entries"]] == [2]
    assert reply.body["entries"] == rig.written()[1:]
