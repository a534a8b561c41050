"""A frozen report is kept in Word too, and goes with or without its sources."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annual_report', '0007_sections_alone'),
    ]

    operations = [
        migrations.AddField(
            model_name='annualreport',
            name='docx',
            field=models.FileField(blank=True, upload_to='reports/', verbose_name='Word'),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='docx_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='sources',
            field=models.BooleanField(default=True, help_text='列出每项数据的统计口径，供核对；不勾选时仍保存在 PDF 所附的数据文件中。', verbose_name='附数据来源一览'),
        ),
    ]
