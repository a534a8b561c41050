"""The annual report's PDF against WeasyPrint alone on the same HTML.

Ours: the report's data laid out as HTML, set with our justification and font subsetting, as PDF/A-3a and PDF/UA-1 with
its attachment, and every Chinese character checked in the result. WeasyPrint alone: the same HTML, style sheet and
fonts, `write_pdf()` in a process that never loads our code; once as it comes, once with its own `pdf/a-3a`. Each run
is a process of its own that sets a short document first, so that loading is in no figure; CPU seconds of that process.
"""

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from bench import figures
from bench.measuring import Spent, ratio, table
from tests.base.paper_samples import LONG
from union_portal.annual_report.composing.services.composing import Wording, compose
from union_portal.annual_report.composing.services.data import snapshot
from union_portal.annual_report.outlines.models import Outline, OutlineSection
from union_portal.annual_report.reports.renderers import paper
from union_portal.base.paper import faces
from union_portal.base.periods import Period

RUNS = 5
CREATED = dt.datetime(2024, 1, 15, 8, 0, tzinfo=dt.UTC)
ALONE = """
import json, pathlib, sys, time
import weasyprint
from weasyprint.text.fonts import FontConfiguration
html, css, options = (pathlib.Path(sys.argv[1]) / name for name in ("report.html", "report.css", "options.json"))
fonts, options = FontConfiguration(), json.loads(sys.argv[2])
sheet = weasyprint.CSS(string=css.read_text(), font_config=fonts)
def render(text):
    return weasyprint.HTML(string=text).write_pdf(font_config=fonts, stylesheets=[sheet], **options)
render("<p>工会 2024")
wall, own = time.perf_counter(), time.process_time()
pdf = render(html.read_text())
print(json.dumps([time.perf_counter() - wall, time.process_time() - own, len(pdf)]))
"""
OURS = """
import datetime, json, pathlib, sys, time
import django
django.setup()
from union_portal.annual_report.reports.renderers.paper import render_pdf
from union_portal.base import paper
data = json.loads((pathlib.Path(sys.argv[1]) / "report.json").read_text())
created = datetime.datetime(2024, 1, 15, 8, 0, tzinfo=datetime.UTC)
paper.check_text(paper.render("<p>工会 2024", title="", created=created, stylesheet="gongwen"), "工会")
wall, own = time.perf_counter(), time.process_time()
result = render_pdf(data, created=created)
print(json.dumps([time.perf_counter() - wall, time.process_time() - own, len(result.pdf), result.pages]))
"""


def measure(*, quick: bool = False) -> None:
    """Write the report of a filled register to files and set it by turns."""
    figures.fill(people=50)
    data = snapshot(_report(paragraphs=2 if quick else 60))
    times: dict[str, list[Spent]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), data)
        size = pages = 0
        for _run in range(1 if quick else RUNS):
            times["WeasyPrint alone"].append(_spent(_run_alone(folder)))
            times["WeasyPrint alone, pdf/a-3a"].append(_spent(_run_alone(folder, pdf_variant="pdf/a-3a")))
            wall, own, size, pages = _child(OURS, folder)
            times["ours, checked"].append(_spent([wall, own]))
    medians = table(f"Report of {pages} pages, {size // 1024} KB", times)
    ours, tagged = medians["ours, checked"], medians["WeasyPrint alone, pdf/a-3a"]
    ratio("ours / WeasyPrint alone", ours, medians["WeasyPrint alone"], most=1.2)
    ratio("ours / WeasyPrint alone, pdf/a-3a", ours, tagged, most=1.05)


def _report(*, paragraphs: int) -> Any:
    outline = Outline.objects.get(code="summary")
    text = "\n".join([LONG] * paragraphs)
    firsts = OutlineSection.objects.filter(chapter__outline=outline, heading="")
    texts = {section.pk: (text, "") for section in firsts}
    return compose(outline, Period.year(2023), written=Wording(texts=texts))


def _write(folder: Path, data: dict[str, Any]) -> None:
    (folder / "report.json").write_text(json.dumps(data), encoding="utf-8")
    html = render_to_string("annual_report/reports/paper.html", paper.context(data))
    (folder / "report.html").write_text(html, encoding="utf-8")
    css = faces.font_face_css(faces.load()) + Path("static/paper/gongwen.css").read_text(encoding="utf-8")
    (folder / "report.css").write_text(css, encoding="utf-8")


def _run_alone(folder: str, **options: str) -> list[float]:
    return _child(ALONE, folder, json.dumps(options))


def _child(program: str, *arguments: str) -> list[Any]:
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=True, text=True)
    result: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _spent(result: list[float]) -> Spent:
    return Spent(result[0], result[1], 0)
