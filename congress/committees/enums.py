"""Kinds of committee, posts in them, and what they do with a document."""

from django.db import models


class CommitteeKind(models.TextChoices):
    UNION = "union", "工会委员会"
    EXECUTIVE = "executive", "教代会执行委员会"
    PROPOSAL = "proposal", "提案工作委员会"
    WOMEN = "women", "女职工委员会"
    FINANCE_REVIEW = "finance_review", "经费审查委员会"
    OTHER = "other", "其他委员会"


class CommitteePost(models.TextChoices):
    CHAIR = "chair", "主席"
    VICE_CHAIR = "vice_chair", "副主席"
    SECRETARY = "secretary", "秘书"
    MEMBER = "member", "委员"


class Handling(models.TextChoices):
    HEARD = "heard", "已听取"
    REVIEWED = "reviewed", "已审议"
    PASSED = "passed", "已通过"
