"""Words of what reaches the union outside proposals, and of its committees, rules and awards."""

from django.db import models

from union_portal.accounts.enums import Role
from union_portal.base.states import Machine, Move


class SuggestionSource(models.TextChoices):
    """Where a suggestion (意见建议) came from."""

    DISCUSSION = "discussion", "分组讨论"
    LATE = "late", "逾期提案"
    PASSED_ON = "passed_on", "提案转来"
    DRIVE = "drive", "金点子征集"
    LETTER = "letter", "来信来访"


class SuggestionState(models.TextChoices):
    COLLECTED = "collected", "已收集"
    SENT = "sent", "部门办理中"
    ANSWERED = "answered", "已答复"
    SET_ASIDE = "set_aside", "留存备查"


SUGGESTION_MACHINE = Machine(
    name="congress.suggestion",
    initial=[SuggestionState.COLLECTED, SuggestionState.ANSWERED],
    moves=[
        Move("send", SuggestionState.COLLECTED, SuggestionState.SENT, "转交部门"),
        Move("take_back", SuggestionState.SENT, SuggestionState.COLLECTED, "从部门收回"),
        Move("answer", SuggestionState.SENT, SuggestionState.ANSWERED, "书面答复"),
        Move("answer", SuggestionState.COLLECTED, SuggestionState.ANSWERED, "书面答复"),
        Move("set_aside", SuggestionState.COLLECTED, SuggestionState.SET_ASIDE, "留存备查"),
    ],
)


class FindingState(models.TextChoices):
    """What became of a finding (巡视发现)."""

    OPEN = "open", "待整改"
    PUT_RIGHT = "put_right", "已整改"
    EXPLAINED = "explained", "已说明，无需整改"


FINDING_MACHINE = Machine(
    name="congress.finding",
    initial=[FindingState.OPEN, FindingState.PUT_RIGHT, FindingState.EXPLAINED],
    moves=[
        Move("put_right", FindingState.OPEN, FindingState.PUT_RIGHT, "登记整改结果"),
        Move("explain", FindingState.OPEN, FindingState.EXPLAINED, "登记说明"),
    ],
)


class PetitionChannel(models.TextChoices):
    """来信来访的途径."""

    VISIT = "visit", "来访"
    LETTER = "letter", "来信"
    PHONE = "phone", "来电"
    PORTAL = "portal", "平台提交"


class PetitionState(models.TextChoices):
    RECEIVED = "received", "已接收"
    HANDLING = "handling", "办理中"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"


PETITION_MACHINE = Machine(
    name="congress.petition",
    initial=[PetitionState.RECEIVED],
    moves=[
        Move("take_up", PetitionState.RECEIVED, PetitionState.HANDLING, "受理"),
        Move("answer", PetitionState.HANDLING, PetitionState.ANSWERED, "答复"),
        Move("reopen", PetitionState.ANSWERED, PetitionState.HANDLING, "重新受理"),
        Move("close", PetitionState.ANSWERED, PetitionState.CLOSED, "办结"),
    ],
)


# The offices that take petitions, in the order they are offered; the first is who gets it unless another is chosen.
PETITION_ROLES = (Role.CONGRESS, Role.ORGANISATION, Role.WOMEN, Role.VICE_CHAIR, Role.CHAIR)


class CommitteeKind(models.TextChoices):
    """委员会."""

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
    """What a meeting did with a document."""

    HEARD = "heard", "已听取"
    REVIEWED = "reviewed", "已审议"
    PASSED = "passed", "已通过"


class RegulationAct(models.TextChoices):
    """制定、修订、完善、废止."""

    ADOPTED = "adopted", "制定"
    REVISED = "revised", "修订"
    IMPROVED = "improved", "完善"
    REPEALED = "repealed", "废止"


class AwardKind(models.TextChoices):
    PROPOSAL = "proposal", "优秀提案"
    DEPARTMENT = "department", "先进承办单位"


class DepartmentDuty(models.TextChoices):
    """Who answers for a department: its contact writes, its head hands in, the responsible school leader signs."""

    CONTACT = "contact", "联系人"
    HEAD = "head", "部门负责人"
    LEADER = "leader", "分管领导"
