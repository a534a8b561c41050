"""A row of each list of the register and of welfare, and what a later list may say otherwise of it, cell by cell."""

import datetime as dt
from collections.abc import Callable

from members.cohorts.models import CohortKind
from tests.factories import claims, members
from tests.factories.recuperation import batch, rule
from tests.home.imports.corrected_congress import Cells
from tests.home.imports.corrected_goods import GOODS
from tests.members.register import hr_spreadsheet
from union_portal.base import figures
from welfare.benefits.models import Benefit
from welfare.books.models import LedgerAccount
from welfare.health_checks.models import HealthCheck
from welfare.mutual_aid.models import MutualAidPlan


def membership_case() -> tuple[Cells, Cells]:
    person = members.person()
    members.branch(name="物理学院分工会")
    members.branch(name="化学学院分工会")
    told = {"staff_number": person.staff_number, "change": "转入", "on": "2021-03-01", "branch": "物理学院"}
    told |= {"counterpart": "甲大学", "document": "函1号"}
    return told, {"name": "别人", "branch": "化学学院", "counterpart": "乙大学", "document": "函2号"}


def branch_case() -> tuple[Cells, Cells]:
    members.branch(name="上级分工会")
    told = {"code": "B77", "name": "生物学院分工会", "kind": "分工会", "founded_on": "1990-01-01"}
    return told, {"name": "生命学院分工会", "kind": "直属工会小组", "parent": "上级分工会", "founded_on": "1991-01-01"}


def people_case() -> tuple[Cells, Cells]:
    born = dt.date(1985, 6, 1)
    units = [members.branch(name=name).name for name in ("物理学院分工会", "化学学院分工会")]
    numbers = [hr_spreadsheet.identity_number(born=born, male=True, place=place) for place in (3, 5)]
    person = members.member(name="甲某", gender="male", birth_date=born)
    told = {"staff_number": person.staff_number, "name": "甲某", "gender": "男", "birth_date": "1985-06-01"}
    told |= {
        "identity_kind": "外国人永久居留身份证",
        "identity_number": numbers[0],
        "mobile": "13800138000",
        "email": "a@b.cn",
    }
    told |= {"department": "物理学院", "employment": "在编", "post_category": "教师", "professional_title": "讲师"}
    told |= {"ethnicity": "汉族", "political_status": "群众", "first_work_on": "2007-07-01", "branch": units[0]}
    told |= {"teaching_since": "2008-09-01", "employed_on": "2008-07-01", "retires_on": "2045-06-01"}
    told |= {"bank_card": hr_spreadsheet.bank_card(1), "bank_name": "甲行", "marital_state": "未婚", "note": "注"}
    changed = {"name": "乙某", "gender": "女", "birth_date": "1985-07-01", "identity_kind": "护照"}
    changed |= {"identity_number": numbers[1], "mobile": "13900139000", "email": "c@d.cn", "department": "化学学院"}
    changed |= {"employment": "聘用", "post_category": "管理", "professional_title": "教授", "ethnicity": "回族"}
    changed |= {"political_status": "党员", "first_work_on": "2007-08-01", "branch": units[1]}
    changed |= {"teaching_since": "2008-10-01", "employed_on": "2008-08-01", "retires_on": "2046-06-01"}
    changed |= {"retired_on": "2025-06-30", "member": "否", "joined_on": "2019-01-01", "began_by": "建册登记"}
    return told, changed | {
        "bank_card": hr_spreadsheet.bank_card(2),
        "bank_name": "乙行",
        "marital_state": "已婚",
        "note": "新注",
    }


def cohort_case() -> tuple[Cells, Cells]:
    CohortKind.objects.get_or_create(code="own", name="劳模代表")
    told = {"staff_number": members.member().staff_number, "kind": "劳模代表", "valid_from": "2020-01-01"}
    told |= {"valid_to": "2024-01-01", "document": "证1号"}
    return told, {"name": "别人", "valid_to": "2025-01-01", "document": "证2号"}


def kinship_case() -> tuple[Cells, Cells]:
    person, colleague = members.member(), members.member(name="同事")
    told = {"staff_number": person.staff_number, "related_name": "小明", "relation": "儿子", "gender": "男"}
    changed = {"name": "别人", "related_number": colleague.staff_number, "gender": "女", "birth_date": "2011-01-01"}
    return told | {"birth_date": "2010-01-01"}, changed


