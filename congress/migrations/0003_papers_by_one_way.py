"""Scans and documents come in by one way: what lies there already is entered with its name, size and digest."""

import hashlib

from django.core.files.storage import default_storage
from django.db import migrations

import union_portal.base.papers

HELD = (
    ('proposal', 'scan'),
    ('reply', 'scan'),
    ('sessiondocument', 'file'),
    ('regulationversion', 'file'),
    ('revieweddocument', 'file'),
)
KINDS = {'jpeg': 'jpg'}


def enter(apps, schema_editor):
    kept = apps.get_model('base', 'KeptPaper').objects
    for model, field in HELD:
        rows = apps.get_model('congress', model).objects.exclude(**{field: ''})
        for place in rows.order_by().values_list(field, flat=True).distinct().iterator():
            name = place.rsplit('/', 1)[-1]
            ending = name.rsplit('.', 1)[-1].lower()[:8]
            size, digest = _measured(place)
            kept.get_or_create(
                place=place,
                defaults={'name': name, 'kind': KINDS.get(ending, ending), 'size': size, 'digest': digest},
            )


def _measured(place):
    """Size and digest; a file that is gone from the disk has none."""
    try:
        with default_storage.open(place) as file:
            return file.size, hashlib.file_digest(file, 'sha256').hexdigest()
    except OSError:
        return 0, ''


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0003_kept_papers'),
        ('congress', '0002_guards'),
    ]

    operations = [
        migrations.AlterField(
            model_name='proposal',
            name='scan',
            field=union_portal.base.papers.ScanField(blank=True, door='congress:proposal_scan', verbose_name='提案表扫描件'),
        ),
        migrations.AlterField(
            model_name='proposalevent',
            name='scan',
            field=union_portal.base.papers.ScanField(blank=True, door='congress:proposal_scan', verbose_name='提案表扫描件'),
        ),
        migrations.AlterField(
            model_name='reply',
            name='scan',
            field=union_portal.base.papers.ScanField(blank=True, door='congress:proposal_reply_scan', verbose_name='答复扫描件'),
        ),
        migrations.AlterField(
            model_name='replyevent',
            name='scan',
            field=union_portal.base.papers.ScanField(blank=True, door='congress:proposal_reply_scan', verbose_name='答复扫描件'),
        ),
        migrations.AlterField(
            model_name='sessiondocument',
            name='file',
            field=union_portal.base.papers.HandoutField(blank=False, door='congress:document', verbose_name='文件'),
        ),
        migrations.AlterField(
            model_name='sessiondocumentevent',
            name='file',
            field=union_portal.base.papers.HandoutField(blank=False, door='congress:document', verbose_name='文件'),
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
