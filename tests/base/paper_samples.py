"""An invented report, long enough to show every part of the layout."""

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from pypdf import PdfReader

from union_portal.base import paper
from union_portal.base.paper import blocks
from union_portal.base.paper.charts import Bar, bar_chart

CREATED = datetime(2026, 1, 15, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
RARE = "堃喆昇㛃䶮𬭎"
LONG = (
    "一年来，校工会坚持以会员为中心，把服务大局与服务教职工结合起来，围绕学校年度重点任务抓好组织建设、民主管理、普惠服务和文体活动，"
    "全年召开工会委员会议6次，研究事项23项，各分工会自主开展活动118场，参加会员累计4,382人次，比上年增加9.6%，会员满意率保持在较高水平。"
)


def paragraph(text: str) -> dict[str, object]:
    """Return a paragraph block."""
    return {"kind": "paragraph", "text": text}


def table() -> dict[str, object]:
    """Return a table of benefits."""
    rows = [
        ("春节慰问", 517, "258,500.00"),
        ("中秋慰问", 542, "162,600.00"),
        ("生日慰问", 1_187, "237,400.00"),
        ("住院慰问", 6, "6,000.00"),
    ]
    cells = [
        [
            {"text": str(i), "align": ""},
            {"text": n, "align": "left"},
            {"text": f"{c:,}", "align": "number"},
            {"text": a, "align": "number"},
        ]
        for i, (n, c, a) in enumerate(rows, 1)
    ]
    total = [{"text": t, "align": "number" if i > 1 else ""} for i, t in enumerate(("", "合计", "2,252", "664,500.00"))]
    return {
        "kind": "table",
        "caption": "表1　2025年普惠服务情况",
        "unit": "元",
        "columns": [
            {"heading": "序号"},
            {"heading": "项目"},
            {"heading": "人次"},
            {"heading": "金额"},
        ],
        "rows": [{"cells": row} for row in cells] + [{"cells": total, "total": True}],
    }


def chart() -> dict[str, object]:
    """Return a chart of branches."""
    names = (
        "文学院",
        "外国语学院",
        "数学与统计学院",
        "信息工程学院",
        "医学院",
        "体育教学部",
        "机关一",
        "后勤保障与资产管理处",
    )
    bars = [Bar(name, value) for name, value in zip(names, (86, 73, 64, 91, 102, 38, 57, 118), strict=True)]
    return {
        "kind": "chart",
        "caption": "图1　各分工会会员人数",
        "svg": bar_chart(bars, title="各分工会会员人数", unit="人"),
        "table": blocks.table(
            "图1　各分工会会员人数",
            "人",
            ["分工会", "会员"],
            [[(bar.label, "left"), (str(bar.value), "number")] for bar in bars],
        ),
    }


def context(**changes: object) -> dict[str, object]:
    """Return the context of a full report."""
    sections = [
        {"number": "（一）", "heading": "节日慰问按时送达", "blocks": [paragraph(LONG), paragraph(LONG), table()]},
        {
            "number": "（二）",
            "heading": "困难帮扶有温度",
            "blocks": [paragraph(f"慰问陈堃、李喆、王昇、赵㛃、周䶮、吴𬭎等会员。{LONG}"), chart()],
        },
    ]
    plain = {"number": "", "heading": "", "blocks": [paragraph(LONG)]}
    chapters = [
        {"number": "一、", "heading": "围绕中心，服务学校发展", "blocks": [paragraph(LONG)] * 3},
        {"number": "二、", "heading": "普惠服务", "blocks": [paragraph(LONG)], "sections": sections},
        {"number": "三、", "heading": "民主管理与组织建设", "blocks": [paragraph(LONG)] * 4},
        {
            "number": "四、",
            "heading": "下一年工作打算",
            "blocks": [{"kind": "item", "text": "1. 建好会员之家"}, *plain["blocks"]],
        },
    ]
    return {
        "title": "凝心聚力，服务会员，为建设高水平应用型学院作出工会新贡献",
        "occasion": "2026年1月15日在青岚学院第四届教职工代表大会暨工会会员代表大会第三次会议上",
        "speaker": "校工会主席　林若溪",
        "salutation": "各位代表：",
        "opening": ["现在，我代表青岚学院工会委员会，向大会报告工作，请予审议。"],
        "contents": True,
        "chapters": chapters,
        "closing": ["各位代表，让我们携手同行，共创学院美好未来！"],
        "annexes": [
            {"heading": "普惠服务明细", "blocks": [table(), {"kind": "note", "text": "注：人次按享受次数统计。"}]}
        ],
        "signer": "青岚学院工会委员会",
        "signed_on": "2026年1月15日",
        **changes,
    }


def report_html(**changes: object) -> str:
    """Return the report's HTML."""
    return render_to_string("annual_report/reports/paper.html", context(**changes))


def sheet_html(rows: int) -> str:
    """Return a sign-off sheet with invented members."""
    people = [
        {
            "place": n,
            "staff_number": f"2019{n:04d}",
            "name": f"林{'若明思'[n % 3]}{RARE[n % 6]}",
            "item": "春节慰问品",
            "amount": "500.00",
        }
        for n in range(1, rows + 1)
    ]
    return render_to_string(
        "welfare/sheets/signoff_sheet.html",
        {
            "title": "签收表", "union": "青岚学院工会",
            "occasion": "2026年春节慰问", "branch": "信息工程学院分工会",
            "issued_on": "2026-01-20",
            "reference": "名册 2026-03", "rows": people, "money": True, "count": rows, "total": f"{rows * 500:,}.00",
        },
    )  # fmt: skip


def statement_html() -> str:
    """Return a member's statement."""
    rows = [
        {"date": "2026-01-20", "benefit": "春节慰问", "form": "慰问品", "amount": "500.00"},
        {"date": "2026-03-02", "benefit": "生日慰问", "form": "蛋糕券", "amount": "200.00"},
    ]
    facts = [
        {"label": "姓名", "value": "陈堃"},
        {"label": "工号", "value": "20190012"},
        {"label": "分工会", "value": "信息工程学院分工会"},
    ]
    years = [{"label": "2026年", "rows": rows, "total": "700.00"}, {"label": "2025年", "rows": rows, "total": "700.00"}]
    return render_to_string(
        "welfare/statement/paper.html",
        {
            "title": "会员福利享受单",
            "issuer": "青岚学院工会",
            "facts": facts,
            "years": years,
            "notice": "如有疑问，请向所在分工会或校工会提出。",
        },
    )


def reader(result: paper.PaperResult) -> Any:
    """Open the finished file as other programs do."""
    return PdfReader(io.BytesIO(result.pdf))


def body(text: str, **options: Any) -> paper.PaperResult:
    """Set a text by itself."""
    html = f'<html lang="zh"><title>t</title><body><main class="text">{text}</main>'
    return paper.render(html, title="试", created=CREATED, stylesheet="gongwen", **options)
