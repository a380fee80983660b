"""The database refuses to change or delete an issued paper."""

from django.db import migrations

from accounts.domain.append_only import installer, remover


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("accounts", "0003_cache_table")]

    operations = [migrations.RunPython(installer("reports_issueddocument"), remover("reports_issueddocument"))]
