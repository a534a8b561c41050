"""优秀提案 and 先进承办单位."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.awards.enums import AwardKind
from congress.bodies.querysets import OfficeListQuerySet
from congress.departments.models import Department
from congress.proposals.models import Proposal
from congress.sessions.models import Session
from union_portal.base.history import tracked
from union_portal.base.models import always, once


@tracked()
class Award(models.Model):
    """An award for the proposals of a session, with the statistics it was chosen by."""

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="awards", limit_choices_to={"drive__isnull": False}, verbose_name="会议"
    )
    kind = models.CharField("表彰类别", max_length=16, choices=AwardKind.choices, editable=False)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name="提案"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name="承办部门"
    )
    awarded_on = models.DateField("表彰日期", default=timezone.localdate)
    grounds = models.TextField("表彰理由", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="登记人"
    )
    statistics = models.JSONField("评选时的统计", default=dict, editable=False)

    objects = OfficeListQuerySet.as_manager()
    empty_words = "对优秀提案和承办部门的表彰，连同评选时的数字。"

    class Meta:
        verbose_name = verbose_name_plural = "表彰"
        ordering = ["-awarded_on", "kind", "pk"]
        _fitting = Q(kind=AwardKind.PROPOSAL, proposal__isnull=False, department__isnull=True) | Q(
            kind=AwardKind.DEPARTMENT, department__isnull=False, proposal__isnull=True
        )
        constraints = [
            once("session", "kind", "proposal", "department", nulls_distinct=False, words="该表彰已登记。"),
            always(_fitting, name="to_the_right_kind", words="请选择受表彰的提案或部门。"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.honoured}"

    @property
    def honoured(self) -> Proposal | Department | None:
        return self.proposal or self.department
