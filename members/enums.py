"""The register's vocabulary."""

from django.db import models


class PersonKind(models.TextChoices):
    """Who the union deals with; membership is a matter of dates, not of kind."""

    STAFF = "staff", "教职工"
    RETIREE = "retiree", "离退休人员"
    KIN = "kin", "亲属"
    OUTSIDER = "outsider", "校外人员"


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


class MembershipStart(models.TextChoices):
    """How a membership episode began."""

    JOINED = "joined", "入会"
    TRANSFERRED_IN = "transferred_in", "转入"
    RETAINED = "retained", "退休保留"
    RESUMED = "resumed", "恢复会籍"
    RECORDED = "recorded", "建册登记"


class MembershipEnd(models.TextChoices):
    """How a membership episode ended."""

    TRANSFERRED_OUT = "transferred_out", "转出"
    RETIRED = "retired", "退休"
    LEFT = "left", "退会"
    EXPELLED = "expelled", "除名"
    DECEASED = "deceased", "去世"
    RESUMED = "resumed", "转为在职会籍"


class MembershipChange(models.TextChoices):
    """会籍变动: what a list or an officer may do to a membership."""

    JOIN = "join", "入会"
    TRANSFER_IN = "transfer_in", "转入"
    TRANSFER_OUT = "transfer_out", "转出"
    RETIRE = "retire", "退休"
    LEAVE = "leave", "退会"
    EXPEL = "expel", "除名"
    DEATH = "death", "去世"
    RESUME = "resume", "恢复会籍"
    MOVE = "move", "调整分工会"


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


class Relation(models.TextChoices):
    """亲属关系, seen from the person: the related person is my …"""

    SPOUSE = "spouse", "配偶"
    PARENT = "parent", "父母"
    CHILD = "child", "子女"
    PARENT_IN_LAW = "parent_in_law", "配偶父母"
    SIBLING = "sibling", "兄弟姐妹"
    OTHER = "other", "其他亲属"


class Approximation(models.TextChoices):
    """How exact a total is, in the source's own word."""

    EXACT = "exact", "准确"
    ROUND = "round", "整"
    OVER = "over", "余"
    NEARLY = "nearly", "近"
    ABOUT = "about", "约"


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
