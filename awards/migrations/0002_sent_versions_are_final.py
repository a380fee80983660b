"""What was sent of a dossier never changes: the database refuses it."""

from django.db import migrations

from accounts.domain.append_only import installer, remover

TABLE = "awards_dossierversion"


class Migration(migrations.Migration):
    dependencies = [("awards", "0001_awards_in_full")]

    operations = [migrations.RunPython(installer(TABLE), remover(TABLE))]
