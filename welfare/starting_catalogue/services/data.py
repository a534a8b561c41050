"""The starting catalogue as data: accounts, books, funds, benefits, rules and plans. Staff edit all of it afterwards.

Sources: 总工办发〔2017〕32号 for what may be given in which form (it names no amounts); the chart of the union
accounting system of 2010 for the 科目; the caps of two provinces as published in 2018, marked as examples, which judge
nothing until the school adopts them.
"""

import datetime as dt
from typing import Any

from members.kin.enums import Relation
from members.people.enums import Gender
from welfare.benefits.enums import CapBasis, Category, Form
from welfare.books.enums import AccountKind
from welfare.life_events.enums import EventKind

NATIONAL = "《基层工会经费收支管理办法》（总工办发〔2017〕32号）"
SCHOOL = "本校慰问标准（起始值，请按本校文件修改）"
RULES_FROM = dt.date(2018, 1, 1)
SCHOOL_FROM = dt.date(2000, 1, 1)
CLOSE_KIN = [Relation.SPOUSE, Relation.PARENT, Relation.CHILD]

# code, name; the parent is the first three digits.
INCOME = [
    ("401", "会费收入"),
    ("402", "拨缴经费收入"),
    ("403", "上级补助收入"),
    ("404", "政府补助收入"),
    ("405", "行政补助收入"),
    ("406", "事业收入"),
    ("407", "投资收益"),
    ("408", "其他收入"),
]
EXPENSE = [
    ("501", "职工活动支出"),
    ("50101", "职工教育费"),
    ("50102", "文体活动费"),
    ("50103", "宣传活动费"),
    ("50104", "其他活动支出"),
    ("502", "维权支出"),
    ("50201", "劳动关系协调费"),
    ("50202", "劳动保护费"),
    ("50203", "法律援助费"),
    ("50204", "困难职工帮扶费"),
    ("50205", "送温暖费"),
    ("50206", "其他维权支出"),
    ("503", "业务支出"),
    ("50301", "培训费"),
    ("50302", "会议费"),
    ("50303", "外事费"),
    ("50304", "专项业务费"),
    ("50305", "其他业务支出"),
    ("504", "行政支出"),
    ("505", "资本性支出"),
    ("506", "补助下级支出"),
    ("507", "事业支出"),
    ("508", "其他支出"),
]
# Under which a fund's opening balance stands.
BALANCE = [("322", "工会资金结余")]
ACCOUNTS = [
    *((code, name, AccountKind.INCOME) for code, name in INCOME),
    *((code, name, AccountKind.EXPENSE) for code, name in EXPENSE),
    *((code, name, AccountKind.BALANCE) for code, name in BALANCE),
]

BOOKS = [("UNION", "工会经费"), ("TRUST", "代管经费")]
# code, name, book
FUNDS = [
    ("UNION", "工会经费", "UNION"),
    ("DUES", "会费", "UNION"),
    ("SUBSIDY", "行政补助", "UNION"),
    ("UPPER", "上级补助", "UNION"),
    ("WELFARE", "学校福利费", "TRUST"),
    ("DONATION", "代管捐款", "TRUST"),
]

