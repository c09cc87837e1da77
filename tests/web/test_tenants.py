"""What one key has signed, or what is for one account, never reaches another."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Shop, opened
from tests.web.signed import BRANCH, MAIN, STRANGER, bring, public, signed


async def test_what_one_key_has_signed_is_not_for_who_accepts_another(shop: Shop) -> None:
    outcomes = {
        (name, where): (await bring(shop.app, signed(signer, locationId=where))).status
        for name, signer in {"main": MAIN, "branch": BRANCH, "stranger": STRANGER}.items()
        for where in ("loc1", "loc2", "elsewhere")
    }

    assert outcomes == {
        ("main", "loc1"): 200,
        ("main", "loc2"): 403,
        ("main", "elsewhere"): 403,
        ("branch", "loc1"): 403,
        ("branch", "loc2"): 200,
        ("branch", "elsewhere"): 403,
        ("stranger", "loc1"): 401,
        ("stranger", "loc2"): 401,
        ("stranger", "elsewhere"): 401,
    }
    assert [one.connection for one in await shop.deliveries()] == ["main", "branch"]


def one_connection(**keys: object) -> str:
    return (
        f"workspace: shop\nconnections: {{main: {json.dumps({'vendor': 'highlevel', **keys})}}}\n"
    )


async def test_while_keys_change_both_are_accepted(tmp_path: Path) -> None:
    text = one_connection(location_id="loc1", webhook_keys=[public(BRANCH), public(MAIN)])
    async with opened(tmp_path, text) as shop:
        hooks = [signed(signer, webhookId=f"h{n}") for n, signer in enumerate((MAIN, BRANCH) * 3)]
        answers = [(await bring(shop.app, hook)).status for hook in hooks]

        assert answers == [200] * 6
        assert len(await shop.deliveries()) == 6
        assert (await bring(shop.app, signed(STRANGER))).status == 401


async def test_without_a_list_of_its_own_only_the_published_key_counts(tmp_path: Path) -> None:
    async with opened(tmp_path, one_connection(location_id="loc1")) as shop:
        assert [(await bring(shop.app, signed(one))).status for one in (MAIN, BRANCH)] == [401, 401]


async def test_an_empty_list_takes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, one_connection(location_id="loc1", webhook_keys=[])) as shop:
        assert (await bring(shop.app, signed())).status == 401


@pytest.mark.parametrize(
    ("given", "said", "status"),
    [
        ({"location_id": "loc1"}, {}, 200),
        ({"location_id": "loc1"}, {"locationId": "loc9"}, 403),
        ({"location_id": "loc1", "company_id": "com1"}, {"companyId": "com1"}, 200),
        ({"location_id": "loc1", "company_id": "com1"}, {"companyId": "com9"}, 403),
        # Another location of the same company is another tenant.
        (
            {"location_id": "loc1", "company_id": "com1"},
            {"locationId": "loc9", "companyId": "com1"},
            403,
        ),
        ({"company_id": "com1"}, {"locationId": "loc9", "companyId": "com1"}, 200),
        ({"company_id": "com1"}, {"companyId": "com9"}, 403),
        ({"company_id": "com1"}, {"locationId": None, "companyId": "com1"}, 200),
        ({"location_id": "loc1", "app_id": "app1"}, {}, 200),
        ({"location_id": "loc1", "app_id": "app9"}, {}, 403),
        ({"location_id": "loc1", "app_id": "app9"}, {"appId": None}, 200),
    ],
)
async def test_only_what_is_for_the_connected_account_is_taken(
    tmp_path: Path, given: dict[str, str], said: dict[str, Any], status: int
) -> None:
    text = one_connection(webhook_keys=[public(MAIN)], **given)
    async with opened(tmp_path, text) as shop:
        assert (await bring(shop.app, signed(**said))).status == status
        assert len(await shop.deliveries()) == (status == 200)


async def test_two_connections_of_one_account_both_get_it(tmp_path: Path) -> None:
    text = (
        "workspace: shop\nconnections:\n"
        f"  one: {{vendor: highlevel, location_id: loc1, webhook_keys: ['{public(MAIN)}']}}\n"
        f"  two: {{vendor: highlevel, location_id: loc1, webhook_keys: ['{public(MAIN)}']}}\n"
        f"  all: {{vendor: highlevel, company_id: com1, webhook_keys: ['{public(MAIN)}']}}\n"
    )
    async with opened(tmp_path, text) as shop:
        await bring(shop.app, signed(companyId="com1"))
        await bring(shop.app, signed(companyId="com1"))
        await bring(shop.app, signed(companyId="com1", locationId="loc9", webhookId="other"))

        assert [one.connection for one in await shop.deliveries()] == ["one", "two", "all"]
