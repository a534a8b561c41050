"""A person the union deals with."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from members.people.enums import Employment, Gender, MaritalState, PersonKind, PoliticalStatus, PostCategory
from members.people.querysets import PersonQuerySet
from union_portal.base.fields import BlindIndexField, EncryptedTextField
from union_portal.base.history import tracked
from union_portal.base.identity import IdentityKind
from union_portal.base.models.constraints import always, once
from union_portal.base.validators import not_in_future

_YOUNGEST = 14
WORKED_ON = ("first_work_on", "teaching_since", "employed_on")
# Which day comes before which, in the life of one person.
_IN_ORDER = (
    ("birth_date", "retired_on"),
    ("birth_date", "died_on"),
    ("first_work_on", "retired_on"),
    ("employed_on", "retires_on"),
)
_NAMES = {"birth_date": "出生日期", "first_work_on": "参加工作时间", "employed_on": "来校时间"}
DAYS = ("birth_date", *WORKED_ON, "retired_on", "retires_on", "died_on")


def too_young(born: dt.date | None, day: dt.date | None) -> str:
    """Return what is wrong with a day of work or membership, or nothing: nobody begins before 14."""
    early = born is not None and day is not None and day.year - born.year < _YOUNGEST
    return f"早于 {_YOUNGEST} 岁，请与出生日期核对" if early else ""


def contradictions(days: Mapping[str, dt.date | None]) -> dict[str, str]:
    """Return by field what is wrong with a person's days among themselves: the one place for screens and lists."""
    wrong = {name: too_young(days.get("birth_date"), days.get(name)) for name in WORKED_ON}
    for early, late in _IN_ORDER:
        first, then = days.get(early), days.get(late)
        if first is not None and then is not None and then < first:
            wrong.setdefault(late, f"早于{_NAMES[early]}（{first}）")
    return {name: words for name, words in wrong.items() if words}


@tracked(exclude=("identity_number", "identity_index", "bank_card", "bank_index"))
class Person(models.Model):
    """Anyone the union deals with: member, other staff, retiree, kin, outsider.

    Whether somebody is a member on a day follows from `Membership`; where somebody belonged from `BranchAssignment`.
    """

    staff_number = models.CharField("工号", max_length=32, unique=True, null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="账号",
    )
    name = models.CharField("姓名", max_length=64)
    search_key = models.TextField("检索词", editable=False, blank=True)
    pinyin_key = models.CharField(max_length=200, editable=False, blank=True, db_collation="C")
    stroke_key = models.CharField(max_length=200, editable=False, blank=True, db_collation="C")
    reading = models.CharField("姓名读音（更正）", max_length=200, editable=False, blank=True)
    kind = models.CharField("类别", max_length=16, choices=PersonKind.choices, default=PersonKind.STAFF)
    gender = models.CharField("性别", max_length=8, choices=Gender.choices, blank=True)
    birth_date = models.DateField("出生日期", null=True, blank=True, validators=[not_in_future])
    employment = models.CharField("用工形式", max_length=16, choices=Employment.choices, blank=True)
    post_category = models.CharField("岗位类别", max_length=16, choices=PostCategory.choices, blank=True)
    professional_title = models.CharField("职称", max_length=64, blank=True)
    department = models.CharField("单位", max_length=100, blank=True)
    ethnicity = models.CharField("民族", max_length=32, blank=True)
    political_status = models.CharField("政治面貌", max_length=16, choices=PoliticalStatus.choices, blank=True)
    first_work_on = models.DateField("参加工作时间", null=True, blank=True, validators=[not_in_future])
    teaching_since = models.DateField("从教时间", null=True, blank=True, validators=[not_in_future])
    employed_on = models.DateField("来校时间", null=True, blank=True, validators=[not_in_future])
    retired_on = models.DateField("退休时间", null=True, blank=True)
    # A day that the personnel office expects; nothing follows from it.
    retires_on = models.DateField("预计退休时间", null=True, blank=True)
    died_on = models.DateField("去世日期", null=True, blank=True, validators=[not_in_future])
    marital_state = models.CharField("婚姻状况", max_length=16, choices=MaritalState.choices, blank=True)
    mobile = models.CharField("手机", max_length=20, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    identity_kind = models.CharField("证件类型", max_length=20, choices=IdentityKind.choices, blank=True)
    identity_number = EncryptedTextField("证件号码", blank=True, default="")
    identity_index = BlindIndexField(source="identity_number")
    bank_card = EncryptedTextField("银行卡号", blank=True, default="")
    bank_index = BlindIndexField(source="bank_card")
    bank_name = models.CharField("开户行", max_length=64, blank=True)
    note = models.TextField("备注", blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = PersonQuerySet.as_manager()
    empty_words = "工会联系的每一个人：会员、其他教职工、离退休人员和家属；人事部门的名单可以直接导入。"

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["pinyin_key", "staff_number", "pk"]
        indexes = [models.Index(fields=["pinyin_key", "staff_number", "id"], name="members_person_order")]
        constraints = [
            always(
                ~Q(kind=PersonKind.STAFF) | Q(staff_number__isnull=False),
                name="staff_have_a_number",
                words="教职工须有工号。",
            ),
            always(~Q(staff_number=""), name="staff_number_not_blank", words="没有工号时不要填空格。"),
            once(
                "identity_index",
                name="identity_once",
                condition=~Q(identity_index="") & Q(identity_index__isnull=False),
                words="此证件号码已属于另一人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.staff_number}）" if self.staff_number else self.name

    @property
    def picked_as(self) -> str:
        """Who it is among people of the same name: number and branch, or what they are; see `for_picking`."""
        number = self.staff_number or self.get_kind_display()
        gone = "已去世" if self.died_on is not None else ""
        return " · ".join(part for part in (self.name, number, getattr(self, "branch_name_on", ""), gone) if part)

    def clean(self) -> None:
        """Refuse days that contradict each other."""
        if wrong := contradictions({name: getattr(self, name) for name in DAYS}):
            raise ValidationError(wrong)
