"""Forms of proposals handed in on paper."""

from typing import Any

from django import forms
from django.utils import timezone

from congress.bodies.models import Congress
from congress.delegates.models import Delegation
from congress.drives.models import ProposalCategory, ProposalDrive
from congress.proposals.models import Proposal
from union_portal.base.forms import MomentField
from union_portal.base.intake.forms import PaperFormField


class _Paper(forms.Form):
    """What every signed form says. People are named as on it: by name, or by staff number where two have one name."""

    seconders = forms.CharField(
        label="签名附议的代表",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="按提案表上的签名填写姓名或工号，用逗号或顿号分隔。",
    )
    title = forms.CharField(label="案由", max_length=100)
    category = forms.ModelChoiceField(label="类别", queryset=ProposalCategory.objects.filter(in_use=True))
    grounds = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 6}))
    measures = forms.CharField(label="建议措施", widget=forms.Textarea(attrs={"rows": 6}))
    received_at = MomentField(label="收到时间", help_text="校工会收到提案表的时间；晚于截止时间的转为意见建议。")
    scan = PaperFormField(label="提案表扫描件")


class PaperForm(_Paper):
    congress = forms.ModelChoiceField(label="大会", queryset=Congress.objects.none())
    proposer = forms.CharField(
        label="提案人", max_length=64, required=False, help_text="填姓名或工号；代表团集体提案留空。"
    )
    delegation = forms.ModelChoiceField(
        label="代表团（集体提案）",
        queryset=Delegation.objects.none(),
        required=False,
        help_text="仅代表团集体提案时选择。",
    )
    field_order = ("congress", "proposer", "delegation")

    def clean(self) -> dict[str, Any]:
        """Ask for one author."""
        words = super().clean() or {}
        if bool(words.get("proposer")) == bool(words.get("delegation")):
            self.add_error("proposer", "提案代表和代表团请填且只填一项。")
        return words


def paper_form(drive: ProposalDrive) -> type[PaperForm]:
    """Return the form for one drive: its bodies and their delegations, received now."""

    class Form(PaperForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            bodies = Congress.objects.filter(sittings__session=drive.session_id).distinct()
            congress, delegation = self.fields["congress"], self.fields["delegation"]
            if isinstance(congress, forms.ModelChoiceField) and isinstance(delegation, forms.ModelChoiceField):
                congress.queryset = bodies
                congress.initial = bodies.first() if len(bodies) == 1 else None
                delegation.queryset = Delegation.objects.filter(congress__in=bodies).select_related("congress")
            self.fields["received_at"].initial = timezone.localtime()

    return Form


class PaperAgainForm(_Paper):
    """The returned form, mended and signed anew."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    received_at = MomentField(
        label="收到时间", help_text="新提案表送达的时间；退回补充的提案保留原编号，截止后送达也有效。"
    )
    scan = PaperFormField(label="新提案表扫描件")


def paper_again_initial(proposal: Proposal) -> dict[str, Any]:
    """Return the form as it was entered, received now."""
    signed = proposal.secondings.given().select_related("delegate__person").order_by("pk")
    people = [one.delegate.person for one in signed]
    names = [one.name for one in people]
    return {
        "version": proposal.version,
        "seconders": "、".join(
            one.name if names.count(one.name) == 1 else one.staff_number or one.name for one in people
        ),
        "title": proposal.title,
        "category": proposal.category_id,
        "grounds": proposal.grounds,
        "measures": proposal.measures,
        "received_at": timezone.localtime(),
    }