# code, name, category, form, life event, account, also for non-members
BENEFITS = [
    ("new_year", "元旦慰问品", Category.FESTIVAL, Form.GOODS, "", "50104", False),
    ("spring", "春节慰问品", Category.FESTIVAL, Form.GOODS, "", "50104", False),
    ("qingming", "清明节慰问品", Category.FESTIVAL, Form.GOODS, "", "50104", False),
    ("labour", "劳动节慰问品", Category.FESTIVAL, Form.GOODS, "", "50104", False),
    ("dragon_boat", "端午节慰问品", Category.FESTIVAL, Form.GOODS, "", "50104", False),
    ("mid_autumn", "中秋节慰问品", Category.FESTIVAL, Form.GOODS, "", "50104", False),
    ("national", "国庆节慰问品", Category.FESTIVAL, Form.GOODS, "", "50104", False),
    ("festival_money", "节日慰问金", Category.FESTIVAL, Form.CASH, "", "50104", False),
    ("women", "三八妇女节慰问品", Category.FESTIVAL, Form.GOODS, "", "50104", False),
    ("teachers", "教师节慰问", Category.FESTIVAL, Form.GOODS, "", "50104", False),
    ("birthday", "生日蛋糕券", Category.BIRTHDAY, Form.COUPON, "", "50104", False),
    ("summer", "夏送清凉", Category.SUMMER, Form.GOODS, "", "50205", True),
    ("winter", "冬送温暖", Category.WINTER, Form.GOODS, "", "50205", True),
    ("frontline", "一线慰问", Category.FRONTLINE, Form.GOODS, "", "50205", True),
    ("wedding", "结婚慰问", Category.WEDDING, Form.GOODS, EventKind.WEDDING, "50104", False),
    ("birth", "生育慰问", Category.BIRTH, Form.GOODS, EventKind.BIRTH, "50104", False),
    ("hospital", "住院慰问", Category.HOSPITAL, Form.CASH, EventKind.HOSPITAL, "50104", True),
    ("serious_illness", "大病慰问", Category.SERIOUS_ILLNESS, Form.CASH, EventKind.ILLNESS, "50204", True),
    ("bereavement", "亲属去世慰问", Category.BEREAVEMENT, Form.CASH, EventKind.DEATH, "50104", True),
    ("death", "会员去世慰问", Category.DEATH, Form.CASH, EventKind.DEATH, "50104", True),
    ("retirement", "退休纪念品", Category.RETIREMENT, Form.GOODS, EventKind.RETIREMENT, "50104", True),
    ("hardship", "困难补助", Category.HARDSHIP, Form.CASH, EventKind.HARDSHIP, "50204", True),
    ("special_hardship", "特别困难补助", Category.HARDSHIP, Form.CASH, "", "50204", True),
    ("disaster", "突发灾害慰问", Category.DISASTER, Form.CASH, EventKind.DISASTER, "50204", True),
    ("special_group", "走访慰问", Category.SPECIAL_GROUP, Form.CASH, "", "50205", True),
    ("veterans", "复转军人慰问", Category.VETERANS, Form.GOODS, "", "50205", True),
    ("disability", "伤残保健金", Category.DISABILITY, Form.CASH, "", "50204", True),
    ("retiree_visit", "离退休人员慰问", Category.RETIREE_VISIT, Form.GOODS, "", "50205", True),
    ("book_card", "图书卡", Category.CULTURE, Form.COUPON, "", "50101", False),
    ("film", "观影", Category.CULTURE, Form.SERVICE, "", "50102", False),
    ("schooling", "子女升学服务", Category.SCHOOLING, Form.SERVICE, "", "50206", True),
    ("health_check", "健康体检", Category.HEALTH_CHECK, Form.SERVICE, "", "50206", True),
    ("recuperation", "疗休养", Category.RECUPERATION, Form.SERVICE, "", "50104", False),
]

_GOODS = "节日慰问品原则上为符合中国传统节日习惯的用品和职工群众必需的生活用品"
_KIN_MONEY = "工会会员或其直系亲属去世时，可以给予一定金额的慰问金"
# benefit, variant, relations, form, evidence, claim days, clause. No amounts: the provinces and the school set them.
_CLAUSES: list[tuple[Any, ...]] = [
    *((code, "", [], Form.GOODS, "", None, _GOODS) for code in ("new_year", "spring", "qingming", "labour")),
    *((code, "", [], Form.GOODS, "", None, _GOODS) for code in ("dragon_boat", "mid_autumn", "national")),
    ("festival_money", "", [], Form.GOODS, "", None, _GOODS),
    ("birthday", "", [], Form.COUPON, "", None, "生日慰问可以发放生日蛋糕等实物慰问品，也可以发放指定蛋糕店的蛋糕券"),
    ("wedding", "", [], Form.GOODS, "结婚证复印件", None, "工会会员结婚生育时，可以给予一定金额的慰问品"),
    ("birth", "", [], Form.GOODS, "出生医学证明复印件", None, "工会会员结婚生育时，可以给予一定金额的慰问品"),
    ("hospital", "", [], Form.CASH, "住院收费票据、出院记录", None, "工会会员生病住院，可以给予一定金额的慰问金"),
    ("bereavement", "", CLOSE_KIN, Form.CASH, "死亡证明、亲属关系证明", None, _KIN_MONEY),
    ("death", "", [], Form.CASH, "死亡证明", None, _KIN_MONEY),
    ("retirement", "", [], Form.GOODS, "人力资源部门退休名单", None, "工会会员退休离岗，可以发放一定金额的纪念品"),
]
NATIONAL_RULES = [(*row, f"{NATIONAL}：{clause}") for *row, clause in _CLAUSES]
# Benefits that the national rule does not speak of: the school's own standard, form only.
SCHOOL_FORMS = [code for code, *_rest in BENEFITS if code not in {rule[0] for rule in NATIONAL_RULES}]

