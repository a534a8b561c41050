"""Every list of the register is there."""

import datetime as dt

import pytest

from union_portal.base.importing.kinds import kinds

D = dt.date


def test_every_kind_is_registered_in_the_order_they_build_on_each_other() -> None:
    mine = [kind.kind.key for kind in kinds() if kind.kind.permission.startswith("members.")]
    assert mine[:2] == ["branches", "people"]
    assert set(mine) == {
        *("branches", "people", "memberships", "cohorts", "kinships", "offices", "summary_records"),
    }


pytestmark = pytest.mark.django_db
