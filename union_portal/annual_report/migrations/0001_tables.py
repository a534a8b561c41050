"""Outlines and reports."""

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models
from union_portal.base.operations import AddTriggers, AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0002_guards'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name='Outline',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(unique=True, verbose_name='编码')),
                        ('name', models.CharField(max_length=64, unique=True, verbose_name='名称')),
                        ('style', models.CharField(choices=[('speech', '向大会的报告'), ('summary', '部门总结')], max_length=16, verbose_name='文体')),
                        ('title', models.CharField(max_length=200, verbose_name='标题')),
                        ('salutation', models.CharField(blank=True, max_length=64, verbose_name='称谓')),
                        ('opening', models.TextField(blank=True, verbose_name='开头')),
                        ('closing', models.TextField(blank=True, verbose_name='结尾')),
                    ],
                    options={
                        'verbose_name': '提纲',
                        'verbose_name_plural': '提纲',
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='OutlineChapter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='顺序')),
                        ('heading', models.CharField(max_length=100, verbose_name='标题')),
                        ('guidance', models.CharField(blank=True, max_length=200, verbose_name='这里写什么')),
                        ('narrative', models.TextField(blank=True, verbose_name='起始叙述')),
                    ],
                    options={
                        'verbose_name': '提纲章节',
                        'verbose_name_plural': '提纲章节',
                        'ordering': ['outline', 'position'],
                    },
                ),
                migrations.CreateModel(
                    name='OutlineChapterEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('position', models.PositiveSmallIntegerField(verbose_name='顺序')),
                        ('heading', models.CharField(max_length=100, verbose_name='标题')),
                        ('guidance', models.CharField(blank=True, max_length=200, verbose_name='这里写什么')),
                        ('narrative', models.TextField(blank=True, verbose_name='起始叙述')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OutlineEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('code', models.SlugField(db_index=False, verbose_name='编码')),
                        ('name', models.CharField(max_length=64, verbose_name='名称')),
                        ('style', models.CharField(choices=[('speech', '向大会的报告'), ('summary', '部门总结')], max_length=16, verbose_name='文体')),
                        ('title', models.CharField(max_length=200, verbose_name='标题')),
                        ('salutation', models.CharField(blank=True, max_length=64, verbose_name='称谓')),
                        ('opening', models.TextField(blank=True, verbose_name='开头')),
                        ('closing', models.TextField(blank=True, verbose_name='结尾')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OutlineLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='顺序')),
                        ('section', models.CharField(blank=True, max_length=100, verbose_name='节')),
                        ('key', models.CharField(max_length=64, verbose_name='键')),
                        ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None, verbose_name='数据项种类')),
                        ('label', models.CharField(max_length=64, verbose_name='名称')),
                        ('sentence', models.CharField(blank=True, max_length=300, verbose_name='句式')),
                        ('unit', models.CharField(blank=True, max_length=8, verbose_name='单位')),
                        ('decimals', models.PositiveSmallIntegerField(default=2, verbose_name='万元小数位')),
                        ('shift_months', models.SmallIntegerField(default=0, verbose_name='统计期平移月数')),
                        ('as_of_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='时点的月份')),
                        ('as_of_day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='时点的日')),
                        ('in_table', models.BooleanField(default=False, verbose_name='列入福利表')),
                        ('in_chart', models.BooleanField(default=False, verbose_name='列入图表')),
                    ],
                    options={
                        'verbose_name': '行',
                        'verbose_name_plural': '行',
                        'ordering': ['chapter', 'position'],
                    },
                ),
                migrations.CreateModel(
                    name='OutlineLineEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('position', models.PositiveSmallIntegerField(verbose_name='顺序')),
                        ('section', models.CharField(blank=True, max_length=100, verbose_name='节')),
                        ('key', models.CharField(max_length=64, verbose_name='键')),
                        ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None, verbose_name='数据项种类')),
                        ('label', models.CharField(max_length=64, verbose_name='名称')),
                        ('sentence', models.CharField(blank=True, max_length=300, verbose_name='句式')),
                        ('unit', models.CharField(blank=True, max_length=8, verbose_name='单位')),
                        ('decimals', models.PositiveSmallIntegerField(default=2, verbose_name='万元小数位')),
                        ('shift_months', models.SmallIntegerField(default=0, verbose_name='统计期平移月数')),
                        ('as_of_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='时点的月份')),
                        ('as_of_day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='时点的日')),
                        ('in_table', models.BooleanField(default=False, verbose_name='列入福利表')),
                        ('in_chart', models.BooleanField(default=False, verbose_name='列入图表')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ReportMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('action', models.CharField(max_length=32, verbose_name='操作')),
                        ('source', models.CharField(blank=True, max_length=32, verbose_name='起始')),
                        ('target', models.CharField(max_length=32, verbose_name='截止')),
                        ('reason', models.TextField(blank=True, verbose_name='原因')),
                        ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                    ],
                    options={
                        'verbose_name': '报告流转记录',
                        'verbose_name_plural': '报告流转记录',
                        'ordering': ['at', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ReportPreview',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pdf', models.FileField(upload_to='previews/', verbose_name='PDF')),
                        ('docx', models.FileField(upload_to='previews/', verbose_name='Word')),
                        ('pages', models.PositiveIntegerField(verbose_name='页数')),
                        ('made_at', models.DateTimeField(verbose_name='生成时间')),
                    ],
                    options={
                        'verbose_name': '草稿预览',
                        'verbose_name_plural': '草稿预览',
                    },
                ),
                migrations.CreateModel(
                    name='AnnualReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='标题')),
                        ('period_start', models.DateField(verbose_name='期间起')),
                        ('period_end', models.DateField(verbose_name='期间止')),
                        ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版本')),
                        ('revision_reason', models.CharField(blank=True, max_length=200, verbose_name='修订原因')),
                        ('state', models.CharField(choices=[('draft', '草稿'), ('freezing', '定稿中'), ('frozen', '已定稿')], default='draft', max_length=16, verbose_name='状态')),
                        ('occasion', models.CharField(blank=True, max_length=200, verbose_name='报告场合')),
                        ('speaker', models.CharField(blank=True, max_length=100, verbose_name='报告人')),
                        ('signer', models.CharField(blank=True, max_length=100, verbose_name='落款单位')),
                        ('signed_on', models.DateField(blank=True, null=True, verbose_name='落款日期')),
                        ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='已定稿')),
                        ('snapshot', models.JSONField(blank=True, null=True, verbose_name='定稿时的数据与文字')),
                        ('snapshot_hash', models.CharField(blank=True, max_length=64)),
                        ('pdf', models.FileField(blank=True, upload_to='reports/', verbose_name='PDF')),
                        ('pdf_hash', models.CharField(blank=True, max_length=64)),
                        ('pages', models.PositiveIntegerField(blank=True, null=True, verbose_name='页数')),
                        ('failure', models.TextField(blank=True, verbose_name='定稿未成的原因')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                        ('frozen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='定稿人')),
                        ('prepared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                        ('revises', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revised_by', to='annual_report.annualreport', verbose_name='修订自')),
                        ('outline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='annual_report.outline', verbose_name='提纲')),
                    ],
                    options={
                        'verbose_name': '年度报告',
                        'verbose_name_plural': '年度报告',
                        'ordering': ['-period_end', '-version', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ChapterText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(blank=True, verbose_name='叙述')),
                        ('closing', models.TextField(blank=True, verbose_name='数据之后的叙述')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='annual_report.annualreport', verbose_name='报告')),
                    ],
                    options={
                        'verbose_name': '叙述',
                        'verbose_name_plural': '叙述',
                        'ordering': ['chapter__position'],
                    },
                ),
                migrations.CreateModel(
                    name='ChapterTextEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('text', models.TextField(blank=True, verbose_name='叙述')),
                        ('closing', models.TextField(blank=True, verbose_name='数据之后的叙述')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annual_report.chaptertext')),
                        ('report', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annual_report.annualreport', verbose_name='报告')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Explanation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=64, verbose_name='数据项')),
                        ('text', models.CharField(max_length=300, verbose_name='说明')),
                        ('at', models.DateTimeField(auto_now=True, verbose_name='时间')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经手人')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='explanations', to='annual_report.annualreport', verbose_name='报告')),
                    ],
                    options={
                        'verbose_name': '说明',
                        'verbose_name_plural': '说明',
                    },
                ),
                migrations.AddField(
                    model_name='outlinechapter',
                    name='outline',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chapters', to='annual_report.outline', verbose_name='提纲'),
                ),
                migrations.AddField(
                    model_name='chaptertextevent',
                    name='chapter',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annual_report.outlinechapter', verbose_name='章'),
                ),
                migrations.AddField(
                    model_name='chaptertext',
                    name='chapter',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='annual_report.outlinechapter', verbose_name='章'),
                ),
                migrations.AddField(
                    model_name='outlinechapterevent',
                    name='outline',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annual_report.outline', verbose_name='提纲'),
                ),
                migrations.AddField(
                    model_name='outlinechapterevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='outlinechapterevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annual_report.outlinechapter'),
                ),
                migrations.AddField(
                    model_name='outlineevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='outlineevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annual_report.outline'),
                ),
                migrations.AddField(
                    model_name='outlineline',
                    name='chapter',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='annual_report.outlinechapter', verbose_name='章'),
                ),
                migrations.AddField(
                    model_name='outlinelineevent',
                    name='chapter',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annual_report.outlinechapter', verbose_name='章'),
                ),
                migrations.AddField(
                    model_name='outlinelineevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='outlinelineevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annual_report.outlineline'),
                ),
                migrations.AddField(
                    model_name='reportmove',
                    name='actor',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人'),
                ),
                migrations.AddField(
                    model_name='reportmove',
                    name='subject',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='annual_report.annualreport', verbose_name='报告'),
                ),
                migrations.AddField(
                    model_name='reportpreview',
                    name='report',
                    field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='preview', to='annual_report.annualreport', verbose_name='报告'),
                ),
                migrations.AddConstraint(
                    model_name='explanation',
                    constraint=models.UniqueConstraint(fields=('report', 'key'), name='annual_report_explanation_once'),
                ),
                migrations.AddConstraint(
                    model_name='annualreport',
                    constraint=models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='annual_report_period_in_order', violation_error_message='期间的结束日期应晚于开始日期。'),
                ),
                migrations.AddConstraint(
                    model_name='annualreport',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'frozen'), _negated=True), models.Q(('frozen_at__isnull', False), ('snapshot__isnull', False), models.Q(('snapshot_hash', ''), _negated=True), models.Q(('pdf_hash', ''), _negated=True)), _connector='OR'), name='annual_report_frozen_is_whole'),
                ),
                migrations.AddConstraint(
                    model_name='annualreport',
                    constraint=models.CheckConstraint(condition=models.Q(('revises__isnull', True), models.Q(('revision_reason', ''), _negated=True), _connector='OR'), name='annual_report_revision_has_a_reason', violation_error_message='修订须写明原因。'),
                ),
                migrations.AddConstraint(
                    model_name='outlinechapter',
                    constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('outline', 'position'), name='annual_report_chapter_once'),
                ),
                migrations.AddConstraint(
                    model_name='chaptertext',
                    constraint=models.UniqueConstraint(fields=('report', 'chapter'), name='annual_report_text_once'),
                ),
                migrations.AddConstraint(
                    model_name='outlineline',
                    constraint=models.UniqueConstraint(fields=('chapter', 'key'), name='annual_report_line_once'),
                ),
                migrations.AddConstraint(
                    model_name='outlineline',
                    constraint=models.CheckConstraint(condition=models.Q(('kinds__len__gte', 1)), name='annual_report_line_has_a_kind'),
                ),
                migrations.AddConstraint(
                    model_name='outlineline',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('as_of_day__isnull', True), ('as_of_month__isnull', True)), models.Q(('as_of_day__range', (1, 31)), ('as_of_month__range', (1, 12))), _connector='OR'), name='annual_report_line_as_of_complete', violation_error_message='时点需同时填写月和日。'),
                ),
            ],
        ),
        AddTriggers(
            [
                ('outline', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlineevent" ("closing", "code", "id", "name", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "salutation", "style", "title") SELECT new_values."closing", new_values."code", new_values."id", new_values."name", new_values."opening", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."salutation", new_values."style", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eabc4a311f25398a67d8886361502fed86c452ed', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6b5e5', referencing='REFERENCING NEW TABLE AS new_values ', table='annual_report_outline', when='AFTER'))),
                ('outline', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlineevent" ("closing", "code", "id", "name", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "salutation", "style", "title") SELECT new_values."closing", new_values."code", new_values."id", new_values."name", new_values."opening", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."salutation", new_values."style", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9eacefd9d4b3502c32a39490218758b1676096f5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d77c1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='annual_report_outline', when='AFTER'))),
                ('outline', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlineevent" ("closing", "code", "id", "name", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "salutation", "style", "title") SELECT old_values."closing", old_values."code", old_values."id", old_values."name", old_values."opening", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."salutation", old_values."style", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5bb3bf235d28da30d7557fcf6139dfc42804aa27', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_91132', referencing='REFERENCING OLD TABLE AS old_values ', table='annual_report_outline', when='AFTER'))),
                ('outlinechapter', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinechapterevent" ("guidance", "heading", "id", "narrative", "outline_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."guidance", new_values."heading", new_values."id", new_values."narrative", new_values."outline_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b0cf36252b6eb6f52782dea95c82cbb742264cbc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c25a4', referencing='REFERENCING NEW TABLE AS new_values ', table='annual_report_outlinechapter', when='AFTER'))),
                ('outlinechapter', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinechapterevent" ("guidance", "heading", "id", "narrative", "outline_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."guidance", new_values."heading", new_values."id", new_values."narrative", new_values."outline_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='95974aa363919d933584a5bf023a12498bec71d8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5f4ec', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='annual_report_outlinechapter', when='AFTER'))),
                ('outlinechapter', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinechapterevent" ("guidance", "heading", "id", "narrative", "outline_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."guidance", old_values."heading", old_values."id", old_values."narrative", old_values."outline_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='39273bcdd656cc21689135eb14f64aa521a6fff2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_60c17', referencing='REFERENCING OLD TABLE AS old_values ', table='annual_report_outlinechapter', when='AFTER'))),
                ('chaptertext', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_chaptertextevent" ("chapter_id", "closing", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text") SELECT new_values."chapter_id", new_values."closing", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."report_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7bd60f9485344129ed7d84df6bdf19f35e31a123', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8c33e', referencing='REFERENCING NEW TABLE AS new_values ', table='annual_report_chaptertext', when='AFTER'))),
                ('chaptertext', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_chaptertextevent" ("chapter_id", "closing", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text") SELECT new_values."chapter_id", new_values."closing", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."report_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b2e35eaf5b3626c498c2b89833678425dbf30dcd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fe1b9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='annual_report_chaptertext', when='AFTER'))),
                ('chaptertext', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_chaptertextevent" ("chapter_id", "closing", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text") SELECT old_values."chapter_id", old_values."closing", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."report_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5794e939c8ae6d6f2302ed05dab24d2c81002c9e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_45c60', referencing='REFERENCING OLD TABLE AS old_values ', table='annual_report_chaptertext', when='AFTER'))),
                ('outlineline', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinelineevent" ("as_of_day", "as_of_month", "chapter_id", "decimals", "id", "in_chart", "in_table", "key", "kinds", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "section", "sentence", "shift_months", "unit") SELECT new_values."as_of_day", new_values."as_of_month", new_values."chapter_id", new_values."decimals", new_values."id", new_values."in_chart", new_values."in_table", new_values."key", new_values."kinds", new_values."label", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."section", new_values."sentence", new_values."shift_months", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='05a0ecf53974e9e5c99b80cbefb79f5d109334c8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_626e1', referencing='REFERENCING NEW TABLE AS new_values ', table='annual_report_outlineline', when='AFTER'))),
                ('outlineline', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinelineevent" ("as_of_day", "as_of_month", "chapter_id", "decimals", "id", "in_chart", "in_table", "key", "kinds", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "section", "sentence", "shift_months", "unit") SELECT new_values."as_of_day", new_values."as_of_month", new_values."chapter_id", new_values."decimals", new_values."id", new_values."in_chart", new_values."in_table", new_values."key", new_values."kinds", new_values."label", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."section", new_values."sentence", new_values."shift_months", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d7b11ae889940bf52c556e4a7b78707bb07d8ffa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_12745', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='annual_report_outlineline', when='AFTER'))),
                ('outlineline', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinelineevent" ("as_of_day", "as_of_month", "chapter_id", "decimals", "id", "in_chart", "in_table", "key", "kinds", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "section", "sentence", "shift_months", "unit") SELECT old_values."as_of_day", old_values."as_of_month", old_values."chapter_id", old_values."decimals", old_values."id", old_values."in_chart", old_values."in_table", old_values."key", old_values."kinds", old_values."label", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."section", old_values."sentence", old_values."shift_months", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='28d7d0a5c11bfb302cddf97ece0a21b9ab562220', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_28f77', referencing='REFERENCING OLD TABLE AS old_values ', table='annual_report_outlineline', when='AFTER'))),
            ],
        ),
    ]
