"""What is filled in for a single case: entered, decided, paid; and what finance fills in for recorded ones."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from members.kin.enums import Relation
from members.people.forms import PersonField
from members.people.models import Person
from union_portal.base.forms import DayField, OnForm, choices_widget, offering
from union_portal.base.intake.forms import PapersFormField
from union_portal.base.intake.kinds import SCANS
from welfare.balances.forms import FundField
from welfare.benefits.enums import Form
from welfare.benefits.models import Benefit
from welfare.books.models import Fund
from welfare.cases.models import Evidence, ReturnReason
from welfare.cases.services import Beside, Told
from welfare.cases.services.evidence import checklist
from welfare.cases.services.proposing import Proposal
from welfare.grants.forms import SeenForm
from welfare.grants.models import Grant
from welfare.grants.services.recorded import papers_to_post
from welfare.life_events.enums import EventKind
from welfare.life_events.models import ConditionGroup, LifeEvent

# What the rules propose unless somebody types otherwise.
PROPOSED = ("benefit", "form", "amount")
# The person's own matter. Whose death it was is asked: nearly always it was a relative's.
SELF = "self"
# What has an end besides its day.
LASTING = {EventKind.HOSPITAL, EventKind.ILLNESS}
# What says of an event, by its key, that the case is about another.
ANOTHER = "not-"


class SameEventField(forms.ModelChoiceField[LifeEvent]):
    """The event that a case is about if it stands under another day; or the answer that it is not that one."""

    def to_python(self, value: Any) -> Any:
        """Return the event, None for the answer that it is another."""
        return None if str(value or "").startswith(ANOTHER) else super().to_python(value)


class EvidenceField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Papers that came with a case, by the names of their files."""

    def label_from_instance(self, paper: Evidence) -> str:
        """Name it as whoever sent it did."""
        return str(paper.scan.kept.name)  # type: ignore[attr-defined]


