"""What is personal stays hidden, whatever it is called."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.cli import masking, records
from dragoman.cli.summaries import summary


def test_what_may_be_shown_is_listed_and_all_else_is_hidden() -> None:
    value = {
        "id": "c1",
        "contactId": "c2",
        "message": "hello",
        "firstName": "Bo",
        "anything": {"new": 5},
        "status": "sent",
        "dnd": True,
        "tags": ["vip", "bo@example.com"],
        "paid": 3,
        "gone": None,
    }

    assert masking.value(value) == {
        "id": "c1",
        "contactId": "c2",
        "message": "***",
        "firstName": "***",
        "anything": {"new": 5},
        "status": "sent",
        "dnd": True,
        "tags": ["vip", "***"],
        "paid": "***",
        "gone": None,
    }


def test_an_address_in_an_id_is_hidden() -> None:
    assert masking.value({"id": "bo@example.com"}) == {"id": "***"}
    assert masking.value({"userId": "+14155550100"}) == {"userId": "***"}


def test_words_lose_addresses_and_keep_the_rest() -> None:
    said = "HighLevel said: bo.b+x@mail.example.com (415) 555-0100, trace 0e3abdcb-3268-4fb6"

    shown = "HighLevel said: *** ***, trace 0e3abdcb-3268-4fb6"
    assert masking.words(said) == shown


@given(st.dictionaries(st.text(min_size=1).map(lambda name: f"{name}x"), st.text(min_size=1)))
def test_no_unknown_field_shows_its_text(value: dict[str, str]) -> None:
    assert set(masking.value(value).values()) <= {masking.HIDDEN}


@given(st.recursive(st.none() | st.booleans() | st.text(), st.lists, max_leaves=9))
def test_any_value_can_be_told_in_a_few_words(value: object) -> None:
    assert len(summary(value, reveal=False)) <= 9


def test_who_is_known_by_an_address_alone_is_hidden_unless_asked_for() -> None:
    assert records.person("contact/bo@example.com", "e1") == "contact/***"
    assert records.person("contact/bo@example.com", "e1", reveal=True) == "contact/bo@example.com"
    assert records.person("contact/l-0042:1", "e1") == "contact/l-0042:1"
    assert records.person("e1", "e1") == ""
