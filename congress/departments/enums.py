"""What somebody does for a department."""

from django.db import models


class DepartmentDuty(models.TextChoices):
    """Who answers for a department: its contact writes, its head hands in, the responsible school leader signs."""

    CONTACT = "contact", "联系人"
    HEAD = "head", "部门负责人"
    LEADER = "leader", "分管领导"
