"""One form for answers of HighLevel's that may come in several."""

from typing import Any

import pytest

from dragoman.vendors.highlevel import association_answers, location_answers

ONE = {"id": "1", "key": "owner_pet"}


@pytest.mark.parametrize("content", [["UTC"], {"timeZones": ["UTC"]}, {"timezones": ["UTC"]}])
def test_time_zones_stand_under_one_name(content: Any) -> None:
    assert location_answers.time_zones(content) == {"timezones": ["UTC"]}


@pytest.mark.parametrize("name", ["buiseness", "business"])
def test_a_business_is_spelt_in_one_way(name: str) -> None:
    content = {"success": True, name: ONE}

    assert location_answers.business(content) == {"success": True, "business": ONE}


@pytest.mark.parametrize("name", ["associations", "relations"])
def test_a_list_is_a_list_in_whatever_form_it_comes(name: str) -> None:
    tidy = getattr(association_answers, name)

    for content in ([ONE], ONE, {name: [ONE], "total": 1}):
        assert tidy(content) == {name: [ONE], "total": 1}
    assert tidy({"total": 0}) == {"total": 0}
