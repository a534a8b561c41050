"""What a round's steps say they will do, to how many people and for how much."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from union_portal.base.money import grouped
from welfare.balances.services import says_balance
from welfare.benefits.enums import Form
from welfare.grants.enums import OPEN, RoundState
from welfare.grants.models import Round
from welfare.grants.services.departed import names_departed
from welfare.grants.services.paying import FROM_ROSTER
from welfare.round_desk.admin import pricing
from welfare.rounds.services import reconciling
from welfare.rounds.services.foretelling import foretell


def _says_lock(round_: Round) -> str:
    told = foretell(round_=round_)
    left_out = f"{told.words}。" if told.words else ""
    if round_.selection.get("price_rise"):
        return f"将为原批次应发的 {told.new:,} 人各生成一条补差记录。{left_out}"
    words = f"将按 {round_.cut_off_on} 的登记情况锁定 {told.new:,} 人的名册，此后登记变动不影响名册。"
    return words + left_out


def _says_paper(round_: Round) -> str:
    if round_.state in {RoundState.APPROVED, RoundState.CLOSED}:
        return "补登该批次当时的线下审批；由另一人确认后，可继续记账、办理退票和取消。"
    return f"登记后由另一人对照扫描件确认，确认即为审批通过：{pricing.says_total(round_)}"


def says_due(round_: Round) -> str:
    """Say how many have not collected, for how much, and who of them has left."""
    due = reconciling.reconcile(round_=round_).not_collected
    open_ = round_.grants.filter(state__in=OPEN)
    return f"尚有 {due.count:,} 人未领取，合计 {grouped(due.amount)} 元。{names_departed(grants=open_)}"


def _says_posting(round_: Round) -> str:
    cash = (
        "记账后全部人员视为已发放：请先导出银行代发表并完成代发，再记账。" if round_.benefit.form == Form.CASH else ""
    )
    return says_due(round_) + cash + _says_left(round_)


def _says_bought(round_: Round) -> str:
    due = reconciling.reconcile(round_=round_).due
    return f"本批次应发 {due.count:,} {round_.benefit.unit}，合计 {grouped(due.amount)} 元。{_says_left(round_)}"


def _says_left(round_: Round) -> str:
    due = round_.released_amount if round_.benefit.form in FROM_ROSTER else None
    return says_balance(fund=round_.fund, more=due or Decimal(0))


def _says_open(round_: Round) -> str:
    points = reconciling.differences(round_=round_)
    return f"需要说明：{'；'.join(points)}。" if points else "账目相符。"


_SAYS: Mapping[str, Callable[[Round], str]] = {
    "lock": _says_lock,
    "submit": pricing.says_total,
    "approve": pricing.says_approval,
    "register_paper": _says_paper,
    "withdraw": lambda _round: "批次回到“名册已锁定”：名册、单价和已填的说明都在，修改后可以重新提交。",
    "cancel": lambda _round: "取消后批次作废，不能恢复；名册和办理记录留存备查。",
    "unlock": lambda _round: "名册将清空；已作的个别剔除会在下次锁定时保留。",
    "post": _says_posting,
    "buy": _says_bought,
    "collect": says_due,
    "close": _says_open,
}


def says(action: str, round_: Round) -> str:
    """Return what the action will do; "" where the table's own words are enough."""
    words = _SAYS.get(action)
    return words(round_) if words else ""
