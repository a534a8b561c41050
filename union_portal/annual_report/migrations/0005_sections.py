"""Sections and their paragraphs, and the chair's words by section."""

import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from union_portal.base.operations import AddTriggers, AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('annual_report', '0004_freeze_by_two'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name='OutlineParagraph',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='顺序')),
                        ('text', models.TextField(verbose_name='正文')),
                    ],
                    options={
                        'verbose_name': '提纲的段',
                        'verbose_name_plural': '提纲的段',
                        'ordering': ['section', 'position', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='OutlineParagraphEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('position', models.PositiveSmallIntegerField(verbose_name='顺序')),
                        ('text', models.TextField(verbose_name='正文')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OutlineSection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='顺序')),
                        ('heading', models.CharField(blank=True, max_length=100, verbose_name='标题')),
                        ('theme', models.CharField(blank=True, choices=[('ideas', '思想引领'), ('democracy', '民主管理'), ('achievement', '建功立业'), ('care', '暖心服务'), ('culture', '文体活动'), ('women', '女职工'), ('retirees', '离退休'), ('organisation', '自身建设'), ('money', '经费')], max_length=16, verbose_name='主题')),
                        ('guidance', models.CharField(blank=True, max_length=200, verbose_name='这里写什么')),
                        ('starter', models.TextField(blank=True, verbose_name='起始文字')),
                    ],
                    options={
                        'verbose_name': '提纲的节',
                        'verbose_name_plural': '提纲的节',
                        'ordering': ['chapter', 'position'],
                    },
                ),
                migrations.CreateModel(
                    name='OutlineSectionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('position', models.PositiveSmallIntegerField(verbose_name='顺序')),
                        ('heading', models.CharField(blank=True, max_length=100, verbose_name='标题')),
                        ('theme', models.CharField(blank=True, choices=[('ideas', '思想引领'), ('democracy', '民主管理'), ('achievement', '建功立业'), ('care', '暖心服务'), ('culture', '文体活动'), ('women', '女职工'), ('retirees', '离退休'), ('organisation', '自身建设'), ('money', '经费')], max_length=16, verbose_name='主题')),
                        ('guidance', models.CharField(blank=True, max_length=200, verbose_name='这里写什么')),
                        ('starter', models.TextField(blank=True, verbose_name='起始文字')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SectionText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(blank=True, verbose_name='叙述')),
                        ('closing', models.TextField(blank=True, verbose_name='数据之后的叙述')),
                        ('version', models.PositiveIntegerField(default=0, verbose_name='版本')),
                    ],
                    options={
                        'verbose_name': '叙述',
                        'verbose_name_plural': '叙述',
                        'ordering': ['section__chapter__position', 'section__position'],
                    },
                ),
                migrations.CreateModel(
                    name='SectionTextEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('text', models.TextField(blank=True, verbose_name='叙述')),
                        ('closing', models.TextField(blank=True, verbose_name='数据之后的叙述')),
                        ('version', models.PositiveIntegerField(default=0, verbose_name='版本')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.AddField(
                    model_name='outlineparagraphevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='outlineparagraphevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annual_report.outlineparagraph'),
                ),
                migrations.AddField(
                    model_name='outlinesection',
                    name='chapter',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='annual_report.outlinechapter', verbose_name='章'),
                ),
                migrations.AddField(
                    model_name='outlineparagraphevent',
                    name='section',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annual_report.outlinesection', verbose_name='节'),
                ),
                migrations.AddField(
                    model_name='outlineparagraph',
                    name='section',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paragraphs', to='annual_report.outlinesection', verbose_name='节'),
                ),
                migrations.AddField(
                    model_name='outlinesectionevent',
                    name='chapter',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annual_report.outlinechapter', verbose_name='章'),
                ),
                migrations.AddField(
                    model_name='outlinesectionevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='outlinesectionevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annual_report.outlinesection'),
                ),
                migrations.AddField(
                    model_name='sectiontext',
                    name='report',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='annual_report.annualreport', verbose_name='报告'),
                ),
                migrations.AddField(
                    model_name='sectiontext',
                    name='section',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='annual_report.outlinesection', verbose_name='节'),
                ),
                migrations.AddField(
                    model_name='sectiontextevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='sectiontextevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='annual_report.sectiontext'),
                ),
                migrations.AddField(
                    model_name='sectiontextevent',
                    name='report',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annual_report.annualreport', verbose_name='报告'),
                ),
                migrations.AddField(
                    model_name='sectiontextevent',
                    name='section',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='annual_report.outlinesection', verbose_name='节'),
                ),
                migrations.AddConstraint(
                    model_name='outlinesection',
                    constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('chapter', 'position'), name='annual_report_section_once'),
                ),
                migrations.AddConstraint(
                    model_name='sectiontext',
                    constraint=models.UniqueConstraint(fields=('report', 'section'), name='annual_report_section_text_once'),
                ),
            ],
        ),
        AddTriggers(
            [
                ('outlinesection', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinesectionevent" ("chapter_id", "guidance", "heading", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "starter", "theme") SELECT new_values."chapter_id", new_values."guidance", new_values."heading", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."starter", new_values."theme" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='17be2fd140e8a7cdd52c46c35a2f4693f8e3785c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_69bab', referencing='REFERENCING NEW TABLE AS new_values ', table='annual_report_outlinesection', when='AFTER'))),
                ('outlinesection', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinesectionevent" ("chapter_id", "guidance", "heading", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "starter", "theme") SELECT new_values."chapter_id", new_values."guidance", new_values."heading", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."starter", new_values."theme" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='85101b526478b284130133896aa019de0f0aedcd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ab8a4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='annual_report_outlinesection', when='AFTER'))),
                ('outlinesection', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinesectionevent" ("chapter_id", "guidance", "heading", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "starter", "theme") SELECT old_values."chapter_id", old_values."guidance", old_values."heading", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."starter", old_values."theme" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2694ef1a14a53d94c67ff675a16cab3e61816954', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8fcb3', referencing='REFERENCING OLD TABLE AS old_values ', table='annual_report_outlinesection', when='AFTER'))),
                ('outlineparagraph', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlineparagraphevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "section_id", "text") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."section_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e8885d973eb0186f1f9c90517b20d01a05351479', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_84b53', referencing='REFERENCING NEW TABLE AS new_values ', table='annual_report_outlineparagraph', when='AFTER'))),
                ('outlineparagraph', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlineparagraphevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "section_id", "text") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."section_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ec301012dc3ccc5e132aa594f1a042aa88e46d08', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7273e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='annual_report_outlineparagraph', when='AFTER'))),
                ('outlineparagraph', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlineparagraphevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "section_id", "text") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."section_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='99c4e8217d40b1c81087b524fa355059ecd35550', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_815de', referencing='REFERENCING OLD TABLE AS old_values ', table='annual_report_outlineparagraph', when='AFTER'))),
                ('sectiontext', pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_sectiontextevent" ("closing", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "section_id", "text", "version") SELECT new_values."closing", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."report_id", new_values."section_id", new_values."text", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='26a468319a858acd92022417df639314e499b7a0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5fc37', referencing='REFERENCING NEW TABLE AS new_values ', table='annual_report_sectiontext', when='AFTER'))),
                ('sectiontext', pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_sectiontextevent" ("closing", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "section_id", "text", "version") SELECT new_values."closing", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."report_id", new_values."section_id", new_values."text", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c84e3e8784ad98c57d901b0d020df68e93daed01', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7185d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='annual_report_sectiontext', when='AFTER'))),
                ('sectiontext', pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_sectiontextevent" ("closing", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "section_id", "text", "version") SELECT old_values."closing", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."report_id", old_values."section_id", old_values."text", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e8c8777f3dd66aca638e504b2bd7fda0f003b861', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_26d84', referencing='REFERENCING OLD TABLE AS old_values ', table='annual_report_sectiontext', when='AFTER'))),
            ],
        ),
    ]
