"""What people type finds what they mean, the best first."""

import pytest

from dragoman import library
from dragoman.catalog.documents import Entry
from dragoman.catalog.entries import Effect, Operation
from dragoman.catalog.search import Found, find
from dragoman.catalog.stems import stem, words

SHIPPED: list[Entry] = [
    *library.catalogue().operations.values(),
    *library.catalogue().triggers.values(),
]


def operation(name: str, title: str = "Thing", does: str = "", path: str = "/x") -> Operation:
    vendor, group, _ = name.split(".")
    return Operation(name, vendor, group, title, does, Effect.READ, "GET", path)


def ids(found: Found) -> list[str]:
    return [hit.entry.id for hit in found.hits]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("highlevel.messages.send", "highlevel.messages.send"),
        ("HighLevel.Messages.Send", "highlevel.messages.send"),
        ("messages.send", "highlevel.messages.send"),
        ("/conversations/messages", "highlevel.messages.send"),
        ("POST /conversations/messages", "highlevel.messages.send"),
        ("GET /contacts/{contactId}", "highlevel.contacts.get"),
    ],
)
def test_an_id_or_a_path_names_one_entry(typed: str, best: str) -> None:
    assert ids(find(SHIPPED, typed.split()))[0] == best


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("send message", "highlevel.messages.send"),
        ("Sending messages", "highlevel.messages.send"),
        ("send a text", "highlevel.messages.send"),
        ("how do I send an SMS", "highlevel.messages.send"),
        ("sned messagge", "highlevel.messages.send"),
        ("search conversations", "highlevel.conversations.search"),
        ("conversatoin search", "highlevel.conversations.search"),
        ("find or create conversation", "highlevel.conversations.ensure"),
        ("label a person", "highlevel.contacts.add_tags"),
        ("tags", "highlevel.contacts.add_tags"),
        ("duplicate contacts", "highlevel.contacts.find_duplicate"),
        ("contact added", "acton.contact.added"),
        ("act-on lists", "acton.lists.list"),
        ("GoHighLevel upsert contact", "highlevel.contacts.upsert"),
        ("mood", "dragoman.sentiment.call"),
        ("download a recording", "highlevel.messages.recording"),
        ("book an appointment", "highlevel.appointments.create"),
        ("emailReplyMode", "highlevel.messages.send"),
        ("send whatsapp", "highlevel.messages.send"),
        ("add somebody to a workflow", "highlevel.contacts.add_to_workflow"),
        ("send an email campaign", "acton.messages.send"),
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, meant: str) -> None:
    assert meant in ids(find(SHIPPED, typed.split()))[:3]


@pytest.mark.parametrize("vendor", sorted({entry.vendor for entry in SHIPPED}))
def test_every_entry_is_first_among_its_neighbours_when_its_id_is_typed(vendor: str) -> None:
    members = sorted((one for one in SHIPPED if one.vendor == vendor), key=lambda one: one.id)
    for start in range(0, len(members), 20):
        near = members[start : start + 40]
        for entry in near:
            assert ids(find(near, [entry.id]))[0] == entry.id


def test_the_better_place_wins() -> None:
    entries = [
        operation("v.things.e", path="/parrot"),
        operation("v.things.d", does="Looks at a parrot."),
        operation("v.parrot.c"),
        operation("v.things.b", title="Feed a parrot"),
        operation("v.things.parrot", title="Other"),
    ]

    assert ids(find(entries, ["parrots"])) == [
        "v.things.b",
        "v.parrot.c",
        "v.things.parrot",
        "v.things.d",
        "v.things.e",
    ]
    assert ids(find(entries, ["things.parrot"]))[0] == "v.things.parrot"


def test_all_words_must_be_there_where_some_entry_has_them_all() -> None:
    entries = [
        operation("v.things.a", "Feed a parrot"),
        operation("v.things.b", "Feed a cat"),
        operation("v.things.c", "Cage"),
    ]

    both = find(entries, ["feed", "cat"])
    some = find(entries, ["feed", "cat", "zzzzzz"])

    assert (ids(both), both.whole) == (["v.things.b"], True)
    assert (ids(some), some.whole) == (["v.things.b"], False)


def test_of_many_words_one_may_be_missing_where_hardly_an_entry_has_them_all() -> None:
    entries = [
        operation("v.things.a", "Wash", does="Brushes and feeds a cat."),
        operation("v.things.b", "Feed and brush a parrot"),
        operation("v.things.c", "Feed a parrot"),
    ]

    found = find(entries, ["feed", "brush", "cat"])

    assert (ids(found), found.whole) == (["v.things.b", "v.things.a"], True)


def test_the_word_itself_goes_before_what_it_may_mean() -> None:
    entries = [operation("v.things.a", "Send a message"), operation("v.things.b", "Send a text")]

    assert ids(find(entries, ["text"])) == ["v.things.b", "v.things.a"]


def test_a_reason_names_the_place_the_word_and_what_was_typed() -> None:
    hit = find([operation("v.things.a", "Send a message")], ["text"]).hits[0]

    assert [(why.place, why.word, why.typed) for why in hit.reasons] == [
        ("title", "message", "text")
    ]


@pytest.mark.parametrize("typed", [["qqqqqq"], ["zz"], ["the"], ["…"], ["%s{}"], ["\udcff"]])
def test_what_is_nowhere_finds_nothing(typed: list[str]) -> None:
    assert find(SHIPPED, typed).hits == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("messages", "message"),
        ("creating", "created"),
        ("tagged", "tags"),
        ("replies", "reply"),
        ("searches", "search"),
        ("updates", "updating"),
        ("called", "call"),
        ("added", "add"),
        ("lists", "listing"),
    ],
)
def test_endings_do_not_matter(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["status", "address", "basis", "sms", "sing"])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    assert stem(word).startswith(word[:-1])


@pytest.mark.parametrize(
    "text", ["opted out", "Opt-Out", "optOut", "add_opt_outs", "optouts", "opting out"]
)
def test_spellings_of_one_word_are_one_word(text: str) -> None:
    assert "optout" in words(text)
