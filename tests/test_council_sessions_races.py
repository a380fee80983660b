"""Two secretaries at once: one nomination comes before one session."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from accounts.models import User
from awards.models import Dossier, Nomination
from council.domain.sessions.agenda import add_items
from council.models import AgendaItem, CouncilSession
from tests.council_world import appraised_dossier, council_session

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other")


@pytest.mark.django_db(transaction=True)
def test_one_nomination_is_put_on_one_agenda(request):
    world = request.getfixturevalue("world")
    appraised_dossier(world, cases=20)
    sessions = [council_session(world).pk for _ in range(2)]
    gate = Barrier(2)

    def put(pk: int) -> int:
        try:
            session = CouncilSession.objects.get(pk=pk)
            actor = User.objects.get(email="standing@example.vn")
            rows = list(Nomination.objects.all())
            gate.wait()
            return add_items(session, rows, actor=actor).count
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        counts = sorted(pool.map(put, sessions))

    assert counts == [0, 20]
    assert AgendaItem.objects.count() == 20
    assert Dossier.objects.get().state == "in_session"
