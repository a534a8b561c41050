"""How a filed proposal is handled: assignments, notes, replies, promises and extensions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.departments.models import Department
from congress.handling.enums import (
    EXTENSION_MACHINE,
    FOLLOW_UP_MACHINE,
    REPLY_MACHINE,
    Duty,
    ExtensionState,
    FollowUpState,
    ReplyKind,
    ReplyState,
)
from congress.handling.querysets import FollowUpQuerySet, HandlingQuerySet
from congress.proposals.models import Proposal
from congress.proposals.querysets import READERS
from union_portal.base.history import tracked
from union_portal.base.models import AppendOnlyModel, StateMove, always, once
from union_portal.base.papers import ScanField


@tracked()
class Assignment(models.Model):
    """交办: a proposal given to a department as lead or to support it; ended when another takes over."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="assignments", verbose_name="提案")
    department = models.ForeignKey(Department, models.PROTECT, related_name="assignments", verbose_name="承办部门")
    duty = models.CharField("主办/协办", max_length=8, choices=Duty.choices)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交办人"
    )
    assigned_at = models.DateTimeField("交办时间", auto_now_add=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    end_reason = models.CharField("原因", max_length=200, blank=True)

    objects = HandlingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交办"
        ordering = ["proposal", "duty", "pk"]
        constraints = [
            once(
                "proposal",
                condition=Q(duty=Duty.LEAD, ended_at__isnull=True),
                name="one_lead",
                words="主办部门只能有一个。",
            ),
            once(
                "proposal",
                "department",
                condition=Q(ended_at__isnull=True),
                name="department_once",
                words="该部门已在承办。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.get_duty_display()}"


class DepartmentNote(AppendOnlyModel):
    """A note on the departments' working page: what a supporting department adds, seen by all departments assigned."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="notes", verbose_name="交办")
    text = models.TextField("内容")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="撰写人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "协办意见"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.assignment} {timezone.localdate(self.at)}"


@tracked()
class Reply(models.Model):
    """答复: the one joint answer of a handling, written by the lead, signed by the responsible leader."""

    machine = REPLY_MACHINE

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="replies", verbose_name="提案")
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    kind = models.CharField("答复类型", max_length=8, choices=ReplyKind.choices)
    text = models.TextField("答复内容")
    reason = models.TextField("无法采纳的原因", blank=True)
    promised_on = models.DateField("完成时限", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=ReplyState.choices, default=ReplyState.DRAFT)
    # Empty where the union's office itself answers what was passed on.
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="replies", verbose_name="承办部门"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撰写人"
    )
    handed_in_at = models.DateTimeField("提交时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签批人"
    )
    signed_at = models.DateTimeField("签批时间", null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    # The proposal's deadline moves on with a second handling; lateness is judged by the one that held then.
    due_on = models.DateField("应送达日期", null=True, blank=True)
    # A signed paper reply, entered by the office on the department's behalf.
    on_paper = models.BooleanField("按签署的纸质答复录入", default=False)
    signer_words = models.CharField("纸质签署人", max_length=64, blank=True)
    scan = ScanField("答复扫描件", door="congress:proposal_reply_scan")
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ["proposal", "round"]
        constraints = [
            once("proposal", "round", name="once_a_handling", words="本轮办理已有答复。"),
            always(
                ~Q(kind=ReplyKind.PLANNED) | Q(promised_on__isnull=False) | Q(state=ReplyState.DRAFT),
                name="promise_has_a_day",
                words="列入计划的须写明完成时限。",
            ),
            always(
                ~Q(kind=ReplyKind.CANNOT) | ~Q(reason="") | Q(state=ReplyState.DRAFT),
                name="refusal_has_a_reason",
                words="请说明无法采纳的原因。",
            ),
            always(~Q(state=ReplyState.SENT) | Q(sent_at__isnull=False), name="sent_has_a_time"),
            always(
                Q(on_paper=False) | (~Q(signer_words="") & ~Q(scan="")),
                name="paper_has_signer_and_scan",
                words="纸质答复须注明签署人并附扫描件。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_kind_display()}"


@tracked()
class FollowUp(models.Model):
    """落实情况: a promise of a reply that falls due, and what became of it; a moved one has a successor."""

    machine = FOLLOW_UP_MACHINE

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="follow_ups", verbose_name="提案")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="follow_ups", verbose_name="答复")
    due_on = models.DateField("到期日")
    state = models.CharField("状态", max_length=8, choices=FollowUpState.choices, default=FollowUpState.OPEN)
    text = models.TextField("落实情况", blank=True)
    reported_on = models.DateField("报告日期", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告人"
    )

    objects = FollowUpQuerySet.as_manager()
    empty_words = "答复中承诺的事项，到期核查是否落实；由承办部门的答复产生。"

    class Meta:
        verbose_name = verbose_name_plural = "落实情况"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(state=FollowUpState.OPEN), name="congress_followup_one_open"
            ),
            always(
                Q(state=FollowUpState.OPEN) | (Q(reported_on__isnull=False) & ~Q(text="")),
                name="reported_in_words",
                words="请说明落实情况。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.due_on}"


@tracked()
class Extension(models.Model):
    """延期: the lead asks for more days before its deadline; the congress office decides."""

    machine = EXTENSION_MACHINE

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="extensions", verbose_name="提案")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="承办部门")
    until = models.DateField("延至")
    reason = models.TextField("原因")
    state = models.CharField("状态", max_length=8, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申请人"
    )
    asked_at = models.DateTimeField("已申请", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定机构"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    answer = models.CharField("答复", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期申请"
        ordering = ["-asked_at", "pk"]
        constraints = [
            once("proposal", condition=Q(state=ExtensionState.ASKED), name="one_asked", words="已有待处理的延期申请。"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.until}"


class ReplyMove(StateMove):
    subject = models.ForeignKey(Reply, models.PROTECT, related_name="moves", verbose_name="答复")


class FollowUpMove(StateMove):
    subject = models.ForeignKey(FollowUp, models.PROTECT, related_name="moves", verbose_name="落实情况")


class ExtensionMove(StateMove):
    subject = models.ForeignKey(Extension, models.PROTECT, related_name="moves", verbose_name="延期")


# Whoever answers or signs for an assigned department reads the proposal.
READERS.append(lambda user: Assignment.objects.of(user).values("proposal"))
