"""Write a period's annual report as PDF, Word and JSON."""

import datetime as dt
import json
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.branches.enums import BranchKind
from members.branches.models import Branch
from union_portal.annual_report.composing.services.composing import Draft, compose
from union_portal.annual_report.composing.services.data import report_data, snapshot
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.outlines.services.starting import name_plans
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.renderers.paper import render_pdf
from union_portal.annual_report.reports.renderers.word import render_docx
from union_portal.annual_report.reports.services.composing import compose_report
from union_portal.base.errors import DomainError
from union_portal.base.periods import Period


class Command(BaseCommand):
    """Exit 0 done, 2 the input was refused, 1 a fault."""

    help = "Write the annual report of a period: figures as JSON, the document as PDF or Word."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", required=True, type=dt.date.fromisoformat, metavar="DATE")
        parser.add_argument("--to", dest="end", required=True, type=dt.date.fromisoformat, metavar="DATE")
        parser.add_argument(
            "--outline", default="summary", help="code of the outline: summary (default), speech or your own"
        )
        parser.add_argument("--branch", metavar="CODE", help="report of this branch union alone")
        parser.add_argument("--pdf", type=Path, metavar="FILE")
        parser.add_argument("--docx", type=Path, metavar="FILE")
        parser.add_argument("--json", type=Path, metavar="FILE")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["end"] < options["start"]:
            raise CommandError("结束日期早于开始日期：--to 须不早于 --from", returncode=2)
        outline = Outline.objects.filter(code=options["outline"]).first()
        if outline is None:
            known = "、".join(Outline.objects.values_list("code", flat=True))
            raise CommandError(f"没有名为 {options['outline']} 的提纲；现有：{known}", returncode=2)
        branch = self._branch(options["branch"])
        draft = self._draft(outline, Period(options["start"], options["end"]), branch)
        try:
            if options["json"]:
                text = json.dumps(report_data(draft), ensure_ascii=False, indent=2)
                options["json"].write_text(text + "\n", encoding="utf-8")
                self.stdout.write(str(options["json"]))
            if options["pdf"]:
                result = render_pdf(snapshot(draft), created=timezone.localtime())
                options["pdf"].write_bytes(result.pdf)
                self.stdout.write(f"{options['pdf']}（{result.pages}页）")
            if options["docx"]:
                options["docx"].write_bytes(render_docx(snapshot(draft), created=timezone.localtime()))
                self.stdout.write(str(options["docx"]))
        except DomainError as refused:
            raise CommandError(str(refused), returncode=2) from refused
        if not (options["json"] or options["pdf"] or options["docx"]):
            for figure in draft.figures:
                self.stdout.write(f"{figure.key}\t{figure.label}\t{figure.heads}\t{figure.times}\t{figure.amount}")
        for doubt in draft.unexplained:
            self.stderr.write(f"待说明：{doubt.text}")

    def _branch(self, code: str | None) -> Branch | None:
        branch = Branch.objects.exclude(kind=BranchKind.SCHOOL).filter(code=code).first() if code else None
        if code and branch is None:
            raise CommandError(f"没有编码为 {code} 的分工会", returncode=2)
        return branch

    def _draft(self, outline: Outline, period: Period, branch: Branch | None) -> Draft:
        """A draft that people have begun for the period, of the school or of the branch, lends its narrative."""
        begun = AnnualReport.objects.filter(outline=outline, branch=branch)
        written = begun.filter(period_start=period.start, period_end=period.end).order_by("-version", "-pk").first()
        if written is not None:
            return compose_report(written)
        name_plans(outline=outline, period=period)
        return replace(compose(outline, period, branch=branch), signed_on=timezone.localdate())
