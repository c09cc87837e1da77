"""Every `curl` of the page on the API is answered by a service at work, as the page says."""

import re
from collections.abc import Iterator

import pytest
import requests

from dragoman.web.openapi import faults
from tests.docs import pages
from tests.docs.pages import ROOT, Said
from tests.web.served import Served, served

PAGE = "docs/api.md"
USUAL = "http://127.0.0.1:8710"
CURLS = [one for one in pages.commands() if one.page == PAGE and one.text.startswith("curl")]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("api")) as one:
        yield one


def test_the_commands_are_answered_in_their_order(service: Served) -> None:
    asked = {"email": "bo@example.com", "phone": "+14155550100"}
    contact = requests.post(f"{service.control}/control/highlevel/contacts", json=asked, timeout=9)
    known = {
        "$TOKEN": service.token,
        USUAL: service.address,
        "CONTACT_ID": contact.json()["contact"]["id"],
    }
    for command in CURLS:
        answer = _ask(command, known)
        assert answer.status_code == 200, f"{command}: {answer.text}"
        said = answer.json()
        if isinstance(said, dict) and said.get("run"):
            assert (said["state"], said["operation"]) == ("done", "highlevel.messages.send")
            known["RUN_ID"] = said["run"]

    assert len(CURLS) > 6
    assert "RUN_ID" in known


def _ask(command: Said, known: dict[str, str]) -> requests.Response:
    words = iter(pages.words(command)[1:])
    headers, data, url = {}, None, ""
    for word in words:
        match word:
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = _filled(value, known)
            case "-d":
                data = _filled(next(words), known)
            case _:
                url = _filled(word, known)
    return requests.request("POST" if data else "GET", url, data=data, headers=headers, timeout=60)


def _filled(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(name, value)
    return text


def test_the_statuses_told_are_those_that_the_document_declares() -> None:
    text = (ROOT / PAGE).read_text()
    told = set(re.findall(r"^\| (\d{3}) \|", text, re.MULTILINE))

    assert told - {"200", "202"} <= set(faults.responses(*faults.OF_CALLS, 404))
    assert len(told) > 10
