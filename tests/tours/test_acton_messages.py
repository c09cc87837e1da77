"""E-mails of Act-On's, from the draft to what became of them."""

from pathlib import Path
from typing import Any

from dragoman.kernel.clock import HOUR, SECOND
from tests.engine.rig import LIST, START
from tests.tours.travel import Tour, travel

SENDER = {"senderemail": "ann@example.com", "sendername": "Ann Example", "subject": "News"}
TO_LIST = {**SENDER, "sendtoids": LIST}


async def _titles(tour: Tour, kind: str) -> list[str]:
    found = await tour.call("acton.messages.list", type=kind)
    return [one["name"] for one in found["msgresult"]]


async def _react(tour: Tour, message: str, **asked: Any) -> None:
    await tour.rig.control("POST", f"/control/acton/messages/{message}/reactions", asked)


def test_a_draft_is_written_changed_looked_at_and_deleted(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        (bo,) = await tour.rig.add({"email": "bo@example.com", "first_name": "Bo"})
        made = await tour.call(
            "acton.messages.create",
            type="draft",
            title="Spring",
            subject="News",
            htmlbody="<p>Hello {{First Name}}</p>",
        )
        assert await _titles(tour, "DRAFT") == ["Spring"]

        await tour.call("acton.messages.update", id=made["id"], title="Summer")
        assert await _titles(tour, "DRAFT") == ["Summer"]
        page = await tour.call("acton.messages.get_html", id=made["id"], recid=bo)
        assert page["text"] == "<p>Hello Bo</p>"

        await tour.call("acton.messages.delete", id=made["id"])
        assert await _titles(tour, "DRAFT") == []
        await tour.call("acton.messages.delete", id=made["id"])

    travel(tmp_path, story)


def test_a_draft_goes_to_a_list_but_not_to_whoever_has_opted_out(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await tour.rig.add({"email": "bo@example.com"}, {"email": "eve@example.com"})
        await tour.call("acton.suppressions.add_optouts", file="eve@example.com\n")
        made = await tour.call("acton.messages.create", type="draft", title="d", subject="News")

        sent = await tour.call("acton.messages.send", msgid=made["id"], title="Spring", **TO_LIST)
        again = await tour.call("acton.messages.resend", msgid=sent["id"], sendtoids=LIST)

        assert await _titles(tour, "SENT") == ["Spring", "Spring"]
        assert again["message"].startswith("Message scheduled for re-launch: s-0002-")
        for what, who in (("SENT", "bo@example.com"), ("SUPPRESSED", "eve@example.com")):
            rows = await tour.call(
                "acton.message_reports.list_recipients", id=sent["id"], drilldown=what
            )
            assert [row["email"] for row in rows["result"]] == [who]

    travel(tmp_path, story)


def test_what_people_do_with_a_message_is_told_in_its_reports(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        (bo,) = await tour.rig.add({"email": "bo@example.com"})
        sent = await tour.call(
            "acton.messages.send_custom", title="Spring", htmlbody="<p>Hello</p>", **TO_LIST
        )
        for _ in range(2):
            await _react(tour, sent["id"], email="bo@example.com", action="OPENED")
        link = "https://example.com/spring"
        await _react(tour, sent["id"], email="bo@example.com", action="CLICKED", link=link)

        told = await tour.call("acton.message_reports.get", id=sent["id"])
        rows = await tour.call(
            "acton.message_reports.list_recipients", id=sent["id"], drilldown="CLICKED"
        )
        month = await tour.call("acton.message_reports.get_month", period="2701")
        history = await tour.call("acton.records.history", listid=LIST, recordid=bo)

        assert (told["sent"], told["opened"], told["clicked"]) == (1, [1, 2], [1, 1])
        assert [(row["recid"], row["linkURI"]) for row in rows["result"]] == [(bo, link)]
        assert [sum(day[name] for day in month["counts"]) for name in ("sent", "opened")] == [1, 2]
        verbs = [one["Verb"] for one in history["activitylist"]]
        assert sorted(verbs) == ["os", "os", "r", "s"]

    travel(tmp_path, story)


def test_a_message_waits_for_its_time(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        await tour.rig.add({"email": "bo@example.com"})
        due = START + HOUR
        await tour.call(
            "acton.messages.send_custom", title="Later", textbody="Hello", when=due, **TO_LIST
        )
        assert await _titles(tour, "SCHEDULED") == ["Later"]

        await tour.rig.clock.sleep((due - tour.rig.clock.now()) / SECOND + 1)
        assert (await _titles(tour, "SCHEDULED"), await _titles(tour, "SENT")) == ([], ["Later"])

    travel(tmp_path, story)


def test_one_template_goes_to_one_address(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        (template,) = (await tour.call("acton.messages.list", type="TEMPLATE"))["msgresult"]
        sent = await tour.call(
            "acton.triggered_emails.send",
            templateid=template["msgId"],
            envelope={"toAddress": "bo@example.com"},
            metadata={"transactional": True, "externalId": "order-1"},
        )

        assert (sent["success"], sent["suppressedRecipients"]) == (True, [])
        assert await _titles(tour, "TRIGGERED") == [template["name"]]

    travel(tmp_path, story)


def test_whoever_must_not_be_written_to_is_passed_over_and_nothing_is_tried_again(
    tmp_path: Path,
) -> None:
    async def story(tour: Tour) -> None:
        await tour.call("acton.suppressions.add_optouts", file="eve@example.com\n")
        state, reason = await tour.attempt(
            "acton.triggered_emails.send",
            templateid="t-0001",
            envelope={"toAddress": "eve@example.com"},
            metadata={"transactional": False},
        )

        assert (state, "eve@example.com" in reason) == ("skipped", False)

    travel(tmp_path, story)


def test_an_account_without_the_add_on_is_told_so_once(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        state, reason = await tour.attempt(
            "acton.triggered_emails.send",
            templateid="t-0001",
            envelope={"toAddress": "bo@example.com"},
            metadata={"transactional": True},
        )

        assert state == "failed"
        assert "transactional subscription required" in reason

    travel(tmp_path, story, acton_features=())


def test_senders_are_those_that_messages_may_come_from(tmp_path: Path) -> None:
    async def story(tour: Tour) -> None:
        found = await tour.call("acton.senders.list")
        assert "ann@example.com" in [one["email"] for one in found["result"]]

    travel(tmp_path, story)
    travel(tmp_path / "again", story, acton_unpublished="bare")
