"""What is awarded."""

from django.db import models


class AwardKind(models.TextChoices):
    PROPOSAL = "proposal", "优秀提案"
    DEPARTMENT = "department", "先进承办单位"