_ANHUI = "安徽省基层工会经费收支管理实施细则（试行，2018年），示例，以现行文件为准："
_FUJIAN = "福建省基层工会经费收支管理实施办法（2018年1月1日起），示例，以现行文件为准："
_FESTIVAL_ANHUI = "节日慰问品每人每年不超过1500元"
_KIN_ANHUI = "直系亲属（限于配偶、父母、子女）去世不超过1000元"
_KIN_FUJIAN = "直系亲属（配偶、父母、子女）去世不高于1000元"
_FESTIVAL_FUJIAN = "节日慰问年度总额不超过1300元"
# benefit, variant, relations, form, cap, basis, source. They judge nothing until adopted.
EXAMPLE_RULES = [
    ("spring", "", [], Form.GOODS, 1500, CapBasis.PER_CATEGORY_YEAR, _ANHUI + _FESTIVAL_ANHUI),
    ("mid_autumn", "", [], Form.GOODS, 1500, CapBasis.PER_CATEGORY_YEAR, _ANHUI + _FESTIVAL_ANHUI),
    ("birthday", "", [], Form.COUPON, 300, CapBasis.PER_YEAR, _ANHUI + "生日不超过300元"),
    ("wedding", "", [], Form.GOODS, 600, CapBasis.PER_EVENT, _ANHUI + "结婚不超过600元"),
    ("birth", "", [], Form.GOODS, 600, CapBasis.PER_EVENT, _ANHUI + "符合政策的生育不超过600元"),
    ("hospital", "", [], Form.CASH, 1000, CapBasis.PER_EVENT, _ANHUI + "生病住院不超过1000元"),
    ("death", "", [], Form.CASH, 2000, CapBasis.PER_EVENT, _ANHUI + "会员去世不超过2000元"),
    ("bereavement", "", CLOSE_KIN, Form.CASH, 1000, CapBasis.PER_EVENT, _ANHUI + _KIN_ANHUI),
    ("retirement", "", [], Form.GOODS, 1000, CapBasis.PER_EVENT, _ANHUI + "退休离岗纪念品不超过1000元"),
    ("spring", "", [], Form.GOODS, 1300, CapBasis.PER_CATEGORY_YEAR, _FUJIAN + _FESTIVAL_FUJIAN),
    ("mid_autumn", "", [], Form.GOODS, 1300, CapBasis.PER_CATEGORY_YEAR, _FUJIAN + _FESTIVAL_FUJIAN),
    ("birthday", "", [], Form.COUPON, 300, CapBasis.PER_YEAR, _FUJIAN + "生日不超过300元"),
    ("birth", "", [], Form.GOODS, 500, CapBasis.PER_EVENT, _FUJIAN + "生育不超过500元"),
    ("hospital", "", [], Form.CASH, 500, CapBasis.PER_EVENT, _FUJIAN + "住院不动手术不超过500元"),
    ("hospital", "手术", [], Form.CASH, 1000, CapBasis.PER_EVENT, _FUJIAN + "住院动手术不超过1000元"),
    ("death", "", [], Form.CASH, 2000, CapBasis.PER_EVENT, _FUJIAN + "会员去世不高于2000元"),
    ("bereavement", "", CLOSE_KIN, Form.CASH, 1000, CapBasis.PER_EVENT, _FUJIAN + _KIN_FUJIAN),
    ("retirement", "", [], Form.GOODS, 500, CapBasis.PER_EVENT, _FUJIAN + "退休离岗不超过500元"),
]

PLANS_ACCOUNT = "50206"
# code, name, months of cover, only for
PLANS = [
    ("critical_illness", "在职职工重大疾病互助保障计划", 12, ""),
    ("hospital_aid", "在职职工住院医疗互助保障计划", 12, ""),
    ("women", "在职女职工特殊疾病互助保障计划", 24, Gender.FEMALE),
    ("accident", "在职职工意外伤害互助保障计划", 12, ""),
]
