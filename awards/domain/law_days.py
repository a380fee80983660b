"""The day whose law a dossier is judged by."""

from datetime import date

from django.utils import timezone

from awards.enums import DossierState
from awards.law.rule_sets import R2025
from awards.models import Dossier


def law_day(dossier: Dossier) -> date:
    """The day the competent body received it, else the day it was sent, else today (Luật 06/2026/QH16, Điều 4.4).

    What was sent before NĐ 152/2025 came into force stays under the older decree, however late it was received:
    that clause speaks of sending (Điều 60 khoản 3).
    """
    sent = timezone.localdate(dossier.submitted_at) if dossier.submitted_at is not None else None
    if sent is not None and dossier.received_on is not None and sent < R2025.starts <= dossier.received_on:
        return sent
    return dossier.received_on or sent or timezone.localdate()


def considered_day(dossier: Dossier) -> date:
    """The day on which open matters are looked at: today until the dossier is concluded, then the day of the law.

    NĐ 152/2025, Điều 4.4 speaks of the time of the award, not of receipt.
    """
    return law_day(dossier) if dossier.state == DossierState.CONCLUDED else timezone.localdate()
