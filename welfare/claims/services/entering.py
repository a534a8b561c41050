"""Claims entered and filled in anew: the cover is found, the benefit reckoned, the same event refused twice."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, record, saved
from welfare.claims.enums import AMENDABLE
from welfare.claims.models import Claim, ClaimPaper, ClaimPaperKind, ClaimRule
from welfare.claims.services.clocks import late
from welfare.claims.services.formulas import Benefit, benefit
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services.terms import holds_from


def rule_for(*, plan: MutualAidPlan, grade: str, on: dt.date) -> ClaimRule:
    """Return the plan's standard for the class in force on the day. Raises DomainError where there is none."""
    rules = ClaimRule.objects.filter(plan=plan).in_force(on=on)
    found: ClaimRule | None = rules.filter(grade=grade).select_related("plan").first()
    if found is not None:
        return found
    grades = "、".join(rules.exclude(grade="").order_by("grade").values_list("grade", flat=True).distinct())
    if grades:
        raise DomainError(f"“{plan}”的类别有：{grades}，请照此填写。", field="grade")
    raise DomainError(f"“{plan}”在 {on} 没有理赔标准{'的这个类别' if grade else '，请先登记'}。", field="plan")


def cover_for(*, person: Person, plan: MutualAidPlan, on: dt.date) -> Cover:
    """Return the person's cover that pays for an event of the day.

    Raises DomainError where none stands, or while a first-timer still waits.
    """
    covers = Cover.objects.standing().filter(person=person, plan=plan, starts_on__lte=on, ends_on__gte=on)
    found: Cover | None = covers.select_related("plan").order_by("-starts_on").first()
    if found is None:
        raise DomainError(f"{person} 在 {on} 未参加“{plan}”，不能申请理赔。", field="occurred_on")
    first = holds_from(cover=found)
    if on < first:
        raise DomainError(
            f"{person} 首次参加“{plan}”，等待期 {plan.waiting_days} 天，{first} 起才有保障，{on} 的事由不在保障内。",
            field="occurred_on",
        )
    return found


@transaction.atomic
def enter(*, claim: Claim, actor: User | None) -> Claim:
    """Enter a claim that nobody entered before, with the list of papers that its plan asks for.

    Raises DomainError where no cover pays for the day, Refused where the event is claimed already.
    """
    _fill(claim)
    claim.entered_by = actor
    claim.branch_id = (
        Person.objects.filter(pk=claim.person_id)
        .with_branch(on=claim.applied_on)
        .values_list("branch_id_on", flat=True)
        .get()
    )
    made = record(claim, actor=actor)
    kinds = ClaimPaperKind.objects.filter(plan=claim.plan_id, active=True)
    ClaimPaper.objects.bulk_create(ClaimPaper(claim=made, kind=kind) for kind in kinds)
    return made


@transaction.atomic
def amend(*, claim: Claim) -> Claim:
    """Fill a claim in anew while it is a draft or was sent back; what was ticked of its papers stays.

    Raises Refused once it is handed in.
    """
    if hold(claim).state not in AMENDABLE:
        raise Refused("申请已提交，不能修改；需要更正的，请由审核人退回补正。")
    _fill(claim)
    return saved(claim)


def _fill(claim: Claim) -> None:
    """Find cover and standard, and reckon the benefit while the cover is held: two claims share its cap."""
    for name, label in (("person", "人员"), ("plan", "保障计划"), ("occurred_on", "入院或出险日期")):
        if getattr(claim, f"{name}_id" if name in {"person", "plan"} else name, None) is None:
            raise DomainError(f"请填写“{label}”。", field=name)
    claim.rule = rule_for(plan=claim.plan, grade=claim.grade, on=claim.occurred_on)
    claim.cover = hold(cover_for(person=claim.person, plan=claim.plan, on=claim.occurred_on), "plan")
    claim.amount = reckoned(claim=claim).amount
    if claim.applied_on is not None and not claim.late_reason.strip() and (words := late(claim=claim, rule=claim.rule)):
        raise DomainError(f"已超过期限：{words}。承保机构同意受理的，请填写逾期说明。", field="late_reason")


def reckoned(*, claim: Claim) -> Benefit:
    """Return what is due by the claim's standard, beside the other claims of its cover's term."""
    others = _others(claim)
    used = others.filter(cover=claim.cover_id).aggregate(sum=Sum(Coalesce("paid_amount", "amount")))["sum"]
    before = others.filter(rule__first_only=True, grade=claim.grade, occurred_on__lte=claim.occurred_on)
    return benefit(
        rule=claim.rule,
        occurred_on=claim.occurred_on,
        ended_on=claim.ended_on,
        base=claim.base,
        used=used or Decimal(0),
        had_before=before.order_by("occurred_on").values_list("occurred_on", flat=True).first(),
    )


def place(*, claim: Claim) -> int:
    """Return which claim of its cover's term it is: the first, the second …"""
    same = _others(claim).filter(cover=claim.cover_id)
    return (
        1
        + same.filter(occurred_on__lte=claim.occurred_on)
        .exclude(occurred_on=claim.occurred_on, pk__gt=claim.pk or 0)
        .count()
    )


def _others(claim: Claim) -> "QuerySet[Claim]":
    """Return the person's other claims of the plan that run or were paid."""
    mine = Claim.objects.living().filter(person=claim.person_id, plan=claim.plan_id)
    return mine.exclude(pk=claim.pk) if claim.pk else mine
