"""A row of each list of services, goods, money and assets, and what a later list may say otherwise of it."""

import datetime as dt
from collections.abc import Callable

from tests.factories import ledger, members
from tests.home.imports.corrected_congress import Cells
from welfare.assets.enums import AssetKind
from welfare.assets.models import Asset
from welfare.benefits.models import Occasion
from welfare.books.models import Book, LedgerAccount
from welfare.donations.enums import DriveKind
from welfare.donations.models import DonationDrive
from welfare.procurement.models import AidRegion


def group_buy_case() -> tuple[Cells, Cells]:
    told = {"title": "展销", "kind": "惠民展销", "held_on": "2022-05-10", "supplier": "甲", "buyers": 3, "amount": "10"}
    return told | {"note": "九折"}, {"kind": "惠民团购", "supplier": "乙", "buyers": 4, "amount": "20", "note": "八折"}


def region_case() -> tuple[Cells, Cells]:
    for code, name in (("a", "甲市"), ("b", "乙市")):
        AidRegion.objects.create(code=code, name=name)
    return {"code": "ck", "name": "城口", "parent": "甲市"}, {"name": "城口县", "parent": "乙市"}


def procurement_case() -> tuple[Cells, Cells]:
    account, other = (LedgerAccount.objects.create(code=f"T{name}", name=name).name for name in ("科目一", "科目二"))
    AidRegion.objects.create(code="ck", name="城口")
    AidRegion.objects.create(code="cn", name="昌宁")
    told = {
        "title": "腊肉",
        "item": "食品",
        "supplier": "甲",
        "decided_on": "2022-05-10",
        "quantity": 3,
        "amount": "10",
    }
    told |= {"method": "自行采购", "decision": "会", "report": "报告", "contract": "1", "accepted_on": "2022-05-11"}
    told |= {"accepted_by": "丙", "farm": "是", "channel": "832平台", "region": "城口"}
    changed = {
        "item": "米",
        "quantity": 4,
        "amount": "20",
        "method": "三方比价",
        "decision": "会议",
        "report": "新报告",
    }
    changed |= {"contract": "2", "accepted_on": "2022-05-12", "accepted_by": "丁", "farm": "否"}
    told |= {"spec": "5 千克", "exception": "纪要", "fund": "工会经费", "account": account}
    changed |= {"spec": "10 千克", "exception": "新纪要", "fund": "学校福利费", "account": other}
    return told, changed | {"channel": "定点帮扶采购", "region": "昌宁"}


def threshold_case() -> tuple[Cells, Cells]:
    told = {
        "amount_from": "30000",
        "method": "自行采购",
        "quotes": 0,
        "decision": "否",
        "report": "否",
        "contract": "是",
    }
    changed = {
        "method": "三方比价",
        "quotes": 3,
        "decision": "是",
        "report": "是",
        "contract": "否",
        "source": "新文件",
    }
    told |= {"valid_from": "2022-01-01", "valid_to": "2023-12-31", "source": "文件"}
    return told, changed | {"valid_to": "2024-12-31"}


def target_case() -> tuple[Cells, Cells]:
    AidRegion.objects.create(code="ck", name="城口")
    AidRegion.objects.create(code="cn", name="昌宁")
    told = {"title": "帮扶", "year": 2022, "channel": "832平台", "region": "城口", "share": "20", "base": "10"}
    told |= {"per_head": "5", "heads": 3, "not_below_last": "是", "last_year": "7", "fixed": "8"}
    changed = {"channel": "定点帮扶采购", "region": "昌宁", "share": "30", "base": "20", "per_head": "6", "heads": 4}
    changed |= {"not_below_last": "否", "last_year": "9", "fixed": "10", "completed_on": "2022-12-02", "source": "新"}
    return told | {"completed_on": "2022-12-01", "source": "文件"}, changed


def service_kind_case() -> tuple[Cells, Cells]:
    return {"code": "childcare", "name": "托管", "named": "是"}, {"name": "寒暑假托管", "named": "否"}


def service_case() -> tuple[Cells, Cells]:
    told = {
        "title": "小升初",
        "kind": "子女入学",
        "held_on": "2022-06-10",
        "stage": "小升初",
        "whom": "丙",
        "served": 1,
    }
    told |= {"person": members.member().staff_number, "branch": members.branch().name, "partner": "附属中学"}
    changed = {"person": members.member().staff_number, "branch": members.branch().name, "partner": "附小"}
    return told | {"amount": "10", "result": "已录取"}, changed | {"served": 2, "amount": "20", "result": "已入学"}


def drive_case() -> tuple[Cells, Cells]:
    told = {"title": "一日捐", "kind": "慈善一日捐", "opened_on": "2022-05-10", "closed_on": "2022-05-20"}
    told |= {"cause": "助学", "document": "倡议书", "fund": "代管捐款"}
    changed = {
        "kind": "公益募捐",
        "opened_on": "2022-05-11",
        "closed_on": "2022-05-21",
        "cause": "助医",
        "document": "通知",
        "fund": "学校福利费",
    }
    return told, changed


def donation_case() -> tuple[Cells, Cells]:
    DonationDrive.objects.create(title="一日捐", kind=DriveKind.CHARITY_DAY, opened_on=dt.date(2022, 5, 1))
    told = {"drive": "一日捐", "donor": "文学院", "given_on": "2022-05-10", "givers": 2, "amount": "10", "goods": "书"}
    changed = {"givers": 3, "amount": "20", "goods": "书包", "unnamed": "是"}
    person = members.member().staff_number
    return told | {"person": person, "unnamed": "否"}, changed | {"person": members.member().staff_number}


