"""Every address × every persona: who gets in, who is refused (403), to whom it does not exist (404).

Each object of the scene belongs to the bloc of 2020 or to Sở Y tế (agency of ``officer`` and
``leader``); drafts are drafts, so what leaks would show. A new address without a row fails.
"""

import hashlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from blocs.models import Membership, Observer
from khoithidua.web.guards import PUBLIC_URL_NAMES
from reports.models import IssuedDocument
from scoring.models import Poll
from tests import matrix
from tests.factories import (
    AgencyReportFactory,
    BlocMovementFactory,
    BlocReviewFactory,
    CommendationFactory,
    ConferenceFactory,
    CriteriaSetFactory,
    CriterionFactory,
    PetitionFactory,
    PledgeFactory,
    ProposalFactory,
    RecipientCountFactory,
    ScoreSheetFactory,
    TargetFactory,
)
from tests.matrix.base import EVERYONE, MEMBERS, OWN, RUN, SECRETARIAT, STANDING, YEAR, Row, pk_of, year
from tests.world import PERSONAS, World

ROOMS = [
    import_module(f"tests.matrix.{found.name}")
    for found in pkgutil.iter_modules(matrix.__path__)
    if found.name != "base"
]


def year_rows() -> Iterator[Row]:
    """Rooms of a bloc-year that all who see it may read, and what only some may do in them."""
    for name in ("year", "members", "pledge", "movements", "conferences", "petitions", "commendations", "succession"):
        yield Row(f"blocs:{name}", YEAR, args=year)
    for name in ("criteria", "board", "proposals"):
        yield Row(f"scoring:{name}", YEAR, args=year)
    yield Row("reports:year", YEAR, args=year)
    for name in ("year-edit", "petition-new"):
        yield Row(f"blocs:{name}", RUN, YEAR - RUN, year)
    for name in ("member-add", "quotas"):
        yield Row(f"blocs:{name}", STANDING, YEAR - STANDING, year)
    for name in ("observer-add", "copy-forward"):
        yield Row(f"blocs:{name}", STANDING, YEAR - STANDING, year, "post")
    for name in ("movement-new", "movement-adopt", "conference-new", "pledge-edit"):
        yield Row(f"blocs:{name}", RUN, YEAR - RUN, year)
    yield Row("blocs:petitions-none", RUN, YEAR - RUN, year, "post")
    yield Row("blocs:year-act", RUN, YEAR - RUN, year, "post", {"transition": "conclude"})
    yield Row("blocs:delegations", SECRETARIAT, YEAR - SECRETARIAT, year, "post")
    yield Row("blocs:pledge-act", RUN, YEAR - RUN, year, "post", {"transition": "withdraw", "reason": "x"})
    own = {"fill": lambda scene: {"agency": scene.world.syt.pk, "seen": ""}}
    yield Row("blocs:pledge-sign", frozenset({"leader"}), YEAR - {"leader"}, year, "post", **own)
    yield Row("blocs:commendation-new", MEMBERS, YEAR - MEMBERS, year)
    yield Row("scoring:criteria-start", RUN, YEAR - RUN, year)
    yield Row("scoring:criteria-act", RUN, YEAR - RUN, year, "post", {"transition": "open"})
    yield Row("scoring:sheets-open", RUN, YEAR - RUN, year, "post")
    yield Row("scoring:publish", RUN, YEAR - RUN, year, "post")
    yield Row("scoring:proposal-new", RUN, YEAR - RUN, year)
    yield Row("scoring:poll-new", RUN, YEAR - RUN, year)
    yield Row("reports:report-open", MEMBERS, YEAR - MEMBERS, year, "post", {"kind": "annual"})
    yield Row("reports:remind", RUN, YEAR - RUN, year, "post", {"kind": "mid-year"})
    yield Row("reports:review-open", SECRETARIAT, YEAR - SECRETARIAT, year, "post", {"kind": "annual"})


