"""优秀提案 and 先进承办单位."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from congress.awards.enums import AwardKind
from congress.bodies.querysets import OfficeListQuerySet
from congress.departments.models import Department
from congress.proposals.models import Proposal
from congress.sessions.models import Session
from union_portal.base.history import tracked


@tracked()
class Award(models.Model):
    """An award for the proposals of a session, with the statistics it was chosen by."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="awards", verbose_name="会议")
    kind = models.CharField("表彰类别", max_length=16, choices=AwardKind.choices)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name="提案"
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name="承办部门",
    )
    awarded_on = models.DateField("表彰日期")
    grounds = models.TextField("表彰理由", blank=True)
    statistics = models.JSONField("评选时的统计", default=dict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "表彰"
        ordering = ["-awarded_on", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "proposal", "department"],
                nulls_distinct=False,
                name="congress_award_once",
                violation_error_message="该表彰已登记。",
            ),
            models.CheckConstraint(
                condition=Q(kind=AwardKind.PROPOSAL, proposal__isnull=False, department__isnull=True)
                | Q(kind=AwardKind.DEPARTMENT, department__isnull=False, proposal__isnull=True),
                name="congress_award_to_the_right_kind",
                violation_error_message="请选择受表彰的提案或部门。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.proposal or self.department}"
