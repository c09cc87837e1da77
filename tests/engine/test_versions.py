"""A connection may speak HighLevel's version v3: what it has there is asked for there."""

from pathlib import Path

import pytest

from dragoman import wiring
from dragoman.engine import workspace
from dragoman.kernel import jsons
from dragoman.kernel.errors import Problems
from tests.engine.rig import Rig, play


def test_a_connection_of_v3_asks_by_v3_and_by_date_for_what_v3_has_not(tmp_path: Path) -> None:
    async def story(rig: Rig) -> None:
        await rig.prepare(arm=False)
        file = rig.workspace / "dragoman.yaml"
        file.write_text(
            file.read_text().replace("    base_url", "    version: v3\n    base_url", 1)
        )
        async with rig.open() as parts:
            made = await parts.direct.call(
                "highlevel.contacts.upsert",
                {"email": "bo@example.com", "dndSettings": {"SMS": {"status": "active"}}},
                None,
            )
            assert not hasattr(made, "output")
            await parts.service.finish(made.id)
            await parts.direct.call("acton.lists.list", {}, None)

        by_path = {sent.path: sent for sent in rig.transport.sent}
        upsert = by_path["/contacts/upsert"]
        assert upsert.headers["Version"] == "v3"
        assert list(jsons.decode(upsert.body or b"")["dndSettings"]) == ["sms"]
        assert "Version" not in by_path["/api/1/list"].headers

    play(tmp_path, story)


def test_a_version_that_a_vendor_has_not_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "dragoman.yaml").write_text(
        "workspace: shop\nconnections:\n"
        "  main: {vendor: highlevel, location_id: x, version: v4}\n"
        "  marketing: {vendor: acton, account_id: y, version: v3}\n"
    )

    with pytest.raises(Problems) as refused:
        workspace.read(tmp_path, wiring.vendors())

    assert [(one.message, one.fix) for one in refused.value.problems] == [
        ("connection 'main': version 'v4' is unknown", "did you mean 'v3'?"),
        ("connection 'marketing': version 'v3' is unknown", "there are none"),
    ]
