"""How spreadsheets name the congress's own vocabulary."""

from collections.abc import Iterable
from typing import Any

from congress.enums import (
    Body,
    CommitteeKind,
    Grade,
    Handling,
    Outcome,
    RegulationAct,
    ReplyKind,
)
from congress.models import Department, Session
from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.spreadsheets.parsers import Choice, Parser, Raw

_MARKS = str.maketrans(dict.fromkeys("，,；;\n/", "、"))
# What a list says where nobody knows any more what became of a proposal.
UNKNOWN = "unknown"
OUTCOMES = Choice(
    {
        Outcome.FILED: "立案",
        Outcome.PASSED_ON: "转意见建议",
        Outcome.DECLINED: "不予立案",
        Outcome.MERGED: "并案",
        Outcome.WITHDRAWN: "撤回",
        UNKNOWN: "去向不详",
    },
    synonyms=dict.fromkeys(("正式立案", "立为提案", "提案"), Outcome.FILED)
    | dict.fromkeys(("转为意见建议", "意见建议", "转建议", "作为建议", "建议", "意见"), Outcome.PASSED_ON)
    | dict.fromkeys(("不立案", "未立案", "退回"), Outcome.DECLINED)
    | dict.fromkeys(("合并", "已并案"), Outcome.MERGED)
    | {"撤案": Outcome.WITHDRAWN, "不详": UNKNOWN, "未知": UNKNOWN},
)
BODIES = Choice(
    Body,
    synonyms=dict.fromkeys(("教代会", "教职工代表大会", "职代会"), Body.STAFF)
    | dict.fromkeys(("工代会", "工会会员代表大会", "会员代表大会"), Body.UNION),
)
GRADES = Choice(
    {Grade.SATISFIED: "满意", Grade.BASICALLY: "基本满意", Grade.DISSATISFIED: "不满意"},
    synonyms={"较满意": Grade.BASICALLY},
)
REPLIES = Choice(
    {ReplyKind.DONE: "已解决", ReplyKind.PLANNED: "计划解决", ReplyKind.CANNOT: "暂不能解决"},
    synonyms=dict.fromkeys(("已采纳", "已落实", "已办结", "A"), ReplyKind.DONE)
    | dict.fromkeys(("正在解决", "列入计划", "B"), ReplyKind.PLANNED)
    | dict.fromkeys(("不能解决", "留作参考", "C"), ReplyKind.CANNOT),
)
ACTS = Choice(
    {
        RegulationAct.ADOPTED: "制定",
        RegulationAct.REVISED: "修订",
        RegulationAct.IMPROVED: "完善",
        RegulationAct.REPEALED: "废止",
    },
    synonyms={"新制定": RegulationAct.ADOPTED, "出台": RegulationAct.ADOPTED, "修改": RegulationAct.REVISED},
)
HANDLINGS = Choice({Handling.HEARD: "听取", Handling.REVIEWED: "审议", Handling.PASSED: "通过"})
COMMITTEES = Choice(
    CommitteeKind,
    synonyms=dict.fromkeys(("工会委员会", "校工会委员会"), CommitteeKind.UNION)
    | dict.fromkeys(("教代会执行委员会", "执行委员会", "执委会"), CommitteeKind.EXECUTIVE)
    | dict.fromkeys(("提案工作委员会", "提案委员会"), CommitteeKind.PROPOSAL)
    | dict.fromkeys(("女工委员会", "女教职工委员会"), CommitteeKind.WOMEN)
    | dict.fromkeys(("经费审查委员会", "经审会", "经审委"), CommitteeKind.FINANCE_REVIEW),
)


class Titles(Parser):
    """Titles in one cell, separated by 、 or a line break; book marks keep what they enclose together."""

    def parse(self, raw: Raw) -> tuple[str, ...]:
        """Return the titles without book marks, each once, in their order."""
        text, found, inside = str(raw), [""], False
        for character in text:
            if character == "《":
                inside = True
            elif character == "》":
                inside = False
            elif not inside and character.translate(_MARKS) == "、":
                found.append("")
            else:
                found[-1] += character
        return tuple(dict.fromkeys(title.strip() for title in found if title.strip()))

    def show(self, value: Any) -> str:
        """Return the titles in one line."""
        return "、".join(value or ())


class Departments(Parser):
    """Departments by name or code, separated by 、."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self.by_word: dict[str, Department] = {}
        for one in departments:
            self.by_word[one.name] = self.by_word[one.code] = one

    def parse(self, raw: Raw) -> tuple[int, ...]:
        """Return their keys in the order named."""
        words = [word.strip() for word in str(raw).translate(_MARKS).split("、") if word.strip()]
        unknown = [word for word in words if word not in self.by_word]
        if unknown:
            raise CellError("没有这个部门：{words}；请先录入承办部门".format(words="、".join(unknown)))
        return tuple(dict.fromkeys(self.by_word[word].pk for word in words))

    def show(self, value: Any) -> str:
        """Return the names."""
        names = {one.pk: one.name for one in self.by_word.values()}
        return "、".join(names.get(key, str(key)) for key in value or ())


def session_parser(sessions: Iterable[Session]) -> Choice:
    """Return a parser of sessions by title, or by title and day where two have the same title."""
    named = list(sessions)
    doubled = {one.title for one in named if sum(other.title == one.title for other in named) > 1}
    labels = {
        one.pk: f"{one.title}（{one.convened_on:%Y-%m-%d}）" if one.title in doubled else one.title for one in named
    }
    return Choice(labels)
