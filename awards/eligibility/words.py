"""The words of the eligibility file and what the law reads for them."""

from awards.law.facts import Absence, Category, FreezeKind, Grade, Sanction, Scope, SubjectKind
from awards.law.rule_sets import BY_CODE
from awards.seeds.forms import FORMS
from blocs.enums import Award

FIRST_YEAR = 1945
LAST_YEAR = 2100
MANY = 1_000_000

# Codes that commendations of the blocs use, then the rest of the catalogue as it is shipped.
AWARDS = {code: code for code in (*map(str, Award.values), *(form.code for form in FORMS))}
# What a dossier attests because nobody can count it; the sentences of ``awards.law`` say what each means.
ATTESTATIONS = (
    *("chosen", "commune-tasks", "culture", "democracy", "economy", "environment", "ethics", "exemplary"),
    *("family-life", "forces", "learning", "movement", "new-model", "obeys", "outstanding", "party", "policies"),
    *("production", "productive", "provincial-detail", "solidarity", "spirit", "thrift", "unity", "welfare"),
)
KINDS = {each.value: each for each in SubjectKind}
CATEGORIES = {each.value: each for each in Category}
GRADES = {each.name: each for each in sorted(Grade, reverse=True)}
SCOPES = {each.name.lower(): each for each in Scope}
FREEZES = {each.value: each for each in FreezeKind}
SANCTIONS = {each.name.lower(): each for each in Sanction}
ABSENCES = {each.value: each for each in Absence}
RULE_SETS = {code: code for code in BY_CODE}
SEXES = {word: word for word in ("female", "male")}
INITIATIVES = {word: word for word in ("initiative", "research", "ingenuity")}
ORGANISERS = {word: word for word in ("province", "central", "authorised")}
LAUNCHERS = {word: word for word in ("nation", "province", "agency")}
