"""Rounds: the list, the page of one round, and its documents."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone

from union_portal.accounts.enums import Access
from union_portal.accounts.views import give_made, give_paper
from union_portal.base.admin import OwnPageAdmin, PortalModelAdmin, adopt, object_action
from union_portal.base.forms import offering
from union_portal.base.models.papers import PaperState
from welfare.books.models import Fund
from welfare.grants.models import Round
from welfare.purchases.forms import ScanForm
from welfare.purchases.models import Purchase
from welfare.purchases.services import keep_scan
from welfare.rosters.services.selection import Selection
from welfare.round_desk.admin.page import context, next_step
from welfare.round_desk.admin.steps import RoundSteps
from welfare.rounds.services import drafting
from welfare.sheets.models import RoundPaper


class DraftForm(forms.ModelForm[Round]):
    """What a round begins with; whom it is for is chosen on its page."""

    by_list = forms.BooleanField(
        label="按上传名单确定人员",
        required=False,
        help_text="否则为截止日在册的全体会员，可在批次页面中缩小范围。",
    )

    another = forms.BooleanField(
        label="仍另建一个批次", required=False, help_text="同一节日、同一项目已有批次，且不是补发时才勾选。"
    )

    class Meta:
        model = Round
        fields = ("benefit", "occasion", "name", "cut_off_on", "goods", "fund")
        help_texts = {
            "name": "留空则按节日和福利项目命名。",
            "cut_off_on": "按这一天的会员登记确定名册。",
            "goods": "例如米、油、干果礼盒；也可在确定单价时填写。",
        }


@admin.register(Round)
class RoundAdmin(OwnPageAdmin[Round], RoundSteps):
    """A round's own page moves it by steps, one round at a time."""

    page_template = "welfare/round_desk/round.html"
    form = DraftForm
    actions_detail = (*RoundSteps.actions_detail, "keep_invoice")
    list_display = ("name", "state_shown", "cut_off_on", "released_heads", "unit_price")
    export_also = ("benefit", "occasion")
    list_filter = ("state", "benefit__category", "occasion__year")
    search_fields = ("name", "occasion__name", "benefit__name")
    fields = (*DraftForm.Meta.fields, "by_list", "another")

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["welfare/round.css"]}

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Lock and approve no two rounds at once: each is looked at."""
        return PortalModelAdmin.get_actions(self, request)

    def get_fields(self, request: HttpRequest, obj: Round | None = None) -> Any:
        """Ask for the goods at once; the price step asks again. `another` is asked once there is one already."""
        asked = PortalModelAdmin.get_fields(self, request, obj)
        return asked if request.method == "POST" else [name for name in asked if name != "another"]

    def is_mourning(self, subject: Round) -> bool:
        """Death and illness."""
        return subject.benefit.grave

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with today and the fund of the latest round."""
        fund = Fund.objects.filter(active=True, rounds__isnull=False).order_by("-rounds__pk").first()
        start = {"cut_off_on": timezone.localdate(), **({"fund": fund.pk} if fund else {})}
        return start | super().get_changeform_initial_data(request)

    @object_action(
        description="补交发票扫描件",
        permission="welfare.pay_round",
        form=lambda _admin, _request, subject: offering(ScanForm, purchase=subject.purchases.filter(scan="")),
        offered=lambda subject: subject.purchases.filter(scan="").exists(),
        icon="document_scanner",
        note="登记发票时没有上传扫描件的，在这里补交。",
    )
    def keep_invoice(self, _request: HttpRequest, subject: Round, purchase: Purchase, scan: Any) -> str:
        """Keep the scan of an invoice that was entered without one."""
        del subject
        return f"{keep_scan(purchase=purchase, scan=scan)}：扫描件已保存。"

    def get_urls(self) -> list[Any]:
        """Add the ways to a finished document and to an invoice."""
        paper, invoice = (self.admin_site.admin_view(view) for view in (self.paper_view, self.invoice_view))
        return [
            path("paper/<int:paper_id>/", paper, name="welfare_round_paper"),
            path("invoice/<int:purchase_id>/", invoice, name="welfare_round_invoice"),
            *super().get_urls(),
        ]

    def save_model(self, request: Any, obj: Round, form: Any, change: bool) -> None:  # noqa: ARG002
        """Begin the round through the service."""
        made = drafting.create(
            benefit=obj.benefit,
            occasion=obj.occasion,
            cut_off_on=obj.cut_off_on,
            fund=obj.fund,
            actor=request.user,
            selection=None if form.cleaned_data["by_list"] else Selection(),
            name=obj.name,
            goods=obj.goods,
            another=form.cleaned_data["another"],
        )
        adopt(obj, made)

    def response_post_save_add(self, request: HttpRequest, obj: Round) -> Any:
        """Go on with the round's own page."""
        del request
        return redirect("admin:welfare_round_change", obj.pk)

    def page_parts(self, request: HttpRequest, subject: Round, buttons: list[dict[str, Any]]) -> dict[str, Any]:
        """Show the round with its next step in front."""
        shown = context(subject, request)
        following, offered = next_step(subject, shown["sums"]), {button["name"] for button in buttons}
        if following == "step_post" and following not in offered:
            following = "step_collect"  # what finance posts does not keep the officer from handing out
        if shown["sums"].bought.count:
            # All is bought, as a rule: another invoice is no longer what finance came for.
            buttons.sort(key=lambda button: button["name"] == "step_buy")
        for button in buttons:
            button["primary"] = button["name"] == following
            if button["name"] == "step_collect":
                # By person first; from there on a branch, or everybody, is marked at once.
                button["address"] = reverse("welfare:collecting_round", args=[subject.pk])
        buttons.sort(key=lambda button: not button["primary"])
        return shown

    def paper_view(self, request: Any, paper_id: int) -> HttpResponseBase:
        """Give a finished document to whoever may see the round; logged."""
        paper = (
            RoundPaper.objects.select_related("round__occasion", "round__benefit")
            .filter(pk=paper_id, state=PaperState.DONE)
            .first()
        )
        if paper is None or not self.get_queryset(request).filter(pk=paper.round_id).exists():
            raise Http404
        name = f"签收表-{paper.round}-{paper.pk}.pdf"
        return give_made(
            request, paper.file, name=name, kind="welfare.roundpaper", action=Access.PRINT, rows=paper.pages
        )

    def invoice_view(self, request: HttpRequest, purchase_id: int) -> HttpResponseBase:
        """Give the scan of an invoice to whoever may see the round it was bought for; logged."""
        found = get_object_or_404(Purchase.objects.exclude(scan=""), pk=purchase_id)
        if not self.get_queryset(request).filter(pk=found.round_id).exists():
            raise Http404
        return give_paper(request, found.scan)
