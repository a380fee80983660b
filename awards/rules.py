"""Who may act on subjects, registrations, dossiers and the catalogue.

Predicates get the object that was fetched with ``visible_to``; without an object they answer False.
"""

from typing import Any

import rules

from awards.enums import DossierState, Proposer, RegistrationState
from awards.models import Dossier, Subject
from blocs.enums import Area
from blocs.tables.access import access_of


def dossier_of(obj: Any) -> Dossier | None:
    """The dossier that ``obj`` is or belongs to."""
    if isinstance(obj, Dossier):
        return obj
    found = getattr(obj, "dossier", None)
    return found if isinstance(found, Dossier) else None


def council_id_of(obj: Any) -> int | None:
    found = getattr(obj, "council_id", None)
    if found is None and (dossier := dossier_of(obj)) is not None:
        return dossier.council_id
    return found


@rules.predicate
def is_councils_standing_body(user: Any, obj: Any) -> bool:
    """Works in the standing agency of the council that this object belongs to."""
    return obj is not None and council_id_of(obj) in access_of(user).standing_ids


@rules.predicate
def is_any_standing_body(user: Any) -> bool:
    return bool(access_of(user).standing_ids)


@rules.predicate
def is_administrator(user: Any) -> bool:
    return bool(getattr(user, "is_staff", False)) and bool(getattr(user, "is_active", False))


@rules.predicate
def works_in_an_agency(user: Any) -> bool:
    return bool(access_of(user).agency_ids)


def subject_of(obj: Any) -> Subject | None:
    if isinstance(obj, Subject):
        return obj
    found = getattr(obj, "subject", None)
    return found if isinstance(found, Subject) else None


@rules.predicate
def is_own_subject(user: Any, obj: Any) -> bool:
    """An officer or leader of the agency that the subject (or its history's line) belongs to."""
    subject = subject_of(obj)
    return subject is not None and subject.agency_id in access_of(user).agency_ids


@rules.predicate
def is_subjects_standing_body(user: Any, obj: Any) -> bool:
    subject = subject_of(obj)
    return subject is not None and subject.council_id in access_of(user).standing_ids


@rules.predicate
def is_not_merged(user: Any, obj: Any) -> bool:
    subject = subject_of(obj)
    return subject is not None and subject.merged_into_id is None


@rules.predicate
def is_own_agency(user: Any, obj: Any) -> bool:
    """The object is an agency of this person, or belongs to one."""
    if obj is None:
        return False
    agency_id = obj.pk if obj._meta.label == "blocs.Agency" else getattr(obj, "agency_id", None)
    return agency_id in access_of(user).agency_ids


@rules.predicate
def signs_for_agency(user: Any, obj: Any) -> bool:
    return obj is not None and getattr(obj, "agency_id", None) in access_of(user).signs_for


@rules.predicate
def registration_is_draft(user: Any, registration: Any) -> bool:
    return registration is not None and registration.state == RegistrationState.DRAFT


@rules.predicate
def is_maker(user: Any, obj: Any) -> bool:
    """Makes this dossier: people of the agency; for a bloc's, who runs the bloc's scores."""
    dossier = dossier_of(obj)
    if dossier is None:
        return False
    access = access_of(user)
    if dossier.proposer == Proposer.BLOC:
        return dossier.bloc_year_id in access.runs(Area.SCORES)
    return dossier.agency_id in access.agency_ids


@rules.predicate
def signs_for_maker(user: Any, obj: Any) -> bool:
    """The leader of the agency, or whom the leader authorised; for a bloc's dossier the head agency's."""
    dossier = dossier_of(obj)
    if dossier is None:
        return False
    access = access_of(user)
    if dossier.proposer == Proposer.BLOC:
        return dossier.bloc_year_id in access.signs_headed_ids
    return dossier.agency_id in access.signs_for


@rules.predicate
def runs_blocs_scores(user: Any, bloc_year: Any) -> bool:
    """The head's people of this bloc-year, and whom they delegated its scores to: they make its dossier."""
    return bloc_year is not None and bloc_year.pk in access_of(user).runs(Area.SCORES)


def dossier_is(*states: DossierState) -> Any:
    @rules.predicate(f"dossier_is:{'|'.join(states)}")
    def predicate(user: Any, obj: Any) -> bool:
        dossier = dossier_of(obj)
        return dossier is not None and dossier.state in states

    return predicate


@rules.predicate
def is_assigned(user: Any, obj: Any) -> bool:
    """The specialist to whom the standing body assigned this dossier."""
    dossier = dossier_of(obj)
    return dossier is not None and dossier.assigned_to_id is not None and dossier.assigned_to_id == user.pk


@rules.predicate
def is_asked_agency(user: Any, opinion: Any) -> bool:
    return opinion is not None and getattr(opinion, "asked_id", None) in access_of(user).agency_ids


# The catalogue is the administrator's and the standing body's to keep; a province's settings its own.
rules.add_perm("awards.edit_catalogue", is_administrator | is_any_standing_body)
rules.add_perm("awards.edit_council_rules", is_councils_standing_body)
# Subjects and their history. Freezes are for the standing body to record.
rules.add_perm("awards.add_subject", works_in_an_agency | is_any_standing_body)
rules.add_perm("awards.edit_subject", (is_own_subject | is_subjects_standing_body) & is_not_merged)
rules.add_perm("awards.edit_history", (is_own_subject | is_subjects_standing_body) & is_not_merged)
rules.add_perm("awards.edit_freezes", is_subjects_standing_body & is_not_merged)
rules.add_perm("awards.merge_subjects", is_own_subject | is_subjects_standing_body)
rules.add_perm("awards.import_files", works_in_an_agency | is_any_standing_body)
rules.add_perm("awards.undo_import", is_own_agency | is_councils_standing_body | is_maker)
# Registrations.
rules.add_perm("awards.register", is_own_agency)
rules.add_perm("awards.edit_registration", is_own_agency & registration_is_draft)
rules.add_perm("awards.send_registration", signs_for_agency)
# Dossiers, their makers' side.
rules.add_perm("awards.create_dossier", is_own_agency)
rules.add_perm("awards.create_bloc_dossier", runs_blocs_scores)
rules.add_perm("awards.edit_dossier", is_maker & dossier_is(DossierState.DRAFT))
rules.add_perm("awards.sign_off_dossier", signs_for_maker)
rules.add_perm("awards.submit_dossier", is_maker)
rules.add_perm("awards.answer_supplements", is_maker & dossier_is(DossierState.SUPPLEMENT))
# The standing body's side: all of it reads, receives and assigns; the assigned specialist decides.
rules.add_perm("awards.see_inbox", is_any_standing_body)
rules.add_perm("awards.receive_dossier", is_councils_standing_body)
rules.add_perm("awards.assign_dossier", is_councils_standing_body)
rules.add_perm("awards.appraise_dossier", is_councils_standing_body & is_assigned)
rules.add_perm(
    "awards.write_appraisal",
    is_councils_standing_body & is_assigned & dossier_is(DossierState.RECEIVED, DossierState.SUPPLEMENT),
)
rules.add_perm("awards.answer_opinion", is_asked_agency)
rules.add_perm("awards.post_publicly", is_councils_standing_body)
rules.add_perm("awards.decide_dossier", is_councils_standing_body)
