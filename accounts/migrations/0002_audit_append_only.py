"""The database refuses to change or delete audit entries and the heads of their chains."""

from django.db import migrations

from accounts.domain.append_only import installer, remover


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(installer("accounts_auditentry"), remover("accounts_auditentry")),
        migrations.RunPython(
            installer("accounts_auditchain", refuse=("DELETE",)), remover("accounts_auditchain", refuse=("DELETE",))
        ),
    ]
