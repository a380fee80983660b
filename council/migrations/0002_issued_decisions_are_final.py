"""An issued decision and its lines never change: the database refuses all but what follows from them later."""

from typing import Any

from django.db import migrations

from accounts.domain.append_only import installer, remover

# Issued rows have their code. Free: the state (issued, then revoked), and the subject of a line, which a merge moves.
ISSUED = "OLD.code IS NOT NULL"
DECISION: dict[str, Any] = {
    "when": ISSUED,
    "columns": (
        *("council_id", "issuer_id", "kind", "session_id", "corrects_id", "title", "category", "year"),
        *("achievement_from", "achievement_until", "grounds", "proposed_by", "reason", "number", "symbol"),
        *("issued_on", "issued_year", "signer_name", "signer_title", "code", "issued_at", "issued_by_id"),
    ),
}
# Free as well: the day of revocation, the book of certificates, the payment.
LINE: dict[str, Any] = {
    "when": ISSUED,
    "columns": (
        *("decision_id", "position", "nomination_id", "award_id", "name", "post", "unit", "citation", '"group"'),
        *("field", "agency_id", "earlier_id", "record_id", "code", "amount", "formula"),
    ),
}


class Migration(migrations.Migration):
    dependencies = [("council", "0001_council_in_full")]

    operations = [
        migrations.RunPython(installer("council_decision", **DECISION), remover("council_decision", **DECISION)),
        migrations.RunPython(installer("council_decisionline", **LINE), remover("council_decisionline", **LINE)),
    ]
