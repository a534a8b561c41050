"""Services (服务实事): what the union did for its members beside money and goods."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import always, once
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.service_records.enums import Stage


class ServiceKind(models.Model):
    """服务类别 as editable data; where `named` is false nobody served is named, only counted."""

    code = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    named = models.BooleanField("可登记姓名", default=True, help_text="心理服务、法律援助等只登记人数。")
    empty_words = "子女入学、讲座、咨询、住房等类别；登记服务实事时从这里选。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务类别"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ServiceRecord(models.Model):
    """服务实事: one event, or one member who was helped."""

    title = models.CharField("事项", max_length=200)
    kind = models.ForeignKey(ServiceKind, models.PROTECT, related_name="records", verbose_name="服务类别")
    held_on = models.DateField("日期", validators=[not_in_future])
    stage = models.CharField("入学阶段", max_length=16, choices=Stage.choices, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="services", verbose_name="受助教职工"
    )
    whom = models.CharField("服务对象", max_length=100, blank=True, help_text="为教职工个人办理的，留空则按工号填写。")
    served = models.PositiveIntegerField("服务人数", default=1, validators=[MinValueValidator(1)])
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="services", verbose_name="主办分工会"
    )
    partner = models.CharField("合作单位", max_length=100, blank=True)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    result = models.TextField("办理结果", blank=True)
    empty_words = "子女入学、讲座、咨询、住房、心理等服务；按人或按场次登记，也可以导入名单。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务实事"
        ordering = ["-held_on", "-pk"]
        constraints = [
            once("title", "kind", "held_on", "stage", "whom", words="该事项已登记；另一人的请写明服务对象。"),
            always(Q(amount__isnull=True) | Q(amount__gte=0), name="amount_not_negative", words="金额不能为负。"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.whom}）" if self.whom else self.title

    def clean(self) -> None:
        """Name nobody where only numbers are kept; who was helped goes by the staff number unless said otherwise."""
        if self.kind_id and not self.kind.named and (self.person_id or self.whom):
            raise ValidationError({"person": f"{self.kind}只登记人数，不登记姓名。"})
        if self.person is not None and not self.whom:
            self.whom = self.person.staff_number or self.person.name
