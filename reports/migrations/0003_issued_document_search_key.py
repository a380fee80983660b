"""A search key of the title. SQLite rebuilds the table for it, which drops its triggers: put them back."""

from django.db import migrations

from accounts.domain.append_only import installer, remover
from khoithidua.web.fields import SearchKeyField

TABLE = "reports_issueddocument"


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_issued_documents_are_final")]

    operations = [
        migrations.RunPython(remover(TABLE), installer(TABLE)),
        migrations.AddField(
            model_name="issueddocument",
            name="search_key",
            field=SearchKeyField(default="", editable=False, max_length=1500, source="title"),
        ),
        migrations.RunPython(installer(TABLE), remover(TABLE)),
    ]
