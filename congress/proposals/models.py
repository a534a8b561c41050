"""Proposals (提案) with the log of their moves and their seconders."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.bodies.models import Congress
from congress.delegates.models import Delegate, Delegation
from congress.drives.models import ProposalCategory, ProposalDrive
from congress.proposals.enums import (
    ADVICE,
    IN_HAND,
    OUTCOME_OF,
    PRIVATE,
    PROPOSAL_MACHINE,
    SECONDING_MACHINE,
    Outcome,
    ProposalState,
    SecondingState,
)
from congress.proposals.querysets import ProposalQuerySet, SecondingQuerySet
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.papers import ScanField


def _outcomes_follow_states() -> Q:
    told = Q(outcome=Outcome.LATE, state__in=ADVICE)
    for outcome in Outcome:
        told |= Q(outcome=outcome, state__in=[state for state, its in OUTCOME_OF.items() if its == outcome])
    return told


@tracked()
class Proposal(models.Model):
    """提案: one matter, proposed by a delegate or by a delegation as a body, to one body of the session.

    `number` (2024-001) is given when it is submitted and never again. The text is locked once it is submitted, in the
    database too, but while it is returned for completion. `recorded` marks one entered later from paper (补录).
    """

    machine = PROPOSAL_MACHINE

    drive = models.ForeignKey(ProposalDrive, models.PROTECT, related_name="proposals", verbose_name="征集")
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="proposals", verbose_name="大会")
    number = models.CharField("编号", max_length=24, blank=True)
    title = models.CharField("案由", max_length=100)
    grounds = models.TextField("理由", blank=True)
    measures = models.TextField("建议措施", blank=True)
    category = models.ForeignKey(
        ProposalCategory, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="类别"
    )
    proposer = models.ForeignKey(
        Delegate, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="提案人"
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="代表团"
    )
    as_body = models.BooleanField("代表团集体提案", default=False)
    author_words = models.CharField("提案人（补录）", max_length=100, blank=True)
    state = models.CharField(
        "状态", max_length=16, choices=ProposalState.choices, default=ProposalState.DRAFT, db_index=True
    )
    outcome = models.CharField("审查结果", max_length=16, choices=Outcome.choices, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    filed_on = models.DateField("立案日期", null=True, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    rate_by = models.DateField("评价期限", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    on_paper = models.BooleanField("据纸质提案表录入", default=False)
    scan = ScanField("提案表扫描件", door="congress:proposal_scan")
    recorded = models.BooleanField("补录", default=False)
    source = models.CharField("来源", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = ProposalQuerySet.as_manager()
    empty_words = "代表提出的提案，从提交、附议、审查、交办到答复和评价；往届的可以导入。"

    class Meta:
        verbose_name = verbose_name_plural = "提案"
        ordering = ["-drive__opens_on", "number", "pk"]
        constraints = [
            once(
                "drive",
                "number",
                condition=~Q(number="") & ~Q(state=ProposalState.ANNULLED),
                name="number_once",
                words="该编号已被其他提案使用。",
            ),
            always(_outcomes_follow_states(), name="outcome_follows_state"),
            always(
                Q(state__in=[*PRIVATE, ProposalState.WITHDRAWN, ProposalState.ANNULLED])
                | Q(outcome=Outcome.LATE)
                | (Q(submitted_at__isnull=False) & ~Q(number="")),
                name="submitted_has_a_number",
            ),
            always(
                Q(state=ProposalState.MERGED, merged_into__isnull=False)
                | (~Q(state=ProposalState.MERGED) & Q(merged_into__isnull=True)),
                name="merged_into_one",
            ),
            always(Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="not_into_itself"),
            always(
                Q(proposer__isnull=False) | Q(as_body=True, delegation__isnull=False) | Q(recorded=True),
                name="has_an_author",
                words="提案须有提案人或提案代表团。",
            ),
            always(
                ~Q(state__in=[*IN_HAND, ProposalState.SIGNING]) | Q(due_on__isnull=False) | Q(recorded=True),
                name="in_hand_has_a_deadline",
            ),
            always(~Q(state=ProposalState.ANSWERED) | Q(answered_on__isnull=False), name="answered_has_a_day"),
        ]
        indexes = [models.Index(fields=["drive", "outcome"], name="congress_proposal_counts")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_lost(self) -> bool:
        """Whether it was recorded later and nobody knows any more what became of it (去向不详)."""
        return self.recorded and self.state == ProposalState.SUBMITTED

    @property
    def state_label(self) -> str:
        return "去向不详" if self.is_lost else str(ProposalState(self.state).label)


class ProposalMove(StateMove):
    subject = models.ForeignKey(Proposal, models.PROTECT, related_name="moves", verbose_name="提案")


class Seconding(models.Model):
    """附议: a delegate asked to second, and what he said; only another delegate of the same body may."""

    machine = SECONDING_MACHINE

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="secondings", verbose_name="提案")
    delegate = models.ForeignKey(Delegate, models.PROTECT, related_name="secondings", verbose_name="附议人")
    state = models.CharField("状态", max_length=16, choices=SecondingState.choices, default=SecondingState.INVITED)
    on_paper = models.BooleanField("纸质签名", default=False)
    invited_at = models.DateTimeField("受邀", auto_now_add=True)
    answered_at = models.DateTimeField("已答复", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = SecondingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附议"
        ordering = ["proposal", "pk"]
        constraints = [
            once(
                "proposal", "delegate", condition=~Q(state=SecondingState.LAPSED), name="once", words="已邀请过该代表。"
            ),
            always(~Q(state=SecondingState.DECLINED) | Q(answered_at__isnull=False), name="declined_has_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} {self.get_state_display()}"


class SecondingMove(StateMove):
    subject = models.ForeignKey(Seconding, models.PROTECT, related_name="moves", verbose_name="附议")
