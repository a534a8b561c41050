"""A report's data on paper: tables that add up, charts that compare like with like, sources that take little room."""

from typing import Any

from union_portal.annual_report.reports.renderers.paper import context

YEAR = {"from": "2025-01-01", "to": "2025-12-31"}
LAST_SCHOOL_YEAR = {"from": "2024-10-01", "to": "2025-09-30"}


def figure(key: str, label: str, **changes: Any) -> dict[str, Any]:
    """Return a figure as a snapshot keeps it."""
    nothing = dict.fromkeys(("heads", "times", "amount", "numerator", "denominator", "as_of", "previous"))
    plain = {"kinds": [key], "period": YEAR, "unit": "人", "basis": "慰问记录，按发放日期计", "left_out": []}
    return {**nothing, **plain, "key": key, "label": label, "reason": "", "approximations": {}, **changes}


FESTIVAL = [
    figure("welfare.festival.spring", "春节慰问", heads=500, times=500, amount="250000.00"),
    figure("welfare.festival.autumn", "中秋慰问", heads=480, times=480, amount="46650.40"),
    figure("welfare.festival", "节日慰问合计", heads=510, times=1000, amount="300000.40"),
]


def report(*figures: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the data of a speech with these figures in its table and chart."""
    lines = [{"key": one["key"], "in_table": True, "in_chart": True} for one in figures]
    section = {"heading": "", "before": ["一年来成效明显。"], "paragraphs": [], "after": []}
    return {
        "style": "speech",
        "title": "工会工作报告",
        "union": "校工会",
        "period": YEAR,
        "figures": list(figures),
        "chapters": [{"heading": "工作回顾", "sections": [section], "lines": lines}],
        "explanations": [{"key": "x", "doubt": "人数不符", "text": "含退休"}],
        "ledger_heads": ["2025 第9号"],
        **dict.fromkeys(("occasion", "speaker", "salutation", "signer"), ""),
        "opening": [],
        "closing": [],
        "signed_on": "2026-01-15",
        **changes,
    }


def annexes(*figures: dict[str, Any], **changes: Any) -> dict[str, list[dict[str, Any]]]:
    return {annex["heading"]: annex["blocks"] for annex in context(report(*figures, **changes))["annexes"]}


def test_the_rows_of_a_sum_add_up_to_it() -> None:
    last, birthday = FESTIVAL[1], figure("welfare.birthday", "生日慰问", heads=300)
    chart, table, note = annexes(FESTIVAL[0], FESTIVAL[2], last, birthday)["福利慰问情况表"]
    assert (chart["kind"], chart["said"]) == ("chart", True), "the table behind it says the same, so Word has it once"
    rows = [[cell["text"] for cell in row["cells"]] for row in table["rows"]]
    assert rows == [
        ["春节慰问", "500", "500", "250,000.00"],
        ["中秋慰问", "480", "480", "46,650.40"],
        ["其他节日慰问", "—", "20", "3,350.00"],
        ["节日慰问合计", "510", "1,000", "300,000.40"],
        ["生日慰问", "300", "—", "—"],
    ]
    assert [row["total"] for row in table["rows"]] == [False, False, False, True, False]
    assert "一人只计一次" in note["text"]


def test_a_chart_has_one_unit_and_one_period() -> None:
    others = [
        figure("welfare.summer", "送清凉", times=80, unit="份"),
        figure("welfare.winter", "送温暖", times=90, unit="份"),
        figure("welfare.cover", "互助保障", heads=400, period=LAST_SCHOOL_YEAR),
        figure("welfare.birthday", "生日慰问", heads=300),
    ]
    blocks = annexes(*FESTIVAL[:2], *others)["福利慰问情况表"]
    charts = {block["caption"]: block["table"] for block in blocks if block["kind"] == "chart"}
    shown = {caption: [row["cells"][0]["text"] for row in table["rows"]] for caption, table in charts.items()}
    assert shown == {
        "各项慰问惠及人数": ["春节慰问", "中秋慰问", "生日慰问"],
        "各项慰问数量": ["送清凉", "送温暖"],
    }


def test_sources_are_told_together_by_what_they_were_counted_from() -> None:
    school = figure("welfare.cover", "互助保障", heads=400, basis="参保登记", period=LAST_SCHOOL_YEAR)
    basis = "慰问（发放）记录，按发放日期计（2025-05-01）；2025-05-01在册会员520人"
    dated = figure("welfare.summer", "送清凉", heads=80, basis=basis, left_out=["旧表未计入"])
    blocks = annexes(*FESTIVAL, school, dated)["数据来源一览"]
    texts = [block["text"] for block in blocks]
    assert texts[0] == "未另注明的，统计期为2025-01-01至2025-12-31。"
    assert texts[1].startswith("1．慰问记录，按发放日期计：春节慰问500人，250000元；中秋慰问480人，46650.40元；")
    assert texts[2] == "2．参保登记（2024-10-01至2025-09-30）：互助保障400人。"
    own = "（2025-05-01；2025-05-01在册会员520人；旧表未计入）"
    assert texts[3] == f"3．慰问（发放）记录，按发放日期计：送清凉80人{own}。"
    assert texts[4:] == ["说明：人数不符。含退休", "台账末笔：2025 第9号"]


def test_a_report_may_go_without_its_sources_but_not_without_its_explanations() -> None:
    left = annexes(*FESTIVAL, sources=False)
    assert list(left) == ["福利慰问情况表", "数据说明"]
    assert [block["text"] for block in left["数据说明"]] == ["说明：人数不符。含退休"]