def office_case() -> tuple[Cells, Cells]:
    unit = members.branch(name="物理学院分工会")
    told = {"staff_number": members.member(branch=unit).staff_number, "branch": "物理学院", "position": "主席"}
    told |= {"valid_from": "2020-03-01", "valid_to": "2023-01-01", "number": "第三届"}
    told |= {"began_on": "2020-01-01", "ends_on": "2024-12-31"}
    changed = {"name": "别人", "valid_to": "2023-02-01", "number": "第四届", "began_on": "2020-02-01"}
    return told, changed | {"ends_on": "2025-12-31", "full_time": "是"}


def total_case() -> tuple[Cells, Cells]:
    told: Cells
    told = {"kinds": next(iter(figures.kinds())), "period_start": "2021-01-01", "period_end": "2021-12-31"}
    told |= {"label": "会员", "heads": 10, "times": "20余", "amount": "30.00", "share": "近98", "source": "报告"}
    changed = {"heads": 11, "times": "近20", "amount": "31.00", "share": 98, "source": "年鉴"}
    return told, changed | {"not_held_reason": "停办"}


def _accounts() -> list[str]:
    codes = ("T1", "T2")
    LedgerAccount.objects.bulk_create(LedgerAccount(code=code, name=f"科目{code}", kind="expense") for code in codes)
    return [f"科目{code}" for code in codes]


def benefit_case() -> tuple[Cells, Cells]:
    account, other = _accounts()
    told = {"name": "乔迁慰问", "code": "own-1", "category": "其他福利", "form": "实物", "event_kind": "结婚"}
    told |= {"account": account, "unit": "份", "non_members": "否", "active": "是", "note": "注"}
    changed = {"code": "own-2", "category": "节日慰问", "form": "现金", "event_kind": "生育", "account": other}
    return told, changed | {"unit": "盒", "non_members": "是", "active": "否", "note": "新注"}


def standard_case() -> tuple[Cells, Cells]:
    told = {"benefit": "结婚慰问", "level": "本校", "variant": "双职工", "payer": "工会经费", "cap_basis": "每次"}
    told |= {"valid_from": "2020-01-01", "valid_to": "2029-12-31", "form": "实物", "standard": "300", "cap": "600"}
    told |= {"inclusive": "是", "relations": "配偶", "population": "教职工", "times": "1", "per_years": "1"}
    told |= {"same_condition_once": "否", "couples": "各自享受", "date_basis": "发放日", "claim_length": "90"}
    told |= {"claim_unit": "天", "grace_days": "10", "severity": "仅提示", "evidence": "结婚证", "issuer": "校工会"}
    told |= {"document": "本校办法", "source": "第一条"}
    changed = {"valid_to": "2030-12-31", "form": "慰问金", "standard": "400", "cap": "700", "inclusive": "否"}
    changed |= {"relations": "配偶、父母", "population": "教职工、离退休人员", "times": "2", "per_years": "3"}
    changed |= {
        "same_condition_once": "是",
        "couples": "每件事只享受一次",
        "date_basis": "申请日",
        "claim_length": "60",
    }
    changed |= {
        "claim_length": "60",
        "claim_unit": "个月",
        "grace_days": "20",
        "severity": "写明理由和文件，主席确认",
        "evidence": "证明",
    }
    return told, changed | {"issuer": "省总工会", "document": "新办法", "source": "第二条"}


def plan_case() -> tuple[Cells, Cells]:
    account, other = _accounts()
    told = {"name": "校内互助金", "code": "own-1", "insurer": "甲", "months": 12, "premium": "100", "payer": "工会"}
    told |= {"only_gender": "女", "account": account, "active": "是", "waiting_days": 30, "least_ratio": "80"}
    told |= {"whole_below": 100, "renew_days": 30, "union_percent": "20", "school_percent": "50"}
    told |= {"own_collected": "否", "also_retired": "否"}
    changed = {"code": "own-2", "insurer": "乙", "months": 24, "premium": "120", "payer": "行政"}
    changed |= {"waiting_days": 0, "least_ratio": "75", "whole_below": 50, "renew_days": 20}
    changed |= {"union_percent": "30", "school_percent": "40", "own_collected": "是", "also_retired": "是"}
    return told, changed | {"only_gender": "男", "account": other, "active": "否"}


