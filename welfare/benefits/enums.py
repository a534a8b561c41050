"""What benefits are given for, in which form, and what their caps are measured by."""

from django.db import models


class Category(models.TextChoices):
    """福利类别: what a benefit is given for. Reports count by it."""

    FESTIVAL = "festival", "节日慰问"
    BIRTHDAY = "birthday", "生日慰问"
    SUMMER = "summer", "夏送清凉"
    WINTER = "winter", "冬送温暖"
    FRONTLINE = "frontline", "一线慰问"
    WEDDING = "wedding", "结婚"
    BIRTH = "birth", "生育"
    HOSPITAL = "hospital", "住院"
    SERIOUS_ILLNESS = "serious_illness", "重大疾病"
    BEREAVEMENT = "bereavement", "亲属去世"
    DEATH = "death", "会员去世"
    RETIREMENT = "retirement", "退休"
    HARDSHIP = "hardship", "困难帮扶"
    DISASTER = "disaster", "突发灾害"
    SPECIAL_GROUP = "special_group", "特殊群体走访"
    VETERANS = "veterans", "复转军人"
    DISABILITY = "disability", "伤残保健金"
    RETIREE_VISIT = "retiree_visit", "离退休人员慰问"
    CULTURE = "culture", "文化福利"
    SCHOOLING = "schooling", "子女教育"
    HEALTH_CHECK = "health_check", "健康体检"
    RECUPERATION = "recuperation", "疗休养"
    OTHER = "other", "其他福利"


# Categories whose screens speak softly: slate instead of red, no festive words.
GRAVE = frozenset(
    {Category.HOSPITAL, Category.SERIOUS_ILLNESS, Category.BEREAVEMENT, Category.DEATH, Category.HARDSHIP}
    | {Category.DISASTER, Category.DISABILITY}
)


class Festival(models.TextChoices):
    """The seven statutory festivals on which a union may give goods (总工办发〔2017〕32号), and what schools add."""

    NEW_YEAR = "new_year", "元旦"
    SPRING = "spring", "春节"
    QINGMING = "qingming", "清明节"
    LABOUR = "labour", "劳动节"
    DRAGON_BOAT = "dragon_boat", "端午节"
    MID_AUTUMN = "mid_autumn", "中秋节"
    NATIONAL = "national", "国庆节"
    ETHNIC = "ethnic", "少数民族节日"
    WOMEN = "women", "妇女节"
    TEACHERS = "teachers", "教师节"
    DOUBLE_NINTH = "double_ninth", "重阳节"


class Form(models.TextChoices):
    """发放形式."""

    GOODS = "goods", "实物"
    COUPON = "coupon", "提货券"
    CASH = "cash", "慰问金"
    SERVICE = "service", "服务"
    COVER = "cover", "参保"


class CapBasis(models.TextChoices):
    """What a cap is measured by."""

    PER_EVENT = "per_event", "每次"
    PER_YEAR = "per_year", "每人每年"
    PER_CATEGORY_YEAR = "per_category_year", "每人每年（同类合计）"
    INCOME_SHARE = "income_share", "占当年工会经费收入比例（%）"
