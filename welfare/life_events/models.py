"""What happened to whom and when: one death, one birth, one stay, shared by the family."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from members.kin.enums import Relation
from members.people.models import Person
from union_portal.base.fields import BlindIndexField, EncryptedTextField
from union_portal.base.history import tracked
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.books.querysets import SchoolQuerySet
from welfare.life_events.enums import EventKind


@tracked()
class ConditionGroup(models.Model):
    """病种分组: coded groups of illnesses, for standards by which the same one is answered once a year."""

    code = models.CharField("编码", max_length=8, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    active = models.BooleanField("启用", default=True)
    empty_words = "住院和大病登记时选的病种分组，用来判断“同一疾病每年一次”；只存编码并加密，不写病名。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "病种分组"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@tracked(exclude=("note", "condition", "condition_index"))
class LifeEvent(models.Model):
    """事件: one death, one birth, one stay, however many colleagues it concerns; grants hang on it.

    `whose` is the person it happened to; for kin outside the register it is the member who reported it and `relation`
    says who it happened to, seen from that member.
    """

    kind = models.CharField("类别", max_length=16, choices=EventKind.choices)
    whose = models.ForeignKey(Person, models.PROTECT, related_name="life_events", verbose_name="当事人")
    relation = models.CharField("与本人关系", max_length=16, choices=Relation.choices, blank=True)
    occurred_on = models.DateField("日期", validators=[not_in_future])
    ended_on = models.DateField("结束", null=True, blank=True)
    variant = models.CharField("情形", max_length=32, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    # The group's code behind the person's key: alike for one person's stays, never for two people's.
    condition = EncryptedTextField("病种分组", blank=True, default="")
    condition_index = BlindIndexField(source="condition")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)

    objects = SchoolQuerySet.as_manager()
    empty_words = "会员的结婚、生育、住院、丧事；慰问挂在这件事上，同一件事不会重复慰问。"

    class Meta:
        verbose_name = verbose_name_plural = "婚育病丧"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "whose", "relation", "occurred_on"],
                name="welfare_event_once",
                violation_error_message="该事件已登记。",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("occurred_on")),
                name="welfare_event_dates_in_order",
                violation_error_message="结束日期不能早于起始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.occurred_on}"

    def tell_condition(self, code: str) -> None:
        """Note the coded group of the illness, "" for none told."""
        self.condition = f"{self.whose_id}:{code}" if code else ""

    @property
    def condition_code(self) -> str:
        """Return the coded group of the illness, "" where none is told."""
        return self.condition.partition(":")[2]
