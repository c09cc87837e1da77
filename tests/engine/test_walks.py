"""Lists walked to their end while somebody edits them at the pretended vendors."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.catalog.paging.items import key
from dragoman.engine.direct import Answered
from dragoman.engine.pages import Page, page, pages
from dragoman.wiring import Parts
from tests.engine.rig import LIST, Rig, bo, play

Edit = Callable[[int], Awaitable[None]]
_SOME = 25


async def walk(rig: Rig, parts: Parts, name: str, edit: Edit, **given: Any) -> list[Page]:
    """All pages; before each but the first, somebody edits."""
    found: list[Page] = []

    async def ask(asked: dict[str, Any]) -> Any:
        if found:
            await edit(len(found))
        said = await parts.direct.call(name, asked, None)
        assert isinstance(said, Answered)
        return said.output

    operation = parts.world.operations[name]
    async for one in pages(operation, given, ask, rig.clock):
        found.append(one)  # noqa: PERF401  # `ask` looks at what was found so far
    return found


def keys(found: list[Page]) -> list[str]:
    return [key(item) for one in found for item in one.items]


async def contact(rig: Rig, number: int) -> str:
    asked = {"email": f"p{number:03d}@example.com", "phone": f"+1415555{2000 + number}"}
    made = await rig.control("POST", "/control/highlevel/contacts", asked)
    return str(made["contact"]["id"])


async def receive(rig: Rig, contact_id: str, text: str) -> None:
    said = {"contact_id": contact_id, "text": text}
    await rig.control("POST", "/control/highlevel/messages", said)
    await rig.clock.sleep(1)


def test_conversations_that_jump_to_the_front_come_once(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        people = [await contact(rig, number) for number in range(_SOME)]
        for one in people:
            await receive(rig, one, "Hello")

        async def edit(number: int) -> None:
            await receive(rig, people[number * 5 % _SOME], "Hello again")
            await receive(rig, await contact(rig, _SOME + number), "A new one")

        async with rig.open() as parts:
            name = "highlevel.conversations.search"
            found = await walk(rig, parts, name, edit, limit=5)
            said = [item["contactId"] for one in found for item in one.items]

        assert len(said) == len(set(said))
        assert set(people) <= set(said)

    play(tmp_path, story)


def test_messages_that_come_meanwhile_push_none_out(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        person = await contact(rig, 0)
        for number in range(_SOME):
            await receive(rig, person, f"Text {number}")

        async def edit(number: int) -> None:
            await receive(rig, person, f"Late {number}")

        async with rig.open() as parts:
            asked = {"contactId": person}
            told = await parts.direct.call("highlevel.conversations.search", asked, None)
            assert isinstance(told, Answered)
            conversation = told.output["conversations"][0]["id"]
            name = "highlevel.messages.list"
            given = {"conversationId": conversation, "limit": 4}
            found = await walk(rig, parts, name, edit, **given)
            said = [item["body"] for one in found for item in one.items]

        assert len(said) == len(set(said))
        assert {f"Text {number}" for number in range(_SOME)} <= set(said)

    play(tmp_path, story)


def test_an_export_whose_cursor_has_died_is_begun_anew(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        person = await contact(rig, 0)
        for number in range(_SOME):
            await receive(rig, person, f"Text {number}")

        late: list[int] = []

        async def dawdle(number: int) -> None:
            if number == 2 and not late:
                late.append(number)
                await rig.clock.sleep(121)
                await receive(rig, person, "Late")

        async with rig.open() as parts:
            name = "highlevel.messages.export"
            found = await walk(rig, parts, name, dawdle, limit=10)
            said = [item["body"] for one in found for item in one.items]

        assert sorted(said) == sorted(["Late", *[f"Text {number}" for number in range(_SOME)]])

    play(tmp_path, story)


def test_an_export_at_a_crawl_comes_to_its_end(tmp_path: Path) -> None:
    """Each page takes longer to work on than its cursor lives."""

    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        person = await contact(rig, 0)
        for number in range(_SOME * 2):
            await receive(rig, person, f"Text {number}")
        found: list[str] = []
        async with rig.open() as parts:
            operation = parts.world.operations["highlevel.messages.export"]

            async def ask(asked: dict[str, Any]) -> Any:
                said = await parts.direct.call(operation.id, asked, None)
                assert isinstance(said, Answered)
                return said.output

            async for one in pages(operation, {"limit": 10}, ask, rig.clock):
                found += [item["body"] for item in one.items]
                if one.items:
                    await rig.clock.sleep(300)

        assert sorted(found) == sorted(f"Text {number}" for number in range(_SOME * 2))

    play(tmp_path, story)


def test_contacts_that_come_and_go_push_none_out(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        people = [await contact(rig, number) for number in range(_SOME)]
        gone: set[str] = set()

        async def edit(number: int) -> None:
            leaves = people[(number * 7) % _SOME]
            if leaves not in gone and len(gone) < _SOME // 2:
                gone.add(leaves)
                await rig.control("DELETE", f"/control/highlevel/contacts/{leaves}")
            await contact(rig, _SOME + number)

        async with rig.open() as parts:
            found = await walk(rig, parts, "highlevel.contacts.search", edit, pageLimit=4)

        said = [item["id"] for one in found for item in one.items]
        assert gone
        assert len(said) == len(set(said))
        assert set(people) - gone <= set(said)

    play(tmp_path, story)


def test_rows_of_a_list_that_shrinks_come_once(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        records = await rig.add(*[bo(number) for number in range(1, _SOME + 1)])
        gone: list[int] = []

        async def edit(number: int) -> None:
            gone.append(number - 1)
            place = f"/control/acton/lists/{LIST}/contacts/{records[number - 1]}"
            await rig.control("DELETE", place)

        async with rig.open() as parts:
            name = "acton.lists.download"
            found = await walk(rig, parts, name, edit, listid=LIST, count=5)

        rows = [str(item) for one in found for item in one.items]
        stayed = [number for number in range(1, _SOME + 1) if number - 1 not in gone]
        assert len(gone) > 2
        assert len(rows) == len(set(rows))
        assert all(any(f"bo{number}@example.com" in row for row in rows) for number in stayed)

    play(tmp_path, story)


@pytest.mark.parametrize("form", ["wrapped", "bare"])
def test_contacts_of_act_on_that_come_meanwhile_push_none_out(tmp_path: Path, form: str) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)

        async def come(*numbers: int) -> list[str]:
            asked = [{"email": f"u{number:03d}@example.com"} for number in numbers]
            path = "/control/acton/contacts"
            return list((await rig.control("POST", path, {"contacts": asked}))["contact_ids"])

        await come(*range(_SOME))

        async def edit(number: int) -> None:
            if number < _SOME:  # a list that grows with every call has no end
                await come(100 + number)

        async with rig.open() as parts:
            found = await walk(rig, parts, "acton.contacts.list", edit, pageSize=4)

        said = [item["email"] for one in found for item in one.items]
        assert len(said) == len(set(said))
        assert {f"u{number:03d}@example.com" for number in range(_SOME)} <= set(said)

    play(tmp_path, story, acton_unpublished=form)


def test_a_page_of_conversations_has_the_number_that_a_person_gives_it(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        people = [await contact(rig, number) for number in range(12)]
        for one in people:
            await receive(rig, one, "Hello")
        async with rig.open() as parts:
            operation = parts.world.operations["highlevel.conversations.search"]

            async def ask(asked: dict[str, Any]) -> Any:
                said = await parts.direct.call(operation.id, asked, None)
                assert isinstance(said, Answered)
                return said.output

            newest = people[::-1]
            for number in (1, 2, 3, 4):
                found = await page(operation, {"limit": 5}, number, ask, rig.clock)
                expected = newest[(number - 1) * 5 : number * 5]
                assert [item["contactId"] for item in found.items] == expected

    play(tmp_path, story)