def cover_case() -> tuple[Cells, Cells]:
    MutualAidPlan.objects.create(code="own-1", name="校内互助金", months=12, premium=100)
    person = members.member(name="甲某")
    told = {"staff_number": person.staff_number, "name": "甲某", "plan": "校内互助金", "starts_on": "2022-07-01"}
    told |= {"ends_on": "2023-06-30", "paid_on": "2022-06-20", "premium": "100", "source": "清单"}
    told |= {"approver": "主席", "approved_on": "2022-06-01", "document": "工字1号"}
    changed = {"name": "别人", "ends_on": "2023-07-30", "paid_on": "2022-06-21", "premium": "120", "source": "年鉴"}
    changed |= {"approver": "副主席", "approved_on": "2022-06-02", "document": "工字2号"}
    return told, changed | {"offline_approval": "另一份"}


def claim_rule_case() -> tuple[Cells, Cells]:
    told: Cells
    told = {"plan": claims.plan(name="校内互助金").name, "grade": "一类", "formula": "按住院天数", "amount": "40"}
    told |= {"free_days": 3, "most_days": 180, "counting": "按过夜数（出院当天不计）", "percent": "50"}
    told |= {"deductible": "0", "first_only": "否", "period_cap": "50000", "notice_length": 10, "notice_unit": "天"}
    told |= {"papers_length": 30, "papers_unit": "个工作日", "source": "条款", "valid_from": "2020-01-01"}
    changed: Cells
    changed = {"formula": "按费用比例", "amount": "50", "free_days": 2, "most_days": 90, "percent": "60"}
    changed |= {"counting": "入院、出院当天都计", "deductible": "1500", "first_only": "是", "period_cap": "30000"}
    changed |= {"notice_length": 5, "notice_unit": "个工作日", "papers_length": 2, "papers_unit": "个月"}
    return told | {"valid_to": "2029-12-31"}, changed | {"source": "新条款", "valid_to": "2030-12-31"}


def claim_paper_case() -> tuple[Cells, Cells]:
    told = {
        "plan": claims.plan(name="校内互助金").name,
        "name": "出院记录",
        "original": "是",
        "copy": "是",
        "active": "是",
    }
    return told, {"original": "否", "copy": "否", "active": "否"}


def claim_case() -> tuple[Cells, Cells]:
    rule, person = claims.rule(claims.plan(name="校内互助金")), members.member(name="甲某")
    claims.cover(rule.plan, whose=person, on=dt.date(2024, 1, 1))
    told = {"staff_number": person.staff_number, "name": "甲某", "plan": "校内互助金", "occurred_on": "2024-03-01"}
    told |= {"ended_on": "2024-03-10", "settled_on": "2024-03-11", "base": "5000", "applied_on": "2024-03-20"}
    told |= {"notified_on": "2024-03-12", "late_reason": "无", "sent_on": "2024-03-25", "paid_on": "2024-05-01"}
    told |= {"paid_amount": "360", "return_code": "其他", "state": "已赔付", "source": "台账"}
    changed = {"name": "别人", "ended_on": "2024-03-09", "settled_on": "2024-03-12", "base": "5100"}
    changed |= {"notified_on": "2024-03-13", "applied_on": "2024-03-21", "late_reason": "有", "sent_on": "2024-03-26"}
    changed |= {"paid_on": "2024-05-02", "paid_amount": "400", "return_code": "缺少材料", "source": "年鉴"}
    return told, changed | {"state": "已撤回"}


def grant_case() -> tuple[Cells, Cells]:
    benefit = Benefit.objects.exclude(event_kind="").filter(name="生育慰问").get()
    person = members.member(name="甲某")
    told = {"staff_number": person.staff_number, "name": "甲某", "benefit": benefit.name, "event_on": "2022-05-01"}
    told |= {"granted_on": "2022-05-10", "amount": "500", "form": "实物", "approver": "主席", "posted": "否"}
    told |= {"approved_on": "2022-05-02", "document": "工字1号", "source": "签收表"}
    changed = {"name": "别人", "granted_on": "2022-05-11", "amount": "600", "form": "现金", "approver": "张三"}
    return told, changed | {"approved_on": "2022-05-03", "document": "工字2号", "source": "年鉴", "posted": "是"}