class CaseForm(forms.Form):
    """登记慰问: who, what happened, what is given for it, what proves it, and why although a rule objects."""

    # Who tells it of himself, where that is known beforehand.
    applicant: Person | None = None
    person = PersonField(label="慰问对象", help_text="输入姓名、工号或拼音查找。")
    kind = forms.ChoiceField(label="发生了什么", choices=EventKind.choices, widget=choices_widget())
    relation = forms.ChoiceField(
        label="当事人", choices=[("", "请选择"), (SELF, "本人"), *Relation.choices], required=False
    )
    occurred_on = DayField(label="发生日期", help_text="例如去世、住院、结婚的日期。")
    ended_on = DayField(label="结束日期", required=False, help_text="例如出院日期，可不填。")
    variant = forms.CharField(label="情形", required=False, max_length=32)
    condition = forms.ChoiceField(
        label="病种分组", required=False, help_text="用于判断同一疾病每年一次；加密保存，不出现在列表和报表中。"
    )
    benefit = forms.ModelChoiceField(Benefit.objects.none(), label="福利项目", required=False)
    payer = forms.ModelChoiceField(Fund.objects.none(), label="列支", required=False)
    form = forms.ChoiceField(label="形式", required=False)
    amount = forms.DecimalField(
        label="金额（元）", required=False, min_value=Decimal(0), max_digits=12, decimal_places=2
    )
    granted_on = DayField(label="慰问日期", required=False, help_text="留空则为今天。")
    same_as = SameEventField(LifeEvent.objects.none(), label="疑似同一事件", required=False)
    papers = PapersFormField(label="证明材料", accepts=SCANS, required=False)
    dropped = EvidenceField(
        Evidence.objects.none(), label="移除已有材料", required=False, widget=choices_widget(several=True)
    )
    reason = forms.CharField(
        label="仍需办理的理由", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    document = forms.CharField(
        label="决定文件", required=False, max_length=200, help_text="写明文件名称、文号和日期，例如工会委员会会议纪要。"
    )
    # What the rules proposed when the page was shown: what still says the same was typed by nobody.
    proposed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, subject: Grant | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, rows in (
            ("benefit", Benefit.objects.filter(active=True)),
            ("payer", Fund.objects.filter(active=True)),
            ("same_as", LifeEvent.objects.all()),
            ("dropped", subject.evidence.all() if subject is not None else Evidence.objects.none()),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if "form" in self.fields:
            self.fields["form"].choices = [("", "按标准"), *Form.choices]  # type: ignore[attr-defined]
        groups = ConditionGroup.objects.filter(active=True).values_list("code", "name")
        self.fields["condition"].choices = [("", "未填写"), *groups]  # type: ignore[attr-defined]
        if subject is None or not subject.evidence.exists():
            del self.fields["dropped"]

    def tells_apart(self, near: LifeEvent) -> bool:
        """Whether somebody said that the case is about another event than this one."""
        return self.data.get("same_as") == f"{ANOTHER}{near.pk}"

    def clean(self) -> dict[str, Any]:
        """Leave out the end of what has none: its field is not shown then; ask who died."""
        told: dict[str, Any] = super().clean() or {}
        person, relation = told.get("person") or self.applicant, told.get("relation")
        if not relation and told.get("kind") == EventKind.DEATH and person is not None and person.died_on is None:
            self.add_error("relation", "请选择去世的是哪位亲属，还是会员本人。")
        elif relation == SELF:
            told["relation"] = ""
        if told.get("kind") not in LASTING:
            told["ended_on"] = None
        return told

    def must_answer(self) -> None:
        """Ask for the reason and the document where the rules object, both at once."""
        for name, words in (("reason", "请填写仍需办理的理由。"), ("document", "请填写决定文件。")):
            if not (self.cleaned_data.get(name) or "").strip():
                self.add_error(name, words)

    @property
    def facts_known(self) -> bool:
        """Whether enough is told for the rules to be asked."""
        known = all(self.cleaned_data.get(name) for name in ("person", "kind", "occurred_on"))
        return known and "relation" in self.cleaned_data

    def told(self) -> Told:
        """Return what the page tells."""
        names = ("person", "kind", "occurred_on", "ended_on", "variant", "benefit", "form", "amount")
        more = ("condition", "payer", "relation", "granted_on", "same_as")
        told = {name: self.cleaned_data.get(name) for name in (*names, *more)}
        return Told(**{name: "" if value is None and name in _WORDS else value for name, value in told.items()})  # type: ignore[arg-type]

    def beside(self) -> Beside:
        """Return what comes with it."""
        given = {name: self.cleaned_data.get(name) or "" for name in ("reason", "document")}
        return Beside(
            papers=self.cleaned_data.get("papers") or [], dropped=self.cleaned_data.get("dropped") or [], **given
        )


class ApplyForm(CaseForm):
    """慰问申请: the same told by the member himself; in which form and when is the union's to say."""

    person = None  # type: ignore[assignment]
    form = None  # type: ignore[assignment]
    granted_on = None  # type: ignore[assignment]
    reason = None  # type: ignore[assignment]
    document = None  # type: ignore[assignment]

    def __init__(self, *args: Any, applicant: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.applicant = applicant
        self.fields["amount"].help_text = "可不填，按标准办理。"

    def clean(self) -> dict[str, Any]:
        """It is always about the applicant."""
        return {**super().clean(), "person": self.applicant}


_WORDS = {"relation", "variant", "form", "condition"}


def untouched(data: Any) -> Any:
    """Return what was sent without what merely repeats the rules' last proposal, so that they propose it anew."""
    sent = data.copy()
    last = dict(zip(PROPOSED, sent.get("proposed", "").split("|"), strict=False))
    for name in PROPOSED:
        if sent.get(name, "") == last.get(name):
            sent[name] = ""
    return sent


def usual(proposal: Proposal) -> str:
    """Return the rules' own proposal as the page remembers it."""
    standard = proposal.rule.standard if proposal.rule is not None else None
    amount = "" if standard is None else f"{standard:.2f}"
    form = proposal.rule.form if proposal.rule is not None else proposal.grant.benefit.form
    return f"{proposal.grant.benefit.pk}|{form}|{amount}"


def proposing(data: Any, proposal: Proposal) -> Any:
    """Return what was sent with the rules' proposal where nothing was typed."""
    sent, grant = data.copy(), proposal.grant
    amount = "" if grant.amount is None else f"{grant.amount:.2f}"
    for name, value in zip(PROPOSED, (str(grant.benefit.pk), grant.form, amount), strict=True):
        sent[name] = value
    sent["proposed"] = usual(proposal)
    return sent


def evidence_form(_admin: Any, _request: Any, subject: Grant) -> type[forms.Form]:
    """Return the form that ticks off the papers which the case's standard asks for, two ticks each."""
    fields: dict[str, forms.Field] = {}
    for place, one in enumerate(checklist(subject)):
        for name, label, told in (("original", "原件已核", one.original), ("copy", "复印件已留", one.copy)):
            fields[f"{name}_{place}"] = forms.BooleanField(label=f"{one.item}：{label}", required=False, initial=told)
    return type("EvidenceForm", (forms.Form,), fields)


class ReturnForm(forms.Form):
    """Why a case is sent back or declined: a reason from the list, the papers that are missing, and in words."""

    code = forms.ChoiceField(label="原因", widget=choices_widget())
    missing = forms.MultipleChoiceField(label="缺少的材料", required=False, widget=choices_widget(several=True))
    why = forms.CharField(
        label="说明",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="填写人会看到。",
    )


def return_form(subject: Grant) -> type[forms.Form]:
    """Return the form with the reasons in use and the papers that the case's standard asks for."""
    reasons = list(ReturnReason.objects.filter(active=True).values_list("code", "name"))
    asked = [(one.item, one.item) for one in checklist(subject)]
    made = offering(ReturnForm, code=reasons, missing=asked)
    return made if asked else type("ReturnForm", (made,), {"missing": None})


class DecideForm(SeenForm):
    """What an approver has seen before approving."""

    evidence_seen = forms.BooleanField(label="我已核对证明材料")
    field_order = ("evidence_seen", "warnings_seen")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["warnings_seen"].required = False  # there may be none


class PayForm(OnForm):
    """The day and the fund a case is paid from."""

    fund = FundField(Fund.objects.filter(active=True), label="资金来源")


def recorded_form(_admin: Any, _request: Any, _subject: None) -> type[forms.Form]:
    """Return the form for posting what lists recorded: the confirmed approval, and the day."""
    paper = forms.ModelChoiceField(papers_to_post(), label="线下审批", help_text="只列出已确认且尚有记录待记台账的。")
    day = DayField(label="记账日期", initial=timezone.localdate)
    return type("RecordedForm", (forms.Form,), {"paper": paper, "posted_on": day})
