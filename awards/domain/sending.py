"""What stands in the way of signing off and sending a dossier, and what sending records."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from awards.domain.checking import recheck_subjects
from awards.domain.checklist import missing_sentence
from awards.domain.periods import due_of, refuses_late
from awards.domain.quota_facts import blocking
from awards.domain.snapshots import snapshot
from awards.enums import SupplementState
from awards.models import Dossier, DossierVersion, Registration, Subject, Supplement

SHOWN = 3


def needs_nominations(dossier: Dossier) -> str | None:
    if not dossier.nominations.exists():
        return "Hồ sơ chưa có trường hợp đề nghị nào. Hãy thêm cá nhân, tập thể hoặc hộ gia đình."
    return None


def needs_complete_papers(dossier: Dossier) -> str | None:
    """The required papers that are missing: the first three by name, and how many (Luật TĐKT 2022, Điều 84)."""
    return missing_sentence(dossier) or None


def needs_sound_quotas(dossier: Dossier) -> str | None:
    """Caps of the law stand in the way; what only warns is told on the page (domain.md B5)."""
    over = blocking(dossier)
    return f"{over[0].sentence} ({over[0].citation})" if over else None


def needs_open_period(dossier: Dossier) -> str | None:
    """Only where the council's own rules refuse what comes late (domain.md B4)."""
    due = due_of(dossier)
    if due is None or timezone.localdate() <= due or not refuses_late(dossier):
        return None
    return (
        f"Đã quá hạn gửi hồ sơ ({due:%d/%m/%Y}) và Hội đồng không nhận hồ sơ muộn. "
        "Hãy liên hệ cơ quan thường trực Hội đồng."
    )


def needs_answers_to_supplements(dossier: Dossier) -> str | None:
    """Every request is answered: by changing what was asked for, or in words."""
    open_ones = [
        str(each) for each in Supplement.objects.filter(dossier=dossier, state=SupplementState.ASKED).order_by("pk")
    ]
    if not open_ones:
        return None
    shown = "; ".join(open_ones[:SHOWN])
    more = f" và {len(open_ones) - SHOWN} yêu cầu khác" if len(open_ones) > SHOWN else ""
    return f"Còn {len(open_ones)} yêu cầu chưa bổ sung: {shown}{more}. Hãy bổ sung hoặc trả lời từng yêu cầu."


def record_sign_off(dossier: Dossier, actor: User | None, now: datetime) -> None:
    dossier.signed_off_at, dossier.signed_off_by = now, actor
    dossier.save(update_fields=["signed_off_at", "signed_off_by"])


def record_sending(dossier: Dossier, actor: User | None, now: datetime) -> None:
    """The moment, the days after the deadline, and the dossier as it is now under the next number.

    Two sendings with the same person wait for each other (``take_subjects``), so no double proposal stays unseen.
    """
    due = due_of(dossier)
    dossier.submitted_at, dossier.due = now, due
    dossier.late_days = max(0, (timezone.localdate(now) - due).days) if due else None
    dossier.save(update_fields=["submitted_at", "due", "late_days"])
    # From now on others who propose the same people are told, and the law of today holds.
    recheck_subjects(take_subjects(dossier))
    number = dossier.versions.count() + 1
    content = snapshot(dossier)
    DossierVersion.objects.create(dossier=dossier, number=number, content=content, sent_by=actor, sent_at=now)


def take_subjects(dossier: Dossier) -> list[int]:
    """The subjects of ``dossier``, locked until the act ends; one statement.

    Of two dossiers sent at once with the same person, the second waits here and then sees that the first was sent:
    each tells of the other. Locked in one order, so that two sendings never block each other.
    """
    ids = dossier.nominations.order_by().values("subject")
    rows = Subject.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def record_return(dossier: Dossier, actor: User | None, now: datetime) -> None:
    """Back with its makers: it is sent anew, with a new day of receipt; versions that were sent stay."""
    dossier.submitted_at = dossier.late_days = dossier.signed_off_at = None
    dossier.received_on = dossier.complete_on = dossier.appraisal_due = None
    dossier.signed_off_by = dossier.favourable_by = None
    dossier.favourable_rule_set = dossier.favourable_reason = ""  # decided for the former receipt
    names = ["submitted_at", "late_days", "signed_off_at", "signed_off_by", "received_on", "complete_on"]
    favourable = ["favourable_rule_set", "favourable_reason", "favourable_by"]
    dossier.save(update_fields=[*names, "appraisal_due", *favourable])
    recheck_subjects(set(dossier.nominations.values_list("subject", flat=True)))


def record_registration(registration: Registration, actor: User | None, now: datetime) -> None:
    registration.sent_at = now
    registration.save(update_fields=["sent_at"])