def workday_case() -> tuple[Cells, Cells]:
    told = {"name": "元旦", "day": "2031-01-02", "works": "否", "source": "通知"}
    return told, {"name": "元旦调休", "works": "是", "source": "新通知"}


def health_check_case() -> tuple[Cells, Cells]:
    told = {"name": "2022年体检", "year": "2022", "audience": "在职教职工", "starts_on": "2022-05-20"}
    told |= {"ends_on": "2022-09-20", "roster_on": "2022-04-30", "payer": "学校行政经费", "state": "已结束"}
    changed = {"year": "2021", "audience": "离退休教职工", "starts_on": "2022-05-21", "ends_on": "2022-09-21"}
    return told, changed | {"roster_on": "2022-05-01", "payer": "工会经费", "commission": "委托1号", "state": "预约中"}


def attendance_case() -> tuple[Cells, Cells]:
    HealthCheck.objects.create(name="2022年体检", year=2022, starts_on="2022-05-20", ends_on="2022-09-20")
    person = members.member(name="甲某")
    told = {"health_check": "2022年体检", "staff_number": person.staff_number, "name": "甲某"}
    told |= {"attended_on": "2022-06-01", "state": "已报销", "invoice_number": "1", "invoice_amount": "900"}
    told |= {"refunded_on": "2022-09-01", "refund": "800"}
    changed = {"invoice_number": "2", "invoice_amount": "950", "refunded_on": "2022-09-02", "refund": "850"}
    return told, changed | {"name": "别人", "attended_on": "2022-06-02", "state": "未参检"}


def batch_case() -> tuple[Cells, Cells]:
    rule()
    rule(name="乙标准", valid_from="2010-01-01", valid_to="2019-12-31")
    told = {"name": "第一期", "starts_on": "2022-07-01", "ends_on": "2022-07-05", "rule": "甲标准"}
    told |= {"destination": "黄山", "places": "20", "price": "3000", "state": "已结束"}
    changed = {"ends_on": "2022-07-04", "rule": "乙标准", "destination": "庐山", "places": "21", "price": "2900"}
    return told, changed | {"exception": "批复1号", "state": "报名中"}


def recuperation_rule_case() -> tuple[Cells, Cells]:
    told: Cells = {
        "name": "甲标准",
        "scope": "省内",
        "source": "甲文件",
        "valid_from": "2030-01-01",
        "valid_to": "2031-12-31",
    }
    told |= {"days_max": 5, "day_cap": "600", "year_cap": "3000", "frequency": "满若干年可再参加", "years": 3}
    told |= {"cycle_from": 2030, "service_years": 1}
    changed: Cells = {"scope": "省外", "source": "乙文件", "valid_to": "2032-12-31", "days_max": 7, "day_cap": "700"}
    changed |= {"year_cap": "4000", "frequency": "每个周期一次，过期作废", "years": 2}
    return told, changed | {"cycle_from": 2031, "service_years": 2}


def recuperation_case() -> tuple[Cells, Cells]:
    batch(name="第一期")
    told = {"batch": "第一期", "staff_number": members.member(name="甲某").staff_number, "name": "甲某"}
    told |= {"companions": "0", "policy": "P1", "union_share": "3000", "own_share": "480", "state": "已参加"}
    changed = {"name": "别人", "companions": "1", "policy": "P2", "union_share": "2900", "own_share": "580"}
    return told, changed | {"state": "已报名"}


CASES: dict[str, Callable[[], tuple[Cells, Cells]]] = {
    "branches": branch_case,
    "people": people_case,
    "cohorts": cohort_case,
    "kinships": kinship_case,
    "memberships": membership_case,
    "benefits": benefit_case,
    "benefit_rules": standard_case,
    "workdays": workday_case,
    **GOODS,
    "mutual_aid_plans": plan_case,
    "grants": grant_case,
    "offices": office_case,
    "covers": cover_case,
    "recuperation_rules": recuperation_rule_case,
    "recuperation_batches": batch_case,
    "recuperations": recuperation_case,
    "health_checks": health_check_case,
    "health_check_attendance": attendance_case,
    "claim_rules": claim_rule_case,
    "claim_papers": claim_paper_case,
    "claims": claim_case,
    "summary_records": total_case,
}
