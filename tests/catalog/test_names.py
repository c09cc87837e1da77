from dragoman.catalog.names import did_you_mean, nearest


def test_the_nearest_name_is_offered() -> None:
    assert did_you_mean("contacId", ["contactId", "message"]) == "did you mean 'contactId'?"


def test_several_near_names_are_offered_where_several_were_asked_for() -> None:
    hint = did_you_mean("fromNumbr", ["fromNumber", "toNumber", "message"], 2)

    assert hint == "did you mean 'fromNumber' or 'toNumber'?"


def test_where_nothing_comes_near_the_known_names_are_shown() -> None:
    assert did_you_mean("zzz", ["b", "a"]) == "known: a, b"


def test_long_lists_of_known_names_are_cut() -> None:
    hint = did_you_mean("zzz", [f"name{number:02}" for number in range(13)])

    assert hint.startswith("known: name00, ")
    assert hint.endswith("name11, …")


def test_where_there_are_no_names_that_is_said() -> None:
    assert did_you_mean("zzz", []) == "there are none"
    assert nearest("zzz", []) == []


def test_of_many_names_the_nearest_are_offered_however_far() -> None:
    hint = did_you_mean("send_sms", [*[f"name{number:02}" for number in range(13)], "send"], 3)

    assert hint.startswith("did you mean 'send' or ")
    assert hint.count("'") == 6
