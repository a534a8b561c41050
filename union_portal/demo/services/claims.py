"""Claims of the members' stays in hospital: standards and papers of the plan, and a few claims each half year."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from union_portal.base.steps import take
from union_portal.demo.services.clock import Diary, Process
from union_portal.demo.services.register import World
from welfare.claims.enums import Formula
from welfare.claims.models import Claim, ClaimPaperKind, ClaimRule
from welfare.claims.services import deciding, entering
from welfare.claims.services.alerts import unclaimed
from welfare.grants.models import Grant
from welfare.grants.services.four_eyes import own_and_kin
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.workdays.enums import TermUnit

DAY = dt.timedelta(days=1)
# The others of the half year are left to the desk: condoled, not claimed.
CLAIMED = 3
PAPERS = (("身份证", True, True), ("住院费用结算单", True, True), ("出院记录", False, True), ("银行卡", False, True))


def plan_claims(world: World, diary: Diary) -> None:
    """Write down what the hospital plan pays, and put the half years' claims into the diary."""
    plan = MutualAidPlan.objects.get(code="hospital_aid")
    plan.waiting_days, plan.least_ratio = 30, Decimal(80)
    plan.save(update_fields=["waiting_days", "least_ratio"])
    rule = ClaimRule(
        plan=plan,
        formula=Formula.RATIO,
        percent=Decimal(50),
        deductible=Decimal(1500),
        period_cap=Decimal(30_000),
        notice_length=6,
        notice_unit=TermUnit.MONTHS,
        papers_length=6,
        papers_unit=TermUnit.MONTHS,
        source="星湖市职工住院医疗互助保障办法第九条",
        valid_from=dt.date(world.anchor - 3, 1, 1),
    )
    rule.full_clean()
    rule.save()
    for name, original, copy in PAPERS:
        ClaimPaperKind.objects.create(plan=plan, name=name, original=original, copy=copy)
    for year in world.years:
        for month, day in ((7, 6), (12, 7)):
            diary.add(dt.date(year, month, day), _half_year(world, plan, diary))


def _half_year(world: World, plan: MutualAidPlan, diary: Diary) -> Process:
    """Find whose stay of these months was condoled and not claimed, and begin a claim for the first of them."""
    today = timezone.localdate()
    covered = {cover.person_id: cover for cover in Cover.objects.standing().filter(plan=plan, starts_on__lte=today)}
    grants = unclaimed(since=today - 150 * DAY).order_by("event__occurred_on", "pk").select_related("event", "person")
    # Nobody decides for himself or kin.
    deciding_it = [world.user(name) for name in ("welfare", "vice_chair")]
    own = {key for one in deciding_it for key in own_and_kin(user=one).values_list("pk", flat=True)}
    fit = [one for one in grants if one.event and _holds(covered.get(one.person_id), one.event.occurred_on)]
    fit = [one for one in fit if one.person_id not in own]
    for number, grant in enumerate(fit[:CLAIMED]):
        diary.add(today + number * DAY, _claim(world, plan, grant))
    yield from ()


def _holds(cover: Cover | None, on: dt.date) -> bool:
    return cover is not None and cover.starts_on + 30 * DAY <= on <= cover.ends_on


def _claim(world: World, plan: MutualAidPlan, grant: Grant) -> Process:
    """Enter one claim with its papers; the insurer pays some weeks later."""
    today, event, officer = timezone.localdate(), grant.event, world.user("welfare")
    if event is None:
        return
    claim = entering.enter(
        claim=Claim(
            person=grant.person,
            plan=plan,
            occurred_on=event.occurred_on,
            ended_on=event.ended_on,
            settled_on=event.ended_on,
            base=Decimal(2_600 + 137 * event.occurred_on.day),
            notified_on=today,
            applied_on=today,
        ),
        actor=officer,
    )
    papers = list(claim.papers.values_list("pk", flat=True))
    deciding.tick(claim=claim, originals=papers, copies=papers)
    take(subject=claim, action="hand_in", actor=officer)
    yield today + 3 * DAY
    deciding.confirm(subject=claim, actor=world.user("vice_chair"))
    yield today + 7 * DAY
    deciding.forward(subject=claim, actor=officer, sent_on=timezone.localdate())
    yield today + 38 * DAY
    deciding.pay(subject=claim, actor=officer, paid_on=timezone.localdate(), paid_amount=claim.amount)
