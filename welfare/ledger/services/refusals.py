"""What the database refuses, said in words for people: constraint name → message."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from union_portal.base.errors import Refused

MESSAGES: dict[str, str] = {
    "welfare_posting_has_entries": "没有可入账的内容：台账单没有明细。",
    "welfare_posting_year_is_open": "该账套的会计年度未开启，或入账日期早于该年度。请先开启年度；"
    "已结账年度请在开启的年度内以“以前年度调整”更正。",
    "welfare_posting_funds_of_its_book": "资金来源属于其他账套：请选择本账套的资金来源。",
    "welfare_posting_kind_fits_entries": "冲销与其他明细不能记在同一张台账单上，以前年度调整除外。",
    "welfare_posting_reopened_for_recording": "该年度仅为补录而重新开启：其他事项请记入开启的年度。",
    "welfare_posting_adjusts_earlier_years": "以前年度调整只能涉及以前年度：请按实际类型入账。",
    "welfare_posting_closed_year_by_adjustment": "有明细涉及已结账年度：请在开启的年度内作以前年度调整，"
    "或由主席重新开启该年度。",
    "welfare_posting_subject_paid_once": "其中有事项已经支付：如款项已退回，请先冲销原明细。",
    "welfare_posting_four_eyes": "经办人和审批人不能是同一人。",
    "welfare_posting_has_hands": "台账单须写明经办人和记账人。",
    "welfare_posting_poster_is_second": "经办人不能为自己经办的事项记账，请由财务同事记账。",
    "welfare_posting_paper_confirmed": "线下审批尚未由另一人确认，不能记账。",
    "welfare_posting_paper_of_others": "线下审批的审批人和确认人都不能是经办人。",
    "welfare_posting_day_in_order": "记账日期不能晚于今天，会计年度须在 2000 年至今年之间。",
    "welfare_entry_not_after_posting": "明细的归属日期不能晚于记账日期，请核对日期。",
    "welfare_posting_is_approved": "台账单须经审批（线上或线下）。",
    "welfare_entry_reversal_mirrors": "冲销须与原明细一致：科目、资金来源、日期、"
    "所付事项相同，金额相反；冲销本身不能再冲销。",
    "welfare_ledgerentry_reverses_id_key": "有明细已经冲销；每条明细只能冲销一次。",
    "welfare_entry_subject_exists": "其中有要支付的事项已不存在，请刷新页面核对。",
    "welfare_subject_is_kept": "已经记入台账，不能删除。",
    "welfare_entry_has_an_amount": "明细须有金额。",
    "welfare_entry_sign": "明细金额为正数，冲销金额为负数。",
    "welfare_entry_posting_is_sealed": "台账单不能修改或追加：请新建一张。",
}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn the database's refusals into `Refused` with a message for people; stands outside the atomic block."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        message = MESSAGES.get(name or "")
        if message is None:
            raise
        raise Refused(message, code=name or "") from error