def object_rows() -> Iterator[Row]:
    """Pages of single objects: drafts of Sở Y tế, things of the bloc, things of the standing body."""
    yield Row("blocs:member-edit", STANDING, YEAR - STANDING, lambda s: (s.year.pk, s.membership.pk))
    yield Row("blocs:member-remove", STANDING, YEAR - STANDING, lambda s: (s.year.pk, s.membership.pk))
    yield Row("blocs:observer-remove", STANDING, YEAR - STANDING, lambda s: (s.year.pk, s.observer.pk), "post")
    yield Row("blocs:targets-edit", OWN | SECRETARIAT, YEAR - OWN - SECRETARIAT, lambda s: (s.year.pk, s.world.syt.pk))
    for name, obj in (
        ("movement-edit", "movement"),
        ("movement-remove", "movement"),
        ("participants", "movement"),
        ("conference-edit", "conference"),
        ("conference-remove", "conference"),
    ):
        yield Row(f"blocs:{name}", RUN, YEAR - RUN, pk_of(obj))
    yield Row("blocs:conference", YEAR, args=pk_of("conference"))
    petition_seen = OWN | SECRETARIAT | STANDING | {"observer", "deputy_officer"}
    yield Row("blocs:petition-edit", RUN, petition_seen - RUN, pk_of("petition"))
    for name in ("commendation-edit", "commendation-remove"):
        yield Row(f"blocs:{name}", OWN | SECRETARIAT, petition_seen - OWN - SECRETARIAT, pk_of("commendation"))
    for name in ("criteria-settings", "criterion-new"):
        yield Row(f"scoring:{name}", RUN, args=pk_of("criteria_set"))
    for name in ("criterion-edit", "criterion-remove"):
        yield Row(f"scoring:{name}", RUN, args=lambda s: (s.criteria_set.pk, s.criterion.pk))
    yield Row("scoring:sheet", OWN, args=pk_of("sheet"))
    yield Row(
        "scoring:sheet-act",
        frozenset({"leader"}),
        frozenset({"officer"}),
        pk_of("sheet"),
        "post",
        {"transition": "submit"},
    )
    yield Row("scoring:disqualify", frozenset(), OWN, pk_of("sheet"))
    yield Row("scoring:proposal-remove", RUN, frozenset({"observer"}), pk_of("proposal"))
    yield Row("scoring:poll-remove", RUN, frozenset({"observer"}), pk_of("poll"))
    yield Row("reports:agency-report", OWN, args=pk_of("report"))
    yield Row(
        "reports:report-passage",
        OWN,
        args=lambda s: (s.report.pk, "achievements"),
        method="post",
        data={"text": "a", "version": "0"},
    )
    yield Row(
        "reports:report-act",
        frozenset({"leader"}),
        frozenset({"officer"}),
        pk_of("report"),
        "post",
        {"transition": "sign_off"},
    )
    yield Row("reports:review", SECRETARIAT, args=pk_of("review"))
    yield Row(
        "reports:review-passage",
        SECRETARIAT,
        args=lambda s: (s.review.pk, "achievements"),
        method="post",
        data={"text": "a", "version": "0"},
    )
    yield Row(
        "reports:review-compile", SECRETARIAT, args=pk_of("review"), method="post", data={"section": "achievements"}
    )
    yield Row(
        "reports:review-act",
        frozenset({"head_leader"}),
        frozenset({"secretary"}),
        pk_of("review"),
        "post",
        {"transition": "approve"},
    )
    yield Row("reports:review-issue", SECRETARIAT, args=pk_of("review"))
    for name in ("paper-draft", "paper-docx", "paper-xlsx"):
        yield Row(f"reports:{name}", YEAR, args=lambda s: (s.year.pk, "pledge"))
    yield Row("reports:paper-issue", SECRETARIAT, YEAR - SECRETARIAT, lambda s: (s.year.pk, "flag-submission"))
    yield Row("reports:document", YEAR, args=pk_of("document"))
    yield Row("reports:document-file", YEAR, args=pk_of("document"))


def wide_rows() -> Iterator[Row]:
    """Lists and pages that everybody who signs in has, showing each their own."""
    for name in (
        "home",
        "accounts:notices",
        "blocs:years",
        "blocs:agencies",
        "blocs:search",
        "scoring:sheets",
        "reports:index",
        "reports:index-reviews",
        "reports:documents",
    ):
        yield Row(name, EVERYONE)
    yield Row("accounts:notices-read", EVERYONE, method="post")
    yield Row("accounts:history", YEAR, args=lambda s: ("blocs.blocyear", s.year.pk))
    yield Row("blocs:year-new", STANDING, EVERYONE - STANDING)
    yield Row("blocs:agency", EVERYONE, args=lambda s: (s.world.syt.pk,))
    yield Row("blocs:agency-new", STANDING, EVERYONE - STANDING)
    yield Row("blocs:agency-edit", STANDING, EVERYONE - STANDING, lambda s: (s.world.syt.pk,))
    yield Row("reports:index-board", STANDING, EVERYONE - STANDING)


ROWS = [*year_rows(), *object_rows(), *wide_rows(), *(row for room in ROOMS for row in room.rows())]
# Sign-in, second factor and public pages have tests of their own; the admin site checks staff itself.
ELSEWHERE = ("admin:", "account_", "mfa_")


