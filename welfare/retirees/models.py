"""The register's retired people, as the welfare office looks at them."""

from django.db.models import Manager
from django.utils import timezone

from members.people.enums import PersonKind
from members.people.models import Person
from members.people.querysets import PersonQuerySet


class _RetireeManager(Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Whoever has retired by today and lives."""

    def get_queryset(self) -> PersonQuerySet:
        found: PersonQuerySet = super().get_queryset()
        return found.of_kind(PersonKind.RETIREE, on=timezone.localdate()).filter(died_on=None)


class Retiree(Person):
    """离退休教职工: a person of the register; nothing of its own is kept here."""

    empty_words = "离退休教职工和他们享受的福利、走访、体检；退休在人员页面上登记后列在这里。"

    objects = _RetireeManager()  # type: ignore[misc]  # Person declares its own

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "离退休名册"
        ordering = ["pinyin_key", "pk"]
