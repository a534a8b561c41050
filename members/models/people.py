"""A person the union deals with, and who is related to whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import (
    Employment,
    Gender,
    MaritalState,
    PersonKind,
    PoliticalStatus,
    PostCategory,
    Relation,
)
from members.querysets import KinshipQuerySet, PersonQuerySet
from union_portal.base.fields import BlindIndexField, EncryptedTextField
from union_portal.base.history import tracked


@tracked(exclude=("identity_number", "identity_index", "bank_card", "bank_index"))
class Person(models.Model):
    """Anyone the union deals with: member, other staff, retiree, kin, outsider.

    Whether somebody is a member on a day follows from `Membership`; where somebody belonged from `BranchAssignment`.
    """

    staff_number = models.CharField(_("staff number"), max_length=32, unique=True, null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("user account"),
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=64)
    search_key = models.TextField(_("search key"), editable=False, blank=True)
    pinyin_key = models.CharField(max_length=200, editable=False, blank=True, db_collation="C")
    stroke_key = models.CharField(max_length=200, editable=False, blank=True, db_collation="C")
    reading = models.CharField(_("reading of the name, corrected"), max_length=200, editable=False, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=PersonKind.choices, default=PersonKind.STAFF)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender.choices, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    employment = models.CharField(_("employment"), max_length=16, choices=Employment.choices, blank=True)
    post_category = models.CharField(_("post category"), max_length=16, choices=PostCategory.choices, blank=True)
    professional_title = models.CharField(_("professional title"), max_length=64, blank=True)
    department = models.CharField(_("department"), max_length=100, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=32, blank=True)
    political_status = models.CharField(
        _("political status"), max_length=16, choices=PoliticalStatus.choices, blank=True
    )
    first_work_on = models.DateField(_("first work"), null=True, blank=True)
    teaching_since = models.DateField(_("teaching since"), null=True, blank=True)
    employed_on = models.DateField(_("employed here since"), null=True, blank=True)
    retired_on = models.DateField(_("retired"), null=True, blank=True)
    died_on = models.DateField(_("died"), null=True, blank=True)
    marital_state = models.CharField(_("marital state"), max_length=16, choices=MaritalState.choices, blank=True)
    mobile = models.CharField(_("mobile"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    identity_number = EncryptedTextField(_("identity number"), blank=True, default="")
    identity_index = BlindIndexField(source="identity_number")
    bank_card = EncryptedTextField(_("bank card"), blank=True, default="")
    bank_index = BlindIndexField(source="bank_card")
    bank_name = models.CharField(_("bank"), max_length=64, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = pgettext_lazy("register", "people")
        ordering = ["pinyin_key", "staff_number", "pk"]
        indexes = [models.Index(fields=["pinyin_key", "staff_number", "id"], name="members_person_order")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=PersonKind.STAFF) | Q(staff_number__isnull=False),
                name="members_staff_have_a_number",
                violation_error_message=_("Staff need a staff number."),
            ),
            models.CheckConstraint(
                condition=~Q(staff_number=""),
                name="members_staff_number_not_blank",
                violation_error_message=_("Leave the staff number out rather than blank."),
            ),
            models.UniqueConstraint(
                fields=["identity_index"],
                condition=~Q(identity_index="") & Q(identity_index__isnull=False),
                name="members_identity_once",
                violation_error_message=_("Somebody else has this identity number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.staff_number}）" if self.staff_number else self.name


@tracked()
class Kinship(models.Model):
    """The related person is the person's spouse, parent, child …"""

    person = models.ForeignKey(Person, models.CASCADE, related_name="kin", verbose_name=_("person"))
    related = models.ForeignKey(Person, models.CASCADE, related_name="kin_of", verbose_name=_("related person"))
    relation = models.CharField(_("relation"), max_length=16, choices=Relation.choices)

    objects = KinshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("kinship")
        verbose_name_plural = _("kinships")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "related"],
                name="members_kinship_once",
                violation_error_message=_("This relation is already recorded."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("related")),
                name="members_kinship_two_people",
                violation_error_message=_("Nobody is related to himself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.related} {self.get_relation_display()}"
