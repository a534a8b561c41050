"""What the invented college's delegates ask for, and what they are told; the matters themselves lie in topics.csv."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

# code, name, which leader is responsible
DEPARTMENTS = (
    ("HR", "人力资源处", 0),
    ("JW", "教务处", 1),
    ("KY", "科研与产教融合处", 1),
    ("HQ", "后勤保障处", 2),
    ("CW", "计划财务处", 0),
    ("XX", "信息化中心", 1),
    ("XS", "学生工作处", 1),
    ("BW", "安全保卫处", 2),
    ("TS", "图书馆", 1),
    ("GZ", "国有资产管理处", 2),
    ("DZ", "党政办公室", 0),
    ("JJ", "基本建设处", 2),
)
LEADERS = 3


class Topic(NamedTuple):
    """One matter as the plays use it: what about, its category in the catalogue, who leads and supports, the text."""

    matter: str
    category: str
    lead: str
    supporting: tuple[str, ...]
    grounds: str
    measures: str


def _read() -> tuple[Topic, ...]:
    with (Path(__file__).parents[1] / "topics.csv").open(encoding="utf-8", newline="") as file:
        rows: Iterator[dict[str, Any]] = csv.DictReader(file)
        return tuple(Topic(**{**row, "supporting": tuple(row["supporting"].split())}) for row in rows)


TOPICS = _read()
WAYS = ("关于{}的提案", "关于进一步{}的提案", "关于尽快{}的提案", "关于持续{}的提案")

REPLIES = {
    "done": "经研究，该提案所提问题属实，已按建议办理：{}相关工作已完成并投入使用，后续将听取使用意见继续改进。",
    "planned": "该提案切合实际。受经费和施工周期限制，已列入计划：{}将按下述时限完成，期间定期通报进展。",
    "cannot": "感谢代表关心。经会同有关部门论证，现阶段尚不具备条件，说明如下。",
}
REASON = "上级有关规定暂不允许，且本年度预算已下达；待政策明确后再行研究。"
DISSATISFIED = "答复未说明完成时间，问题至今没有改善，请再次研究。"
SUGGESTIONS = (
    ("会议材料提前发放", "建议大会材料提前一周发给代表。"),
    ("分组讨论时间", "分组讨论时间偏短，建议增加半天。"),
    ("报告增加图表", "财务报告建议增加近三年对比图表。"),
    ("教工食堂早餐", "希望教工食堂早餐提前到六点半。"),
    ("班车站点", "建议班车增设地铁站停靠点。"),
    ("节能照明", "走廊照明改用感应灯，节约用电。"),
    ("快递柜", "在家属区增设智能快递柜。"),
    ("会议室预约", "会议室预约系统增加取消提醒。"),
)
