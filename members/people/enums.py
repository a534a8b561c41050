"""Who the union deals with: the words for people, and whether somebody is a member."""

from django.db import models

from union_portal.accounts.enums import Role


class PersonKind(models.TextChoices):
    """Who the union deals with; membership is a matter of dates, not of kind."""

    STAFF = "staff", "教职工"
    RETIREE = "retiree", "离退休人员"
    KIN = "kin", "亲属"
    OUTSIDER = "outsider", "校外人员"


# The school's own people, whom a retirement parts in two.
OWN = (PersonKind.STAFF, PersonKind.RETIREE)


class Gender(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class Employment(models.TextChoices):
    """用工形式: how somebody is employed."""

    ESTABLISHED = "established", "在编"
    CONTRACT = "contract", "聘用"
    AGENCY = "agency", "人事代理"
    DISPATCHED = "dispatched", "劳务派遣"
    POSTDOC = "postdoc", "博士后"
    REHIRED = "rehired", "返聘"
    RETIRED = "retired", "退休"
    VETERAN_RETIRED = "veteran_retired", "离休"
    OTHER = "other", "其他"


class PostCategory(models.TextChoices):
    """岗位类别."""

    TEACHER = "teacher", "教师"
    MANAGEMENT = "management", "管理"
    SUPPORT = "support", "教辅"
    WORKER = "worker", "工勤"


class PoliticalStatus(models.TextChoices):
    """政治面貌."""

    PARTY = "party", "中共党员"
    PROBATIONARY = "probationary", "中共预备党员"
    LEAGUE = "league", "共青团员"
    DEMOCRATIC = "democratic", "民主党派"
    INDEPENDENT = "independent", "无党派人士"
    MASSES = "masses", "群众"


class MaritalState(models.TextChoices):
    SINGLE = "single", "未婚"
    MARRIED = "married", "已婚"
    DIVORCED = "divorced", "离异"
    WIDOWED = "widowed", "丧偶"


class MembershipState(models.TextChoices):
    """会籍状态: retained membership pays no dues and has no vote."""

    ACTIVE = "active", "在职会籍"
    RETAINED = "retained", "保留会籍"


# Who may see which group of need somebody belongs to, and who is whose kin.
CARING_ROLES = (Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR)
