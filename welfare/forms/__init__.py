"""The forms of the welfare desk."""

from welfare.forms.rounds import (
    AddForm,
    BuyForm,
    CloseForm,
    CollectForm,
    DayForm,
    ListForm,
    PaperApprovalForm,
    PayoutForm,
    ReasonForm,
    SelectionForm,
    SheetsForm,
    SupplementForm,
    price_form,
)

__all__ = [
    "AddForm",
    "BuyForm",
    "CloseForm",
    "CollectForm",
    "DayForm",
    "ListForm",
    "PaperApprovalForm",
    "PayoutForm",
    "ReasonForm",
    "SelectionForm",
    "SheetsForm",
    "SupplementForm",
    "price_form",
]
