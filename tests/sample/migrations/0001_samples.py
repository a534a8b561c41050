"""The samples that the tests of the base classes look at."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import tests.sample.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0002_guards'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Loan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40, verbose_name='物品')),
                ('lent_on', models.DateField(validators=[tests.sample.models.not_before_the_union], verbose_name='借出日期')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='应还日期')),
                ('borrower', models.CharField(blank=True, max_length=40, verbose_name='借用人')),
                ('worth', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='价值')),
                ('branch_only', models.BooleanField(default=False, verbose_name='分工会可见')),
                ('returned_on', models.DateField(blank=True, null=True, verbose_name='归还日期')),
                ('state', models.CharField(choices=[('out', '借出'), ('back', '已归还'), ('lost', '已遗失')], default='out', max_length=8, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': '借用',
                'verbose_name_plural': '借用',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=40, verbose_name='标题')),
                ('kind', models.CharField(choices=[('news', '新闻'), ('call', '征集')], default='news', max_length=8, verbose_name='类别')),
                ('posted_on', models.DateField(verbose_name='发布日期')),
                ('readers', models.PositiveIntegerField(blank=True, null=True, verbose_name='阅读人数')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
                ('pin', models.CharField(blank=True, max_length=20, verbose_name='口令')),
                ('branch_only', models.BooleanField(default=False, verbose_name='分工会可见')),
            ],
            options={
                'verbose_name': '公告',
                'verbose_name_plural': '公告',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=40, verbose_name='标题')),
                ('kind', models.CharField(choices=[('news', '新闻'), ('call', '征集')], default='news', max_length=8, verbose_name='类别')),
                ('posted_on', models.DateField(verbose_name='发布日期')),
                ('readers', models.PositiveIntegerField(blank=True, null=True, verbose_name='阅读人数')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
                ('pin', models.CharField(blank=True, max_length=20, verbose_name='口令')),
                ('branch_only', models.BooleanField(default=False, verbose_name='分工会可见')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Shelf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='编号')),
                ('branch_only', models.BooleanField(default=False, verbose_name='分工会可见')),
            ],
            options={
                'verbose_name': '货架',
                'verbose_name_plural': '货架',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Damage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=100, verbose_name='损坏情况')),
                ('found_on', models.DateField(verbose_name='发现日期')),
                ('branch_only', models.BooleanField(default=False, verbose_name='分工会可见')),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='damages', to='sample.loan', verbose_name='借用')),
            ],
            options={
                'verbose_name': '损坏',
                'verbose_name_plural': '损坏',
            },
        ),
        migrations.CreateModel(
            name='LoanMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=32, verbose_name='操作')),
                ('source', models.CharField(blank=True, max_length=32, verbose_name='起始')),
                ('target', models.CharField(max_length=32, verbose_name='截止')),
                ('reason', models.TextField(blank=True, verbose_name='原因')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='sample.loan')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sample_noticeevent" ("branch_only", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin", "posted_on", "readers", "title") SELECT new_values."branch_only", new_values."id", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pin", new_values."posted_on", new_values."readers", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d78117fa9bad66dca459c8e9245492797dacff11', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9cbdb', referencing='REFERENCING NEW TABLE AS new_values ', table='sample_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sample_noticeevent" ("branch_only", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin", "posted_on", "readers", "title") SELECT new_values."branch_only", new_values."id", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pin", new_values."posted_on", new_values."readers", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='da06c8c463454a2f60b906f22956a2f8332e9e0c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_36456', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sample_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sample_noticeevent" ("branch_only", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin", "posted_on", "readers", "title") SELECT old_values."branch_only", old_values."id", old_values."kind", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pin", old_values."posted_on", old_values."readers", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='941ebeaa5a7951c9110f793cb35eb5f156e45860', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_75475', referencing='REFERENCING OLD TABLE AS old_values ', table='sample_notice', when='AFTER')),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sample.notice'),
        ),
        migrations.AddField(
            model_name='loan',
            name='shelf',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='sample.shelf', verbose_name='货架'),
        ),
        migrations.AddConstraint(
            model_name='loan',
            constraint=models.UniqueConstraint(fields=('item', 'lent_on'), name='sample_loan_once', violation_error_message='这次借用已经登记。'),
        ),
        migrations.AddConstraint(
            model_name='loan',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__isnull', True), ('due_on__gte', models.F('lent_on')), _connector='OR'), name='sample_loan_due_later', violation_error_message='应还日期不能早于借出日期。'),
        ),
        migrations.AddConstraint(
            model_name='loan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'back'), _negated=True), ('returned_on__isnull', False), _connector='OR'), name='sample_loan_back_has_day', violation_error_message='请填写归还日期。'),
        ),
    ]
