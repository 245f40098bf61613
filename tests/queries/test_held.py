"""What the catalogue says is asked for once for each catalogue."""

from duckdb import DuckDBPyConnection

from queries.held import UNITS, held

from .conftest import Put


def named(con: DuckDBPyConnection) -> list[str]:
    return [name for _, name, *_ in held(con).rows(UNITS)]


def test_units_stand_in_vietnamese_order(con: DuckDBPyConnection) -> None:
    assert named(con) == ["Xã Ái Quốc", "Phường An Biên", "Xã Bình Minh", "Phường Đồ Sơn"]


def test_another_catalogue_is_asked_anew(con: DuckDBPyConnection, put: Put) -> None:
    """And the first is known again when it comes back, whatever its tables have become: its mark is its content."""
    put("catalogue", "file | sha256\ncatalogue | one of this test\nyear | 2026")
    before = named(con)
    con.execute("update unit set full_name = 'Đặc khu ' || name")
    assert named(con) == before
    con.execute("update catalogue set sha256 = '2027' where file = 'year'")
    assert named(con) == ["Đặc khu Ái Quốc", "Đặc khu An Biên", "Đặc khu Bình Minh", "Đặc khu Đồ Sơn"]
    con.execute("update catalogue set sha256 = '2026' where file = 'year'")
    assert named(con) == before


def test_where_nothing_says_what_it_was_made_from_it_is_asked_each_time(con: DuckDBPyConnection) -> None:
    assert len(named(con)) == 4
    con.execute("delete from unit where unit_code = '01'")
    assert len(named(con)) == 3
