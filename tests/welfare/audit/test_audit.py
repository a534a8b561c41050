"""The auditor's desk: what is to be read, who may read it, the same as a file."""

import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories import approvals, members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry
from welfare.approvals import services as papers
from welfare.approvals.models import PaperApproval
from welfare.audit.portal import desk_items
from welfare.audit.services import CHECKS, check_of, matters
from welfare.grants.models import RuleWarning
from welfare.grants.services import warnings
from welfare.rounds.services import approval

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
LIST = reverse("welfare:audit")
YEAR = timezone.localdate().year


@pytest.fixture(scope="module")
def paper(one_data_set: Any) -> PaperApproval:
    return approvals.paper()


@pytest.fixture(scope="module")
def warning(one_data_set: Any) -> RuleWarning:
    members.member()
    with pytest.raises(approval.WarningsWaiting):
        approval.submit(subject=welfare.locked(code="festival_money"), actor=welfare.officer())
    return RuleWarning.objects.earliest("pk")


def found(*checks: str) -> dict[tuple[str, int | None], Any]:
    return {(one.model, one.pk): one for check in checks for one in matters(year=YEAR, check=check)}


def test_what_was_approved_on_paper_stays_and_a_warning_is_told_of_until_it_is_settled_and_after(
    paper: PaperApproval, warning: RuleWarning
) -> None:
    before = found("paper", "warning")
    assert before["paperapproval", paper.pk].waits
    assert before["rulewarning", warning.pk].standing == "待说明"
    papers.confirm(subject=paper, actor=welfare.chair())
    warnings.answer(warning=warning, reason="会议同意", document="会议纪要", actor=welfare.officer())
    assert "会议同意" in found("warning")["rulewarning", warning.pk].words
    warnings.confirm(warning=warning, actor=welfare.chair())
    after = found("paper", "warning")
    assert not after["paperapproval", paper.pk].waits
    assert after["paperapproval", paper.pk].confirmed_by
    assert ("rulewarning", warning.pk) not in after
    assert found("answered")["rulewarning", warning.pk].confirmed_by


def test_the_desk_leads_to_the_list_and_what_is_shown_is_the_file(paper: PaperApproval, warning: RuleWarning) -> None:
    auditor = members.account_with_role(Role.AUDIT)
    client = signed_in(auditor)
    assert list(desk_items(auditor))
    for item in desk_items(auditor):
        assert client.get(item.address).context["page"].paginator.count == item.count
    shown = client.get(LIST, {"check": "paper"}).context["page"].object_list
    file = client.get(LIST, {"check": "paper", "as": "xlsx"})
    rows = list(load_workbook(io.BytesIO(file.content)).active.iter_rows(values_only=True, min_row=2))  # type: ignore[union-attr]
    assert [row[2] for row in rows if row[0]] == [one.about for one in shown] == [paper.about]
    assert AccessEntry.objects.filter(user=auditor, action=Access.EXPORT, kind="welfare.audit", rows=1).exists()


def test_the_overview_counts_what_each_check_finds_and_each_of_its_pages_lists_as_many(
    paper: PaperApproval, warning: RuleWarning
) -> None:
    client = signed_in(members.account_with_role(Role.AUDIT))
    parts = client.get(LIST).context["parts"]
    shown = {check.key: count for _title, _words, rows in parts for check, count, _waiting in rows}
    assert list(shown) == [one.key for one in CHECKS]
    for key, count in shown.items():
        assert client.get(LIST, {"check": key}).context["page"].paginator.count == count
    assert check_of(key="nonsense") is None
    assert client.get(LIST, {"check": "nonsense", "year": "9999"}).status_code == 200


def test_nobody_else_reads_it(paper: PaperApproval) -> None:
    for role in (Role.WELFARE, Role.FINANCE, Role.ACTIVITIES):
        assert signed_in(members.account_with_role(role)).get(LIST).status_code == 403
    assert not list(desk_items(members.account_with_role(Role.CHAIR)))
