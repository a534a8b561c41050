"""Terms, sessions and items of the agenda bear on the screens the names that their lists have."""

import django.db.models.deletion
from django.db import migrations, models

from union_portal.base.operations import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('congress', '0010_kinds_of_answers'),
        ('members', '0006_transactions_of_moves'),
    ]

    operations = [
        AtOnce([
        migrations.AlterField(
            model_name='agendaitem',
            name='position',
            field=models.PositiveSmallIntegerField(verbose_name='序号'),
        ),
        migrations.AlterField(
            model_name='agendaitem',
            name='title',
            field=models.CharField(max_length=200, verbose_name='议题'),
        ),
        migrations.AlterField(
            model_name='agendaitemevent',
            name='position',
            field=models.PositiveSmallIntegerField(verbose_name='序号'),
        ),
        migrations.AlterField(
            model_name='agendaitemevent',
            name='title',
            field=models.CharField(max_length=200, verbose_name='议题'),
        ),
        migrations.AlterField(
            model_name='congress',
            name='began_on',
            field=models.DateField(verbose_name='任期开始'),
        ),
        migrations.AlterField(
            model_name='congress',
            name='branch',
            field=models.ForeignKey(blank=True, help_text='留空为全校。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='congresses', to='members.branch', verbose_name='分工会'),
        ),
        migrations.AlterField(
            model_name='congress',
            name='ends_on',
            field=models.DateField(verbose_name='任期届满'),
        ),
        migrations.AlterField(
            model_name='congressevent',
            name='began_on',
            field=models.DateField(verbose_name='任期开始'),
        ),
        migrations.AlterField(
            model_name='congressevent',
            name='branch',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='留空为全校。', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.branch', verbose_name='分工会'),
        ),
        migrations.AlterField(
            model_name='congressevent',
            name='ends_on',
            field=models.DateField(verbose_name='任期届满'),
        ),
        migrations.AlterField(
            model_name='session',
            name='ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='结束日期'),
        ),
        migrations.AlterField(
            model_name='session',
            name='kind',
            field=models.CharField(choices=[('regular', '年度例会'), ('special', '专题会议'), ('election', '换届会议')], default='regular', max_length=16, verbose_name='会议类型'),
        ),
        migrations.AlterField(
            model_name='session',
            name='title',
            field=models.CharField(max_length=100, verbose_name='会议名称'),
        ),
        migrations.AlterField(
            model_name='sessionevent',
            name='ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='结束日期'),
        ),
        migrations.AlterField(
            model_name='sessionevent',
            name='kind',
            field=models.CharField(choices=[('regular', '年度例会'), ('special', '专题会议'), ('election', '换届会议')], default='regular', max_length=16, verbose_name='会议类型'),
        ),
        migrations.AlterField(
            model_name='sessionevent',
            name='title',
            field=models.CharField(max_length=100, verbose_name='会议名称'),
        ),
        ]),
    ]
