"""The register's vocabulary."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PersonKind(models.TextChoices):
    """Who the union deals with; membership is a matter of dates, not of kind."""

    STAFF = "staff", _("staff")
    RETIREE = "retiree", _("retiree")
    KIN = "kin", _("kin")
    OUTSIDER = "outsider", _("outsider")


class Gender(models.TextChoices):
    MALE = "male", _("male")
    FEMALE = "female", _("female")


class Employment(models.TextChoices):
    """用工形式: how somebody is employed."""

    ESTABLISHED = "established", _("on the establishment")
    CONTRACT = "contract", _("on contract")
    AGENCY = "agency", _("personnel agency")
    DISPATCHED = "dispatched", _("labour dispatch")
    POSTDOC = "postdoc", _("postdoctoral")
    REHIRED = "rehired", _("rehired after retirement")
    RETIRED = "retired", _("retired")
    VETERAN_RETIRED = "veteran_retired", _("retired veteran cadre")
    OTHER = "other", _("other")


class PostCategory(models.TextChoices):
    """岗位类别."""

    TEACHER = "teacher", _("teacher")
    MANAGEMENT = "management", _("management")
    SUPPORT = "support", _("teaching support")
    WORKER = "worker", _("worker")


class PoliticalStatus(models.TextChoices):
    """政治面貌."""

    PARTY = "party", _("Party member")
    PROBATIONARY = "probationary", _("probationary Party member")
    LEAGUE = "league", _("League member")
    DEMOCRATIC = "democratic", _("member of a democratic party")
    INDEPENDENT = "independent", _("independent")
    MASSES = "masses", _("no party")


class MaritalState(models.TextChoices):
    SINGLE = "single", _("single")
    MARRIED = "married", _("married")
    DIVORCED = "divorced", _("divorced")
    WIDOWED = "widowed", _("widowed")


class MembershipState(models.TextChoices):
    """会籍状态: retained membership pays no dues and has no vote."""

    ACTIVE = "active", pgettext_lazy("membership", "active")
    RETAINED = "retained", _("retained")


class MembershipStart(models.TextChoices):
    """How a membership episode began."""

    JOINED = "joined", _("joined")
    TRANSFERRED_IN = "transferred_in", _("transferred in")
    RETAINED = "retained", _("retained on retirement")
    RESUMED = "resumed", _("resumed")
    RECORDED = "recorded", _("recorded when the register began")


class MembershipEnd(models.TextChoices):
    """How a membership episode ended."""

    TRANSFERRED_OUT = "transferred_out", _("transferred out")
    RETIRED = "retired", _("retired")
    LEFT = "left", _("left the union")
    EXPELLED = "expelled", _("expelled")
    DECEASED = "deceased", _("deceased")
    RESUMED = "resumed", _("resumed active membership")


class MembershipChange(models.TextChoices):
    """会籍变动: what a list or an officer may do to a membership."""

    JOIN = "join", _("join")
    TRANSFER_IN = "transfer_in", _("transfer in")
    TRANSFER_OUT = "transfer_out", _("transfer out")
    RETIRE = "retire", _("retire")
    LEAVE = "leave", _("leave the union")
    EXPEL = "expel", _("expel")
    DEATH = "death", _("record the death")
    RESUME = "resume", _("resume membership")
    MOVE = "move", _("move to another branch")


class BranchKind(models.TextChoices):
    SCHOOL = "school", _("school union")
    BRANCH = "branch", _("branch union")
    DIRECT_GROUP = "direct_group", _("group directly under the school union")
    GROUP = "group", _("union group")


class Position(models.TextChoices):
    """工会职务."""

    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice_chair", _("vice chair")
    ORGANISATION = "organisation", _("organisation member")
    WELFARE = "welfare", _("welfare member")
    PUBLICITY = "publicity", _("publicity member")
    CULTURE = "culture", _("culture and sports member")
    WOMEN = "women", _("women's member")
    FINANCE = "finance", _("finance member")
    MEMBER = "member", _("committee member")
    GROUP_LEADER = "group_leader", _("group leader")


class Relation(models.TextChoices):
    """亲属关系, seen from the person: the related person is my …"""

    SPOUSE = "spouse", _("spouse")
    PARENT = "parent", pgettext_lazy("kin", "parent")
    CHILD = "child", _("child")
    PARENT_IN_LAW = "parent_in_law", _("parent-in-law")
    SIBLING = "sibling", _("sibling")
    OTHER = "other", _("other relative")


class Approximation(models.TextChoices):
    """How exact a total is, in the source's own word."""

    EXACT = "exact", _("exactly")
    ROUND = "round", _("round figure")
    OVER = "over", _("over")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")


# 特殊群体 to start with; staff add and rename. Code, name, whether belonging to it says something about health.
COHORT_KINDS = (
    ("model_worker", "劳模", False),
    ("craftsman", "工匠", False),
    ("veteran", "退役军人", False),
    ("disabled", "残疾", True),
    ("aid_family", "援疆援藏家属", False),
    ("aid_staff", "援派干部教师", False),
    ("veteran_cadre", "离休", False),
    ("martyr_family", "烈属", False),
    ("military_family", "军属", False),
    ("single_parent", "单亲", True),
    ("only_child_lost", "失独家庭", True),
    ("hardship", "困难职工", True),
    ("overseas_returnee", "归侨侨眷", False),
    ("young_staff", "青年教职工", False),
)
