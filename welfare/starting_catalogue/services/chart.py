"""The chart of accounts of 2021 as data, and under which of its accounts those of 2010 are reported.

《工会会计制度》（财会〔2021〕7号）, whose full text was not at hand: codes of the second level and the map are to be
checked (待核对) by the school, and stay as it edits them.
"""

from welfare.books.enums import ChartKind

SOURCE = "《工会会计制度》财会〔2021〕7号（待核对）"

# Of each kind the accounts of level 1 with those below them, in the order of their codes.
_CHART: dict[ChartKind, str] = {
    ChartKind.ASSET: "101 库存现金 102 银行存款 111 零余额账户用款额度 121 财政应返还额度 131 应收上级经费 "
    "132 应收下级经费 135 其他应收款 141 库存物品 151 投资 161 固定资产 162 累计折旧 163 在建工程 "
    "171 无形资产 172 累计摊销 181 长期待摊费用 191 待处理财产损溢",
    ChartKind.DEBT: "201 应付职工薪酬 211 应付上级经费 212 应付下级经费 215 其他应付款 221 代管经费",
    ChartKind.NET: "301 资产基金 302 专用基金 311 工会资金结转 312 工会资金结余 321 财政拨款结转 322 财政拨款结余 "
    "331 预算稳定调节基金",
    ChartKind.INCOME: "401 会费收入 402 拨缴经费收入 403 上级补助收入 40301 一般性转移支付补助 40302 专项转移支付补助 "
    "404 政府补助收入 405 行政补助收入 406 附属单位上缴收入 407 投资收益 408 其他收入",
    ChartKind.EXPENSE: "501 职工活动支出 50101 职工教育费 50102 文体活动费 50103 宣传活动费 50104 劳模职工疗休养费 "
    "50105 会员活动费 50199 其他活动费 502 职工活动组织支出 503 职工服务支出 50301 劳动和技能竞赛费 50302 职工创新费 "
    "50303 建家活动费 50304 职工书屋费 50305 职工互助保障费 50306 心理咨询费 50399 其他服务费 504 维权支出 "
    "50401 劳动关系协调费 50402 劳动保护费 50403 法律援助费 50404 困难职工帮扶费 50405 送温暖费 50499 其他维权费 "
    "505 业务支出 50501 培训费 50502 会议费 50503 专项业务费 50599 其他业务费 506 行政支出 507 资本性支出 "
    "50701 房屋建筑物购建 50702 办公设备购置 50703 专用设备购置 50704 交通工具购置 50705 大型修缮 50706 信息网络购建 "
    "50799 其他资本性支出 508 补助下级支出 509 对附属单位的支出 510 其他支出",
}


def _read(kind: ChartKind, told: str) -> list[tuple[str, str, ChartKind, str]]:
    words = told.split()
    return [(code, name, kind, SOURCE) for code, name in zip(words[::2], words[1::2], strict=True)]


# code, name, kind, source
CHART = [row for kind, told in _CHART.items() for row in _read(kind, told)]

# Accounts of the ledger that the portal places (chart of 2010): code → code of 2021. The goods of festivals and
# birthdays are posted under 50104, which the newer chart calls 会员活动费.
_LED = (
    "401:401 402:402 403:403 404:404 405:405 406:408 407:407 408:408 501:501 50101:50101 50102:50102 "
    "50103:50103 50104:50105 502:504 50201:50401 50202:50402 50203:50403 50204:50404 50205:50405 "
    "50206:50499 503:505 50301:50501 50302:50502 50303:50599 50304:50503 50305:50599 504:506 505:507 "
    "506:508 507:509 508:510 322:312"
)
REPORTED_UNDER = dict(pair.split(":") for pair in _LED.split())
