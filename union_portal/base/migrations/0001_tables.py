"""The vocabulary's own tables."""

from django.db import migrations, models
from union_portal.base.operations import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [

    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name='JobProgress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=100, unique=True)),
                        ('state', models.CharField(choices=[('running', '进行中'), ('done', '已完成'), ('failed', '失败')], default='running', max_length=16, verbose_name='状态')),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('total', models.PositiveIntegerField(default=1)),
                        ('message', models.CharField(blank=True, max_length=200)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'verbose_name': '任务进度',
                        'verbose_name_plural': '任务进度',
                    },
                ),
                migrations.CreateModel(
                    name='KeyCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key_id', models.CharField(max_length=16, unique=True)),
                        ('value', models.CharField(max_length=128)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'verbose_name': '密钥校验',
                        'verbose_name_plural': '密钥校验',
                    },
                ),
                migrations.CreateModel(
                    name='SentForm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, unique=True, verbose_name='摘要')),
                        ('address', models.CharField(blank=True, max_length=500, verbose_name='结果页')),
                        ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='时间')),
                    ],
                    options={
                        'verbose_name': '已提交的表单',
                        'verbose_name_plural': '已提交的表单',
                    },
                ),
                migrations.CreateModel(
                    name='AllowedMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('machine', models.CharField(max_length=64)),
                        ('source', models.CharField(blank=True, max_length=32)),
                        ('target', models.CharField(max_length=32)),
                    ],
                    options={
                        'verbose_name': '允许的流转',
                        'verbose_name_plural': '允许的流转',
                        'constraints': [models.UniqueConstraint(fields=('machine', 'source', 'target'), name='base_allowedmove_once')],
                    },
                ),
            ],
        ),
    ]
