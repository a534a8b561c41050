"""Applications to join the union."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from members.admissions.enums import ADMISSION_MACHINE, AdmissionState
from members.admissions.querysets import AdmissionQuerySet
from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove
from union_portal.base.models.constraints import always, once
from union_portal.base.validators import not_in_future


@tracked()
class Admission(models.Model):
    """入会申请: who asked to join and when, what group and branch say of it, and who decided."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="admissions", verbose_name="申请人")
    applied_on = models.DateField("申请日期", validators=[not_in_future])
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="admissions", verbose_name="申请加入的分工会")
    words = models.TextField("申请理由", blank=True)
    group_opinion = models.CharField("工会小组意见", max_length=300, blank=True)
    branch_opinion = models.CharField("分工会意见", max_length=300, blank=True)
    decided_by = models.CharField("批准机构", max_length=100, blank=True)
    decided_on = models.DateField("批准日期", null=True, blank=True, validators=[not_in_future])
    document = models.CharField("批准文件", max_length=200, blank=True)
    state = models.CharField("状态", max_length=12, choices=AdmissionState.choices, default=AdmissionState.APPLIED)
    machine = ADMISSION_MACHINE
    objects = AdmissionQuerySet.as_manager()
    empty_words = "教职工的入会申请：小组和分工会签意见，校工会批准后成为会员。"

    class Meta:
        verbose_name = verbose_name_plural = "入会申请"
        ordering = ["-applied_on", "-pk"]
        constraints = [
            once(
                "person",
                name="one_waiting",
                condition=Q(state=AdmissionState.APPLIED),
                words="此人已有一份待审批的入会申请。",
            ),
            always(
                Q(decided_on__isnull=True) | Q(decided_on__gte=F("applied_on")),
                name="decided_later",
                words="批准日期早于申请日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.applied_on}"

    def clean(self) -> None:
        """Refuse who is a member already, and the dead."""
        if not self._state.adding or self.person_id is None or self.applied_on is None:
            return
        if self.person.died_on is not None:
            raise ValidationError({"person": f"{self.person.name}已于 {self.person.died_on} 去世。"})
        held = self.person.memberships.exclude(valid_to__lt=self.applied_on).first()
        if held is not None:
            raise ValidationError({"person": f"{self.person.name}自 {held.valid_from} 起已是会员，不用再申请。"})


class AdmissionMove(StateMove):
    subject = models.ForeignKey(Admission, models.PROTECT, related_name="moves")