@pytest.fixture
def scene(world: World) -> SimpleNamespace:
    made = SimpleNamespace(world=world, year=world.year)
    made.membership = Membership.objects.get(bloc_year=world.year, agency=world.sldtbxh)
    made.observer = Observer.objects.get(bloc_year=world.year)
    pledge = PledgeFactory(bloc_year=world.year, state="open_for_signature")
    TargetFactory(pledge=pledge, agency=world.syt)
    made.movement = BlocMovementFactory(bloc_year=world.year)
    made.conference = ConferenceFactory(bloc_year=world.year, kind="annual-review")
    made.petition = PetitionFactory(bloc_year=world.year, agency=world.syt)
    made.commendation = CommendationFactory(bloc_year=world.year, agency=world.syt)
    RecipientCountFactory(commendation=made.commendation)
    made.criteria_set = CriteriaSetFactory(bloc_year=world.year, state="draft")
    made.criterion = CriterionFactory(criteria_set=made.criteria_set, code="A", max_points=100)
    made.sheet = ScoreSheetFactory(bloc_year=world.year, criteria_set=made.criteria_set, agency=world.syt)
    made.proposal = ProposalFactory(bloc_year=world.year, agency=world.syt)
    made.poll = Poll.objects.create(bloc_year=world.year, award="co-tinh", mode="secret", base="members")
    made.report = AgencyReportFactory(bloc_year=world.year, agency=world.syt)
    made.review = BlocReviewFactory(bloc_year=world.year)
    made.document = issued(world)
    for room in ROOMS:
        if hasattr(room, "furnish"):
            room.furnish(made)
    return made


def issued(world: World) -> IssuedDocument:
    """A paper as issuing leaves it; the file's content does not matter to who may fetch it."""
    content = b"%PDF-1.7"
    return IssuedDocument.objects.create(
        kind="pledge",
        title="Giao ước thi đua",
        bloc_year=world.year,
        issuer=world.stttt,
        number=1,
        symbol="GU",
        issued_on=date(2020, 3, 2),
        issued_year=2020,
        signer_name="Người ký",
        signer_title="Giám đốc",
        file=default_storage.save("giao-uoc.pdf", ContentFile(content)),
        sha256=hashlib.sha256(content).hexdigest(),
        code="ma-xac-minh-thu",
        issued_by=world.person("secretary"),
    )


def names_of(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names_of(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


def test_every_address_has_a_row() -> None:
    names = {name for name in names_of(get_resolver().url_patterns) if not name.startswith(ELSEWHERE)}

    assert names - PUBLIC_URL_NAMES == {row.name for row in ROWS}


def answer(client: Client, row: Row, scene: Any) -> Any:
    """One request in a savepoint that is rolled back, so that the next persona finds the same scene."""
    url = reverse(row.name, args=row.args(scene))
    with transaction.atomic():
        response = client.get(url) if row.method == "get" else client.post(url, row.data | row.fill(scene))
        if hasattr(response, "streaming_content"):
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_who_gets_in(client: Client, scene: Any, row: Row) -> None:
    found = {}
    for persona in PERSONAS:
        client.force_login(scene.world.person(persona))
        status = answer(client, row, scene).status_code
        found[persona] = str(status) if status in (403, 404) else "in" if status < 400 else f"{status}!"

    assert found == {persona: row.expected(persona) for persona in PERSONAS}


def test_a_visitor_is_sent_to_sign_in(client: Client, scene: Any) -> None:
    answers = {row.name: answer(client, row, scene) for row in ROWS}

    assert {name: response.status_code for name, response in answers.items()} == dict.fromkeys(answers, 302)
    assert {response["Location"].partition("?")[0] for response in answers.values()} == {"/tai-khoan/dang-nhap/"}


@pytest.mark.parametrize("persona", ["officer", "leader", "secretary", "head_leader", "standing"])
def test_every_form_on_every_page_carries_its_token(client: Client, scene: Any, persona: str) -> None:
    client.force_login(scene.world.person(persona))
    bare = []
    for row in (row for row in ROWS if row.method == "get" and persona in row.allowed):
        response = answer(client, row, scene)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            forms = lxml.html.fromstring(response.content).xpath("//form[@method = 'post']")
            bare += [row.name for form in forms if not form.xpath(".//input[@name = 'csrfmiddlewaretoken']")]

    assert bare == []


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_admin_site_is_the_administrators(client: Client, scene: Any, persona: str) -> None:
    client.force_login(scene.world.person(persona))

    assert client.get("/quan-tri/").status_code == (200 if persona == "administrator" else 403)
