"""The audit trail is append-only and every tampering is found."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.domain import audit
from accounts.domain.append_only import execute, removals
from accounts.models import AuditEntry
from tests.world import World


@pytest.fixture
def trail(world: World) -> list[AuditEntry]:
    actor = world.person("secretary")
    for number in range(3):
        audit.record(world.year, "Sửa quy chế", actor=actor, before={"n": number}, after={"n": -1}, reason="thử")
    audit.record(world.other_year, "Sửa quy chế", actor=None, after={"n": 1})
    return list(AuditEntry.objects.order_by("pk"))


def without_triggers() -> None:
    execute(removals(connection.vendor, "accounts_auditentry"))


def test_an_untouched_trail_has_no_fault(trail: list[AuditEntry]) -> None:
    assert [entry.sequence for entry in trail] == [1, 2, 3, 1]
    assert list(audit.faults()) == []
    call_command("verify_audit")


@pytest.mark.parametrize("sql", ["UPDATE accounts_auditentry SET reason = 'khác'", "DELETE FROM accounts_auditentry"])
def test_the_database_refuses_to_change_an_entry(trail: list[AuditEntry], sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == 4


def test_a_chain_head_cannot_be_deleted(trail: list[AuditEntry]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_auditchain")


def test_a_changed_entry_is_found(trail: list[AuditEntry]) -> None:
    without_triggers()
    AuditEntry.objects.filter(pk=trail[1].pk).update(reason="không phải lý do cũ")

    assert list(audit.faults()) == [
        f"blocs.blocyear {trail[1].object_id}, mục 2: nội dung đã bị sửa hoặc mục bị chèn từ bên ngoài."
    ]


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_missing_entry_is_found_wherever_it_stood(trail: list[AuditEntry], position: int) -> None:
    without_triggers()
    AuditEntry.objects.filter(pk=trail[position].pk).delete()

    assert any("thiếu mục" in fault for fault in audit.faults())


def test_an_inserted_entry_is_found(trail: list[AuditEntry]) -> None:
    forged = AuditEntry.objects.get(pk=trail[2].pk)
    forged.pk, forged.sequence, forged.previous_hash = None, 4, forged.hash
    forged.save(force_insert=True)

    faults = list(audit.faults())

    assert any("bị chèn" in fault for fault in faults)
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit")
    assert stopped.value.code == 1


def test_many_entries_at_once_follow_in_their_chains_as_single_ones_do(world: World) -> None:
    actor = world.person("standing")
    audit.record(world.syt, "Sửa", actor=actor, before={"name": "a"}, after={"name": "b"}, reason="Lý do")

    both = [audit.Note(each, "Sửa", {"name": "c"}, {"name": "b"}) for each in (world.syt, world.sgddt)]
    audit.record_all(both, actor=actor, reason="Lý do")

    one, other = audit.entries_of(world.syt).first(), audit.entries_of(world.sgddt).get()
    assert one is not None
    for entry in (one, other):
        assert (entry.before, entry.after, entry.reason) == ({"name": "b"}, {"name": "c"}, "Lý do")
        assert (entry.actor, entry.actor_name, entry.action) == (actor, str(actor), "Sửa")
    assert (one.sequence, other.sequence) == (2, 1)
    assert list(audit.faults()) == []
