"""The starting catalogue as data: accounts, books, funds, benefits, rules and plans. Staff edit all of it afterwards.

Sources: 总工办发〔2017〕32号 for what may be given in which form (it names no amounts); the chart of the union
accounting system of 2010 for the 科目; the caps of four provinces as found, marked as examples to
be checked, which judge nothing until the school adopts them.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from members.kin.enums import Relation
from members.people.enums import Gender
from welfare.benefits.enums import CapBasis, Category, Form, Level, Severity
from welfare.books.enums import AccountKind
from welfare.life_events.enums import EventKind

NATIONAL = "《基层工会经费收支管理办法》（总工办发〔2017〕32号）"
SCHOOL = "本校慰问标准（起始值，请按本校文件修改）"
RULES_FROM = dt.date(2018, 1, 1)
SCHOOL_FROM = dt.date(2000, 1, 1)
CLOSE_KIN = [Relation.SPOUSE, Relation.PARENT, Relation.CHILD]

# code, name, whether it must be explained
RETURN_REASONS = [
    ("missing_paper", "缺少证明材料", False),
    ("unclear_paper", "材料不清或与事由不符", False),
    ("wrong_facts", "日期、金额或亲属关系有误", False),
    ("applied_twice", "重复申请", False),
    ("not_entitled", "不符合慰问条件", False),
    ("late", "超过申请期限", False),
    ("other", "其他", True),
]

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

# code, name, held for others
BOOKS = [("UNION", "工会经费", False), ("TRUST", "代管经费", True)]
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
    ("children", "六一儿童节慰问品", Category.CHILDREN, Form.GOODS, "", "50104", False),
    ("voucher", "工会消费券", Category.CULTURE, Form.COUPON, "", "50104", False),
    ("annual_ticket", "公园年票", Category.CULTURE, Form.COUPON, "", "50102", False),
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

# Given once a year: a second time in the year is objected to.
ONCE_A_YEAR = {"voucher", "annual_ticket"}

_UNCHECKED = "（示例，待核对）"
_FESTIVALS = "节日慰问品每人每年不超过{}元"
_KIN = "配偶、父母、子女去世不超过{}元"
# What each province's standards say of the same lines: (benefit, what the clause says, basis of the cap, form).
_LINES: list[tuple[str, str, CapBasis, str]] = [
    ("", _FESTIVALS, CapBasis.PER_YEAR, Form.GOODS),
    ("birthday", "生日慰问每人每年不超过{}元", CapBasis.PER_YEAR, Form.COUPON),
    ("wedding", "结婚慰问不超过{}元", CapBasis.PER_EVENT, Form.GOODS),
    ("birth", "生育慰问不超过{}元", CapBasis.PER_EVENT, Form.GOODS),
    ("hospital", "生病住院慰问不超过{}元", CapBasis.PER_EVENT, Form.CASH),
    ("death", "会员去世慰问不超过{}元", CapBasis.PER_EVENT, Form.CASH),
    ("bereavement", _KIN, CapBasis.PER_EVENT, Form.CASH),
    ("retirement", "退休离岗纪念品不超过{}元", CapBasis.PER_EVENT, Form.GOODS),
    ("hardship", "困难补助每次不超过{}元", CapBasis.PER_EVENT, Form.CASH),
]
# issuer, document, in force from, caps in the order of the lines (yuan), None where the document names none. As found
# in excerpts on the web, to be checked against the document before a school adopts them.
_PROVINCES: list[tuple[str, str, dt.date, tuple[int | None, ...]]] = [
    (
        *("安徽省总工会", "《安徽省基层工会经费收支管理实施细则》（皖工发〔2025〕18号）", dt.date(2025, 8, 21)),
        (2200, 500, 2000, 2000, 2000, 2000, 2000, 2000, 2000),
    ),
    (
        *("山东省总工会", "《山东省基层工会经费收支管理实施细则》（2018年，2019年调整）", dt.date(2019, 6, 24)),
        (2000, 300, 600, 600, 600, 2000, 1000, 2000, None),
    ),
    (
        *("河南省总工会", "《河南省基层工会经费收支管理实施细则》（2018年，2023年调整）", dt.date(2023, 1, 1)),
        (2500, 300, 500, 500, 1000, 2000, 1000, 1000, None),
    ),
    (
        *("福建省总工会", "《福建省基层工会经费收支管理实施办法》（2018年）", dt.date(2018, 1, 1)),
        (1300, 300, None, 500, 500, 2000, 1000, 500, None),
    ),
]
# An operation is told apart in one of them; an illness is answered once a year in another.
_SURGERY = ("福建省总工会", "hospital", "手术", 1000, "住院动手术不超过1000元")
_SAME_ILLNESS = "安徽省总工会"


def example_rules() -> Iterator[dict[str, Any]]:
    """Yield the provinces' caps as examples: they judge nothing until the school adopts them."""
    for issuer, document, first, caps in _PROVINCES:
        common = {"level": Level.PROVINCE, "issuer": issuer, "document": document, "valid_from": first, "example": True}
        for (benefit, clause, basis, form), cap in zip(_LINES, caps, strict=True):
            if cap is None:
                continue
            row = common | {"benefit": benefit, "cap": cap, "cap_basis": basis, "form": form}
            row |= {
                "source": clause.format(cap) + _UNCHECKED,
                "relations": CLOSE_KIN if benefit == "bereavement" else [],
            }
            row |= {"same_condition_once": issuer == _SAME_ILLNESS and benefit == "hospital"}
            yield row if benefit else row | {"category": Category.FESTIVAL, "severity": Severity.CHAIR}
        if issuer == _SURGERY[0]:
            _issuer, benefit, variant, cap, clause = _SURGERY
            row = common | {"benefit": benefit, "variant": variant, "cap": cap, "form": Form.CASH}
            yield row | {"source": clause + _UNCHECKED}


PLANS_ACCOUNT = "50206"
# code, name, months of cover, only for
PLANS = [
    ("critical_illness", "在职职工重大疾病互助保障计划", 12, ""),
    ("hospital_aid", "在职职工住院医疗互助保障计划", 12, ""),
    ("women", "在职女职工特殊疾病互助保障计划", 24, Gender.FEMALE),
    ("accident", "在职职工意外伤害互助保障计划", 12, ""),
]
