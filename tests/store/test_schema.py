"""SQL in the open: statements fit the tables, and the tables are the sum of the migrations."""

import re
import threading
from pathlib import Path

import apsw
import pytest

from dragoman.kernel.errors import DefinitionError
from dragoman.store import queries, sqlite
from dragoman.store.queries import Query
from dragoman.store.sqlite import SqliteStore, check_version, migrate

QUERIES = queries.load()
EXPECTING = {
    *("runs.move", "credentials.replace", "credentials.mark"),
    *("tokens.add", "tokens.revoke", "keys.add"),
}
SOURCE = Path(queries.__file__).parents[1]
NAME = re.compile(r'(?:Statement|read)\(\s*"([a-z]+\.[a-z_]+)"')


def tables(connection: apsw.Connection) -> list[tuple[object, ...]]:
    question = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    return connection.execute(question).fetchall()


def migrated() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    migrate(connection)
    return connection


def test_the_schema_file_is_the_sum_of_the_migrations() -> None:
    written = apsw.Connection(":memory:")
    written.execute((queries.SQL / "schema.sql").read_text())

    assert tables(written) == tables(migrated()) != []


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = [number for number, _ in queries.migrations()]

    assert numbers == list(range(1, len(numbers) + 1))
    assert migrated().pragma("user_version") == numbers[-1]


def test_migrating_again_changes_nothing() -> None:
    connection = migrated()
    before = tables(connection)

    migrate(connection)

    assert tables(connection) == before


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_fits_the_tables_and_has_a_sentence(query: Query) -> None:
    names = re.findall(r"(?<!:):([a-z_]+)", query.text)

    migrated().execute(f"EXPLAIN {query.text}", dict.fromkeys(names))

    assert query.sentence.endswith(".")
    assert query.sentence[0].isupper()
    assert "--" not in query.text
    assert query.text.count(";") == 1
    assert query.text.endswith(";")


def test_every_head_of_every_file_was_found() -> None:
    files = [path.read_text() for path in (queries.SQL / "queries").glob("*.sql")]

    assert sum(text.count("-- name:") for text in files) == len(QUERIES)


def test_what_expects_one_row_is_marked() -> None:
    assert {query.name for query in QUERIES.values() if query.expects_one} == EXPECTING


def test_every_query_that_the_code_names_is_there() -> None:
    named = {name for path in SOURCE.rglob("*.py") for name in NAME.findall(path.read_text())}

    assert len(named) > 10
    assert named <= set(QUERIES)


def test_two_queries_of_one_name_are_refused(tmp_path: Path) -> None:
    for file in ("a.sql", "b.sql"):
        (tmp_path / file).write_text("-- name: same.name\n-- Says one.\nSELECT 1;\n")

    with pytest.raises(ValueError, match=r"b\.sql: same\.name is declared twice"):
        queries.load(tmp_path)


@pytest.mark.parametrize("found", ["3.40.1", "3.51.2", "3.9.0", "2.99.99"])
def test_an_sqlite_with_a_fault_in_its_log_is_refused(found: str) -> None:
    with pytest.raises(DefinitionError, match=rf"SQLite {found}.*3\.51\.3 or newer") as refused:
        check_version(found)

    assert "apsw" in refused.value.fix


@pytest.mark.parametrize("found", ["3.51.3", "3.54.1", "3.100.0", "4.0.0", "3.51.3.1"])
def test_a_newer_sqlite_is_taken(found: str) -> None:
    check_version(found)


def test_the_one_in_use_is_new_enough() -> None:
    check_version(apsw.sqlite_lib_version())


def test_a_database_of_a_newer_dragoman_is_left_alone(path: Path) -> None:
    newer = apsw.Connection(str(path))
    newer.pragma("user_version", 999)
    newer.close()

    with pytest.raises(DefinitionError, match="version 999") as refused:
        SqliteStore(path)

    assert "update Dragoman" in refused.value.fix
    assert tables(apsw.Connection(str(path))) == []


async def test_commits_wait_for_the_disk(path: Path) -> None:
    store = SqliteStore(path)

    assert store._connection.pragma("journal_mode") == "wal"
    assert store._connection.pragma("synchronous") == 2
    assert store._connection.pragma("foreign_keys") == 1
    await store.close()


def test_a_migration_that_fails_leaves_nothing_half_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [*queries.migrations(), (99, "CREATE TABLE more (a); CREATE TABLE more (b);")]
    monkeypatch.setattr(queries, "migrations", lambda: broken)
    connection = apsw.Connection(str(path))

    with pytest.raises(apsw.SQLError):
        migrate(connection)

    assert connection.pragma("user_version") == broken[-2][0]
    assert "more" not in {row[1] for row in tables(connection)}


def test_a_database_of_the_version_before_keeps_what_it_holds(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = queries.migrations()
    connection = apsw.Connection(str(path))
    monkeypatch.setattr(queries, "migrations", lambda: whole[:1])
    migrate(connection)
    connection.execute("INSERT INTO audit (at, action, target) VALUES (1, 'flow armed', 'x')")
    monkeypatch.setattr(queries, "migrations", lambda: whole)

    migrate(connection)

    assert tables(connection) == tables(migrated())
    assert connection.execute("SELECT action, target FROM audit").fetchall() == [
        ("flow armed", "x")
    ]


def test_two_that_open_a_new_database_at_once_make_its_tables_once(path: Path) -> None:
    start = threading.Barrier(4)
    failed: list[BaseException] = []
    # Opened one by one: to switch to the log at the same moment is refused, and is not the point.
    connections = [sqlite._open(path, 30) for _ in range(4)]

    def bring_up_to_date(connection: apsw.Connection) -> None:
        start.wait(30)
        try:
            migrate(connection)
        except apsw.Error as error:
            failed.append(error)

    threads = [threading.Thread(target=bring_up_to_date, args=(one,)) for one in connections]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert failed == []
    assert tables(apsw.Connection(str(path))) == tables(migrated())
