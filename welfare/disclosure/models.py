"""公示: what is made known for so many working days before it holds, with nobody's full name."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from union_portal.base.fields import EncryptedTextField
from union_portal.base.models import StateMove, always
from union_portal.base.validators import not_in_future
from welfare.books.querysets import SchoolQuerySet
from welfare.disclosure.enums import DISCLOSURE_MACHINE, OBJECTION_MACHINE, DisclosureState, ObjectionState


class Disclosure(models.Model):
    """公示: masked lines, shown from a day until the last of so many working days; whose matter it is stands above."""

    machine = DISCLOSURE_MACHINE

    title = models.CharField("公示名称", max_length=100)
    lines = models.TextField("公示内容", editable=False)
    place = models.CharField("公示地点", max_length=100, blank=True)
    starts_on = models.DateField("公示日期")
    workdays = models.PositiveSmallIntegerField("工作日", default=5)
    ends_on = models.DateField("公示截止", editable=False)
    certain = models.BooleanField("截止日期确定", default=True, editable=False)
    state = models.CharField("状态", max_length=16, choices=DisclosureState.choices, default=DisclosureState.OPEN)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )

    objects = SchoolQuerySet.as_manager()
    empty_words = "困难认定等事项评定后在这里公示，期满没有异议才生效；姓名隐去。"

    class Meta:
        verbose_name = verbose_name_plural = "公示"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            always(Q(ends_on__gte=F("starts_on")), name="days_in_order", words="公示截止不能早于公示日期。"),
        ]

    def __str__(self) -> str:
        return self.title


class DisclosureMove(StateMove):
    subject = models.ForeignKey(Disclosure, models.PROTECT, related_name="moves")


class Objection(models.Model):
    """公示异议: what somebody holds against a notice, and what came of it; who and what are encrypted."""

    machine = OBJECTION_MACHINE

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="objections", verbose_name="公示")
    raised_on = models.DateField("提出日期", validators=[not_in_future])
    who = EncryptedTextField("提出人", blank=True, default="")
    text = EncryptedTextField("异议内容")
    answer = EncryptedTextField("答复", blank=True, default="")
    upheld = models.BooleanField("异议成立", null=True, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True, validators=[not_in_future])
    state = models.CharField("状态", max_length=16, choices=ObjectionState.choices, default=ObjectionState.RAISED)

    objects = SchoolQuerySet.as_manager()
    empty_words = "对公示提出的异议和答复；提出人和内容加密保存。"

    class Meta:
        verbose_name = verbose_name_plural = "公示异议"
        ordering = ["-raised_on", "-pk"]
        constraints = [
            always(
                ~Q(state=ObjectionState.ANSWERED) | Q(answered_on__isnull=False, upheld__isnull=False),
                name="answered_is_whole",
                words="答复须写明日期和异议是否成立。",
            ),
            always(
                Q(answered_on__isnull=True) | Q(answered_on__gte=F("raised_on")),
                name="answered_later",
                words="答复日期早于提出日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.raised_on} 对“{self.disclosure}”的异议"


class ObjectionMove(StateMove):
    subject = models.ForeignKey(Objection, models.PROTECT, related_name="moves")
