"""Keys of people whose surnames have got another reading: they stand in order and are found by it."""

from django.db import migrations
from django.db.models import Q

SURNAMES = "六不炅干扎难粘肖泥俱术蔚要么舍什仆塞艮莞冠勒沓颉番泌且散甯耶铫子为便监予弹阿"


def read_again(apps, schema_editor):
    from union_portal.base.chinese import pinyin_key, search_key

    people = apps.get_model("members", "Person").objects.using(schema_editor.connection.alias)
    asked = Q(pk=None)
    for surname in SURNAMES:
        asked |= Q(name__startswith=surname)
    for person in people.filter(asked).only("pk", "name", "reading"):
        people.filter(pk=person.pk).update(
            search_key=search_key(person.name, person.reading), pinyin_key=pinyin_key(person.name, person.reading)
        )


class Migration(migrations.Migration):
    dependencies = [("members", "0001_tables")]

    operations = [migrations.RunPython(read_again, migrations.RunPython.noop, elidable=True)]
