"""The report on proposals keeps an officer's words, its cases, and its paper in Word."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('congress', '0011_one_name'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposalreport',
            name='after',
            field=models.TextField(blank=True, help_text='写在统计数字之后，如存在的不足和下一步打算；每段一行。', verbose_name='报告结尾'),
        ),
        migrations.AddField(
            model_name='proposalreport',
            name='before',
            field=models.TextField(blank=True, help_text='写在统计数字之前，如一年来提案工作的组织情况；每段一行。', verbose_name='报告开头'),
        ),
        migrations.AddField(
            model_name='proposalreport',
            name='docx',
            field=models.FileField(blank=True, upload_to='proposal-reports/', verbose_name='Word'),
        ),
        migrations.CreateModel(
            name='ProposalCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(verbose_name='办理情况')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='congress.proposal', verbose_name='提案')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='congress.proposalreport', verbose_name='提案工作报告')),
            ],
            options={
                'verbose_name': '提案办理实例',
                'verbose_name_plural': '提案办理实例',
                'ordering': ['report', 'proposal__number', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('report', 'proposal'), name='congress_proposalcase_once', violation_error_message='该提案已列为实例。')],
            },
        ),
    ]
