"""Every file that people give comes in by the intake: a field for files is the intake's, or one of the few here."""

from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse

from union_portal.base.papers import PaperField

# What the portal itself makes, and lists that wait for their confirmation. Adding a line is a decision; say why.
OWN = {
    "annual_report.AnnualReport.pdf",
    "annual_report.AnnualReport.docx",
    "annual_report.ReportPreview.pdf",
    "annual_report.ReportPreview.docx",
    "congress.ProposalReport.pdf",
    "congress.ProposalReport.docx",
    "welfare.RoundPaper.file",
    "welfare.StatementPaper.file",
    "home.AskedFile.file",
    "home.Leaving.file",
    "home.Arrival.file",  # another portal's archive, told by its own reader
    "home.PendingImport.file",  # a spreadsheet to be read, told by its own reader
}


def test_every_field_for_files_is_the_intakes() -> None:
    others, doorless = set(), []
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if not isinstance(field, models.FileField) or hasattr(model, "pgh_tracked_model"):
                continue
            if not isinstance(field, PaperField):
                others.add(f"{model._meta.label}.{field.name}")
            elif not has_door(field.door):
                doorless.append(f"{model._meta.label}.{field.name}")
    assert others == OWN
    assert not doorless


def has_door(name: str) -> bool:
    try:
        return bool(reverse(name, args=[1]))
    except NoReverseMatch:
        return False
