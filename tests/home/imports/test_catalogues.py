"""The school's own words come in by list too: benefits, plans and categories, by name."""

import io
from typing import Any

import pytest
from django.db.models import Choices

from congress.drives.models import ProposalCategory
from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.base.importing.kinds import kind, kinds
from union_portal.base.importing.preview import Status
from union_portal.base.spreadsheets.parsers import Choice
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.benefits.models import Benefit
from welfare.mutual_aid.models import MutualAidPlan

pytestmark = pytest.mark.django_db


def table(cells: dict[str, Any]) -> io.BytesIO:
    return io.BytesIO(write_xlsx(headings=list(cells), rows=[list(cells.values())]))


@pytest.mark.parametrize(
    ("name", "model", "role", "cells", "changed"),
    [
        (
            *("benefits", Benefit, Role.WELFARE),
            *({"名称": "乔迁慰问", "编码": "own-1", "类别": "其他福利", "形式": "实物", "单位": "份"}, {"单位": "盒"}),
        ),
        (
            *("mutual_aid_plans", MutualAidPlan, Role.WELFARE),
            *({"保障计划": "校内互助金", "编码": "own-1", "保障月数": 12, "保费": "100"}, {"保费": "120"}),
        ),
        (
            *("proposal_categories", ProposalCategory, Role.CONGRESS),
            *({"提案类别": "智慧校园", "编码": "own-1", "顺序": 9}, {"顺序": 3}),
        ),
    ],
)
def test_own_words_come_in_and_are_corrected(
    name: str, model: Any, role: Role, cells: dict[str, Any], changed: dict[str, Any]
) -> None:
    actor, resource = members.account_with_role(role), kind(name)
    assert actor.has_perm(resource.kind.permission)
    assert not members.account_with_role(Role.FINANCE).has_perm(resource.kind.permission)
    before = model.objects.count()
    resource(actor=actor).confirm(table(cells))
    assert model.objects.count() == before + 1
    assert resource(actor=actor).preview(table(cells)).counts[Status.UNCHANGED] == 1
    later = resource(actor=actor).confirm(table(cells | changed))
    assert (later.changed, later.new) == (1, 0)


def test_lists_show_the_words_of_the_screen() -> None:
    choices = [(one.kind.key, column.label, column.parser) for one in kinds() for column in one.kind.columns]
    told = [(*of, parser.choices) for *of, parser in choices if isinstance(parser, Choice)]
    for key, label, words in told:
        if isinstance(words, dict):  # others are the enumeration itself
            other = {str(value.label): said for value, said in words.items() if isinstance(value, Choices)}
            assert list(other) == list(other.values()), (key, label)
