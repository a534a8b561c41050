"""The rows behind the welfare figures."""

from django.db.models import Q

from members.totals.report import within
from union_portal.base.figures import FigureRequest, Rows
from welfare.books.enums import AccountKind
from welfare.grants.models import Grant
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry
from welfare.mutual_aid.models import Cover
from welfare.statistics.report.vocabulary import COVER, PURCHASE, Vocabulary, account_prefix, is_money

_PERSON = ("工号", "名称")


def rows(request: FigureRequest) -> Rows:
    """Return the grants, covers or ledger entries that the figure counted."""
    days = (request.period.start, request.period.end)
    kind = request.kinds[0]
    if is_money(kind):
        entries = LedgerEntry.objects.filter(
            occurred_on__range=days, account__kind=AccountKind.EXPENSE, account__code__startswith=account_prefix(kind)
        )
        if kind == PURCHASE:
            entries = entries.filter(posting__kind=PostingKind.PURCHASE)
        return Rows(
            ("归属日期", "台账单号", "摘要", "科目", "金额（元）"),
            entries.order_by("occurred_on", "pk").values_list(
                "occurred_on", "posting__number", "posting__summary", "account__name", "amount"
            ),
        )
    vocabulary = Vocabulary.read()
    if within(kind, [COVER]):
        covers = Cover.objects.filter(plan__in=vocabulary.plans_of(request.kinds), paid_on__range=days)
        return Rows(
            (*_PERSON, "互助保障计划", "起始", "截止", "缴费日期", "保费（元）"),
            covers.order_by("person__pinyin_key", "person__staff_number").values_list(
                "person__staff_number", "person__name", "plan__name", "starts_on", "ends_on", "paid_on", "premium"
            ),
        )
    chosen = Q(pk__in=[])
    for benefit, festival in vocabulary.benefits_of(request.kinds):
        one = Q(benefit=benefit)
        chosen |= one & Q(occasion__festival=festival) if festival else one
    grants = Grant.objects.given().filter(chosen, granted_on__range=days)
    return Rows(
        (*_PERSON, "当时所属分工会", "福利项目", "节日与活动", "日期", "金额（元）", "来源"),
        grants.order_by("granted_on", "person__pinyin_key", "pk").values_list(
            "person__staff_number",
            "person__name",
            "branch__name",
            "benefit__name",
            "occasion__name",
            "granted_on",
            "amount",
            "source",
        ),
    )
