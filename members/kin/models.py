"""Who is related to whom."""

from django.db import models
from django.db.models import F, Q

from members.kin.enums import Relation
from members.kin.querysets import KinshipQuerySet
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models.constraints import always, once


@tracked()
class Kinship(models.Model):
    """The related person is the person's spouse, parent, child …"""

    person = models.ForeignKey(Person, models.CASCADE, related_name="kin", verbose_name="人员")
    related = models.ForeignKey(Person, models.CASCADE, related_name="kin_of", verbose_name="亲属")
    relation = models.CharField("与本人关系", max_length=16, choices=Relation.choices)

    objects = KinshipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "亲属关系"
        constraints = [
            once("person", "related", words="这一亲属关系已登记。"),
            always(~Q(person=F("related")), name="two_people", words="不能登记本人为自己的亲属。"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.related} {self.get_relation_display()}"