def budget_line_case() -> tuple[Cells, Cells]:
    ledger.budget(book=Book.objects.get(code="UNION"), year=2024)
    told = {"budget": "工会经费 2024", "account": "50102", "amount": "10", "reason": "讲座改为线上"}
    return told, {"amount": "20", "reason": "讲座未办"}


def voucher_case() -> tuple[Cells, Cells]:
    made = ledger.posting(ledger.open_book(2024), source_key="voucher")
    told = {"posting": str(made), "voucher_number": "记-02-001", "voucher_date": "2024-02-28"}
    return told, {"voucher_number": "记-02-002", "voucher_date": "2024-02-29"}


def visit_kind_case() -> tuple[Cells, Cells]:
    return {"code": "neighbours", "name": "邻里", "cohort": "劳模", "grave": "是"}, {
        "name": "邻居",
        "cohort": "烈属",
        "grave": "否",
    }


def visit_case() -> tuple[Cells, Cells]:
    told = {"kind": "劳模", "visited_on": "2022-06-10", "person": members.member().staff_number, "whom": "一家"}
    told |= {"branch": members.branch().name, "visitors": "丙", "place": "家中", "gift": "花", "amount": "10"}
    for name in ("2022年新年", "2022年七一"):
        Occasion.objects.create(code=name, name=name, year=2022)
    told |= {"occasion": "2022年新年", "apart": "否"}
    changed = {
        "branch": members.branch().name,
        "occasion": "2022年七一",
        "visitors": "丁",
        "place": "医院",
        "gift": "果",
    }
    return told, changed | {"amount": "20", "apart": "是"}


def audit_case() -> tuple[Cells, Cells]:
    told = {"title": "2024年度经费审查", "kind": "年度审查", "starts_on": "2024-01-01", "ends_on": "2024-12-31"}
    told |= {"concluded_on": "2025-03-01", "opinion": "收支合规", "document": "经审〔2025〕1号", "state": "已出具意见"}
    told |= {"carried_out_by": "本会经费审查委员会"}
    changed = {"kind": "专项督查", "starts_on": "2023-01-01", "ends_on": "2025-12-31", "concluded_on": "2025-03-02"}
    return told, changed | {"opinion": "基本合规", "document": "文2号", "carried_out_by": "市总工会", "state": "进行中"}


def hardship_standard_case() -> tuple[Cells, Cells]:
    told = {"place": "某市", "valid_from": "2024-01-01", "line": "800", "average": "45000", "multiple": "2"}
    told |= {"inclusive": "是", "source": "通知", "valid_to": "2024-12-31"}
    changed = {"line": "810", "average": "46000", "multiple": "1.5", "inclusive": "否", "source": "新通知"}
    return told, changed | {"valid_to": "2025-01-31"}


def hardship_aid_case() -> tuple[Cells, Cells]:
    person = members.member(name="甲某")
    told = {"staff_number": person.staff_number, "name": "甲某", "kind": "临时困难补助", "payer": "本级工会"}
    told |= {"amount": "500", "given_on": "2022-06-01", "document": "纪要1号", "source": "台账"}
    return told, {"name": "别人", "amount": "600", "document": "纪要2号", "source": "年鉴"}


def dues_case() -> tuple[Cells, Cells]:
    person = members.member(name="甲某")
    told: Cells = {"staff_number": person.staff_number, "name": "甲某", "month": "2024-03-01", "due": "33.90"}
    return told | {"paid": "0"}, {"name": "别人", "wage": "10000", "due": "50", "paid": "33.90"}


def dues_rule_case() -> tuple[Cells, Cells]:
    told: Cells = {"valid_from": "2024-01-01", "share": "0.5", "step": 10, "next_month": "是", "source": "文件"}
    return told, {"share": "1", "step": 1, "next_month": "否", "source": "新文件"}


def asset_case() -> tuple[Cells, Cells]:
    told: Cells = {"number": "ZC-1", "name": "音响", "kind": "办公设备", "acquired_on": "2020-05-01", "amount": "10"}
    changed: Cells = {
        "name": "投影仪",
        "kind": "专用设备",
        "acquired_on": "2020-05-02",
        "amount": "20",
        "place": "乙处",
    }
    branches = [members.branch().name for _place in range(2)]
    told |= {"disposed_on": "2024-05-01", "decision": "纪要"}
    changed |= {"disposed_on": "2024-05-02", "decision": "批复"}
    return told | {"place": "甲处", "branch": branches[0]}, changed | {"branch": branches[1]}


def asset_count_case() -> tuple[Cells, Cells]:
    told = {"number": "ZC-1", "name": "音响", "kind": AssetKind.OFFICE, "amount": 10}
    Asset.objects.create(**told, acquired_on=dt.date(2020, 5, 1))
    row: Cells = {"asset": "ZC-1", "year": 2023, "counted_on": "2023-12-01", "found": "损坏", "note": "待修"}
    return row, {"counted_on": "2023-12-02", "found": "盘亏", "note": "未找到"}


GOODS: dict[str, Callable[[], tuple[Cells, Cells]]] = {
    "group_buys": group_buy_case,
    "aid_regions": region_case,
    "procurements": procurement_case,
    "procurement_thresholds": threshold_case,
    "assistance_targets": target_case,
    "service_kinds": service_kind_case,
    "service_records": service_case,
    "visit_kinds": visit_kind_case,
    "visits": visit_case,
    "donation_drives": drive_case,
    "donations": donation_case,
    "hardship_standards": hardship_standard_case,
    "hardship_aids": hardship_aid_case,
    "budget_lines": budget_line_case,
    "vouchers": voucher_case,
    "audits": audit_case,
    "dues": dues_case,
    "dues_rules": dues_rule_case,
    "assets": asset_case,
    "asset_counts": asset_count_case,
}
