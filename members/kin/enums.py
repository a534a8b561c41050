"""Who is what to whom."""

from django.db import models


class Relation(models.TextChoices):
    """亲属关系, seen from the person: the related person is my …"""

    SPOUSE = "spouse", "配偶"
    PARENT = "parent", "父母"
    CHILD = "child", "子女"
    PARENT_IN_LAW = "parent_in_law", "配偶父母"
    SIBLING = "sibling", "兄弟姐妹"
    OTHER = "other", "其他亲属"
