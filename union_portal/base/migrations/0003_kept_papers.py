"""Where people's files lie, and what they were called."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=100, unique=True, verbose_name='存放位置')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('kind', models.CharField(max_length=8, verbose_name='文件类型')),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('taken_at', models.DateTimeField(auto_now_add=True, verbose_name='收取时间')),
                ('unused_since', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
            ],
            options={
                'verbose_name': '附件',
                'verbose_name_plural': '附件',
            },
        ),
    ]
