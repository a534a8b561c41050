"""Kinds of branch and the posts in its committee."""

from django.db import models


class BranchKind(models.TextChoices):
    SCHOOL = "school", "校工会"
    BRANCH = "branch", "分工会"
    DIRECT_GROUP = "direct_group", "直属工会小组"
    GROUP = "group", "工会小组"


class Position(models.TextChoices):
    """工会职务."""

    CHAIR = "chair", "主席"
    VICE_CHAIR = "vice_chair", "副主席"
    ORGANISATION = "organisation", "组织委员"
    WELFARE = "welfare", "生活福利委员"
    PUBLICITY = "publicity", "宣传委员"
    CULTURE = "culture", "文体委员"
    WOMEN = "women", "女工委员"
    FINANCE = "finance", "财务委员"
    MEMBER = "member", "委员"
    GROUP_LEADER = "group_leader", "工会小组长"


# One holder at a time.
SINGLE = frozenset({Position.CHAIR})
