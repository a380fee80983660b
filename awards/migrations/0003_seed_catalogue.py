from django.db import migrations

from awards.seeds import sow


def seed(apps, schema_editor):
    sow(lambda name: apps.get_model("awards", name))


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_sent_versions_are_final")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop, elidable=False)]
