"""The archive of everything: lists that another instance imports, rows and files as records, reports, the ledger."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.utils import timezone

from members.branches.services.tree import union_name
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.base.importing.kinds import kinds
from union_portal.base.importing.resource import ImportResource
from union_portal.base.moments import minute
from union_portal.base.spreadsheets.writing import write_xlsx
from union_portal.home.leaving.enums import LEFT_OUT, RECORDS_ONLY
from union_portal.home.leaving.services import recompute, records
from union_portal.home.leaving.services.shelf import MANIFEST, README, SEALED, Shelf, shelf
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.heads import heads

FORMAT = 1
# What a list may hold at most that an import reads; the files of a longer one are imported one after the other.
ROWS_A_FILE = 50_000
# Told how far it is, as a share of it and in words.
Report = Callable[[float, str], None]


def write_archive(out: IO[bytes], *, recipient: str, asked: str, report: Report = lambda _share, _words: None) -> int:
    """Write everything into `out`, what tells of people encrypted for the recipient; return how many files it has.

    `asked` says in words who asked and who confirmed.
    """
    with _one_moment(), tempfile.TemporaryFile() as aside, shelf(out, aside, recipient=recipient) as made:
        lists = [entry for resource in _told(carried(), report) for entry in _put_list(made, resource)]
        rows = _put_records(made, report)
        report(0.8, "正在写入文件")
        papers = records.put_papers(made)
        report(0.9, "正在写入年度报告和台账")
        reports = _put_reports(made)
        _put_ledger(made)
        told = {
            "format": FORMAT,
            "union": union_name(),
            "made_at": timezone.localtime().isoformat(timespec="seconds"),
            "asked": asked,
            "recipient": recipient,
            "lists": lists,
            "records": rows,
            "left_out": [{"model": label, "why": why} for label, why in sorted(LEFT_OUT.items())],
            "papers": papers,
            "reports": reports,
        }
        made.put(README, _readme(told).encode(), sealed=False)
        # What lies behind the key says again what belongs to it: the open part could be another archive's.
        manifest = _json({**told, "files": made.told()})
        for sealed in (False, True):
            made.put(MANIFEST, manifest, sealed=sealed)
        return len(made.files)


def carried() -> list[type[ImportResource]]:
    """Return the lists that another portal takes in, in their order."""
    return [one for one in kinds() if one.kind.key not in RECORDS_ONLY]


@contextmanager
def _one_moment() -> Iterator[None]:
    """See everything as it stood when the archive was begun, whatever is written meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _told(resources: list[type[ImportResource]], report: Report) -> Iterator[type[ImportResource]]:
    for place, resource in enumerate(resources):
        report(0.02 + 0.4 * place / len(resources), f"正在写入名单：{resource.kind.label}")
        yield resource


def _put_list(made: Shelf, resource: type[ImportResource]) -> Iterator[dict[str, Any]]:
    """Write a kind's list as an import reads it, in files that follow each other; an empty list has one too."""
    headings, rows = [column.label for column in resource.kind.columns], resource(actor=None).whole()
    place = next(number for number, one in enumerate(kinds(), 1) if one is resource)
    part, further = 1, True
    while further:
        found = list(islice(rows, ROWS_A_FILE))
        further = len(found) == ROWS_A_FILE
        if not found and part > 1:
            return
        path = f"lists/{place:02d}-{resource.kind.key}{f'-{part}' if part > 1 else ''}.xlsx"
        made.put(path, write_xlsx(headings=headings, rows=found, title=str(resource.kind.label)))
        yield {"kind": resource.kind.key, "label": str(resource.kind.label), "path": path, "rows": len(found)}
        part += 1


def _put_records(made: Shelf, report: Report) -> list[dict[str, Any]]:
    rows, models = [], records.kept_models()
    for place, model in enumerate(models):
        meta = model._meta  # noqa: SLF001
        report(0.42 + 0.38 * place / len(models), f"正在写入记录：{meta.verbose_name}")
        rows.append({"model": meta.label, "label": str(meta.verbose_name), "rows": records.put_records(made, model)})
    return rows


def _put_reports(made: Shelf) -> int:
    """Write the frozen reports: PDF and Word as they were frozen, the figures as JSON, the words as text."""
    frozen = AnnualReport.objects.filter(state=ReportState.FROZEN).order_by("pk")
    for report in frozen:
        name = f"reports/{report.pk}-{report.period_end:%Y}-v{report.version}"
        for kind, field in (("pdf", report.pdf), ("docx", report.docx)):
            if field and field.storage.exists(field.name):
                with field.storage.open(field.name) as source:
                    made.put(f"{name}.{kind}", source.read(), sealed=False)
        data = {"snapshot": report.snapshot, "sha256": report.snapshot_hash, "pdf_sha256": report.pdf_hash}
        made.put(f"{name}.json", _json(data), sealed=False)
        made.put(f"{name}.txt", "\n".join(_words_of(report.snapshot or {})).encode(), sealed=False)
    return len(frozen)


def _words_of(snapshot: dict[str, Any]) -> Iterator[str]:
    yield snapshot.get("title", "")
    yield from snapshot.get("opening", ())
    for chapter in snapshot.get("chapters", ()):
        yield f"\n{chapter['heading']}"
        for section in chapter["sections"]:
            yield f"\n{section['heading']}"
            yield from (*section["before"], *section["paragraphs"], *section["after"])
    yield from snapshot.get("closing", ())


def _put_ledger(made: Shelf) -> None:
    """Write the chain so that a stranger can compute it anew; it names nobody."""
    for name, model in (("postings", Posting), ("entries", LedgerEntry)):
        with made.file(f"ledger/{name}.jsonl", sealed=False) as out:
            for line in records.lines_of(model):
                out.write(line + b"\n")
    made.put("ledger/heads.txt", "\n".join(str(head) for head in heads()).encode() + b"\n", sealed=False)
    made.put("ledger/recompute.py", Path(recompute.__file__).read_bytes(), sealed=False)


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _readme(told: dict[str, Any]) -> str:
    names = "\n".join(f"  {one['path']}  {one['label']}  {one['rows']:,} 行" for one in told["lists"])
    return f"""{told["union"]} 整体导出
生成时间：{minute(timezone.now())}
{told["asked"]}

一、里面有什么
  {SEALED}  加密的部分，用另行交付的密钥打开后是一个 zip：
    lists/    名单，另一个空的平台可以按编号顺序导入
    records/  数据库的全部记录（.jsonl 供程序读取，.csv 可用 Excel 打开）
    files/    上传的文件，属于哪条记录见 files/文件对照表.csv
  reports/    已定稿的年度报告：PDF、Word、数据（JSON）、文字（TXT）
  ledger/     台账全链：台账单、明细及各年末笔的校验码；运行 python3 recompute.py 可独立重算
  {MANIFEST}  清单：每个文件的字节数和 SHA-256，每类记录的条数，没有带走的内容及原因

二、怎样导入另一个空的平台
  由新平台的系统管理员在“整体导出与迁入”中上传本文件和密钥，或在新平台的服务器上运行：
    manage.py take_in 本文件.zip --key-file 密钥文件
  名单按下列顺序导入，每份名单要么全部导入，要么完全不导入并逐行说明原因：
{names}
  其余内容（台账、审批、表决、上传的文件等）作为档案保存，不导入。

三、怎样自己打开加密的部分
  安装 age（https://age-encryption.org），运行：
    age -d -i 密钥文件 {SEALED} > sealed.zip
  密钥只在确认时显示一次，平台不保存；遗失后谁也打不开。
"""
