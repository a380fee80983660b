"""Petitions and commendations are searched without accents."""

from django.db import migrations

import khoithidua.web.fields
from blocs.enums import Award
from khoithidua.web.text import search_key


def fill(apps, schema_editor):
    words = dict(Award.choices)
    for row in apps.get_model("blocs", "Petition").objects.iterator():
        type(row).objects.filter(pk=row.pk).update(search_key=search_key(row.subject))
    for row in apps.get_model("blocs", "Commendation").objects.iterator():
        text = f"{row.reason} {row.issuer} {words.get(row.award, row.award)}"
        type(row).objects.filter(pk=row.pk).update(search_key=search_key(text)[:1500])


class Migration(migrations.Migration):
    dependencies = [("blocs", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="commendation",
            name="search_key",
            field=khoithidua.web.fields.SearchKeyField(
                default="", editable=False, max_length=1500, source="search_text"
            ),
        ),
        migrations.AddField(
            model_name="petition",
            name="search_key",
            field=khoithidua.web.fields.SearchKeyField(default="", editable=False, max_length=1500, source="subject"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
