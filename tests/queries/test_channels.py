"""Coverage by channel: who is active, who is silent on what must be used."""

from duckdb import DuckDBPyConnection

from queries import channels
from queries.scope import made_out

from .conftest import Put, sum_up

ACTIVE = """
    unit_code | period  | item_code | value
    01        | 2026-11 | K01       | 1
    02        | 2026-11 | K01       | 0
    03        | 2026-11 | K01       | 1
    01        | 2026-11 | K07       | 0
    02        | 2026-11 | K07       | 0
    03        | 2026-11 | K07       | 1
    01        | 2026-10 | K01       | 1
    02        | 2026-10 | K01       | 1
"""
KEPT = """
    unit_code | period  | item_code | value
    01        | 2026-11 | K01       | 1
    02        | 2026-11 | K01       | 0
    03        | 2026-11 | K01       | 1
    01        | 2026-11 | K07       | 0
    01        | 2026-10 | K01       | 1
    02        | 2026-10 | K01       | 1
"""
"""Only of channels that a unit must use: 02 has no screen, 03 need not."""


def given(put: Put) -> None:
    put("current_measure", ACTIVE, measure="channel_active")
    put("current_measure", KEPT, measure="channel_kept")


def test_the_share_of_units_active_on_a_channel(con: DuckDBPyConnection, put: Put) -> None:
    given(put)
    frame = channels.by_channel(con, made_out(con, "2026-11")).set_index("channel_code")
    press = frame.loc["K01"]
    assert (press["active"], press["units"], press["value"]) == (2, 3, 100 * 2 / 3)
    assert (press["before"], press["change"]) == (100 * 2 / 2, 100 * 2 / 3 - 100)


def test_the_share_of_those_that_must_use_a_channel(con: DuckDBPyConnection, put: Put) -> None:
    given(put)
    press = channels.owed(con, made_out(con, "2026-11")).set_index("channel_code").loc["K01"]
    assert (press["obliged"], press["silent"], press["kept"], press["kept_before"]) == (
        3,
        1,
        100 * (3 - 1) / 3,
        100 * 2 / 2,
    )


def test_silence_where_nothing_is_owed_is_no_silence(con: DuckDBPyConnection, put: Put) -> None:
    given(put)
    screens = channels.owed(con, made_out(con, "2026-11")).set_index("channel_code").loc["K07"]
    assert (screens["obliged"], screens["silent"]) == (1, 1)
    frame = channels.by_unit(con, made_out(con, "2026-11")).set_index("unit")
    shown = {unit: dict(cell.split(" ") for cell in row["cells"].split(",")) for unit, row in frame.iterrows()}
    assert shown["Phường An Biên"] == {"K01": "silent", "K07": "free"}
    assert shown["Phường Đồ Sơn"] == {"K01": "active", "K07": "silent"}


def test_units_with_most_silences_stand_first(con: DuckDBPyConnection, put: Put) -> None:
    given(put)
    put("current_measure", "unit_code | period | item_code | value\n02 | 2026-11 | K07 | 0", measure="channel_kept")
    frame = channels.by_unit(con, made_out(con, "2026-11"))
    assert next(zip(frame["unit"], frame["silences"], strict=True)) == ("Phường An Biên", 2)


def test_how_many_units_spoke_of_a_theme(con: DuckDBPyConnection, put: Put) -> None:
    given(put)
    put("theme", "theme_code | name | core\nT1 | Chủ trương | x\nT9 | Khác |")
    put(
        "current_measure",
        "unit_code | item_code | value\n01 | K01 | 5\n03 | K01 | 1",
        period="2026-11", measure="theme_spoken", theme_code="T1",
    )  # fmt: skip
    frame = channels.by_theme(con, made_out(con, "2026-11")).set_index(["channel_code", "theme_code"])
    press = frame.loc[("K01", "T1")]
    assert (press["active"], press["units"], press["value"], press["products"]) == (2, 3, 200 / 3, 5 + 1)
    assert ("K01", "T9") not in frame.index


def test_products_are_never_added_across_units_of_count(con: DuckDBPyConnection, put: Put) -> None:
    put(
        "current_measure",
        "unit_code | item_code | measure | value\n01 | K0101 | products | 3\n02 | K0101 | products | 4\n01 | K0102 | products | 9\n01 | K0101 | reach | 500",
        period="2026-11",
    )  # fmt: skip
    frame = channels.output(con, made_out(con, "2026-11"))
    assert [(row["channel_code"], row["count_unit"], row["products"], row["units"]) for _, row in frame.iterrows()] == [
        ("K0101", "tin, bài", 3 + 4, 2),
        ("K0102", "số", 9, 1),
    ]
    assert frame["reach"].iloc[0] == 500


def test_only_the_chosen_units_count(con: DuckDBPyConnection, put: Put) -> None:
    given(put)
    press = channels.by_channel(con, made_out(con, "2026-11", kind="xa")).set_index("channel_code").loc["K01"]
    assert (press["active"], press["units"]) == (1, 1)
    assert channels.owed(con, made_out(con, "2026-11", kind="xa"))["silent"].sum() == 0


def test_a_channel_over_time_and_who_was_reached(con: DuckDBPyConnection, put: Put) -> None:
    put(
        "current_measure",
        """
        unit_code | period  | item_code | measure     | value
        01        | 2026-10 | K0101     | products    | 3
        02        | 2026-10 | K0101     | products    | 0
        01        | 2026-11 | K0101     | products    | 5
        01        | 2026-11 | K0102     | products    | 9
        01        | 2026-11 | A01       | attendances | 40
        02        | 2026-11 | A01       | attendances | 2
        02        | 2026-11 | A01       | sessions    | 1
        """,
    )
    put("audience", "audience_code | name\nA01 | Người dân")
    scope = made_out(con, "2026-11")
    months = channels.over_time(con, scope, "K0101")
    assert list(zip(months["period"], months["products"], months["units"], strict=True)) == [
        ("2026-10", 3, 1), ("2026-11", 5, 1),
    ]  # fmt: skip
    (row,) = channels.audiences(con, scope).to_dict("records")
    assert (row["audience"], row["attendances"], row["sessions"], row["units"]) == ("Người dân", 42, 1, 2)


QUARTER = """
    unit_code | period  | measure        | item_code | value
    01        | 2026-07 | channel_active | K01       | 1
    01        | 2026-08 | channel_active | K01       | 0
    01        | 2026-08 | channel_kept   | K01       | 0
    02        | 2026-07 | channel_active | K01       | 0
    02        | 2026-07 | channel_kept   | K01       | 0
    02        | 2026-09 | channel_active | K01       | 0
    03        | 2026-09 | channel_active | K01       | 1
    03        | 2026-09 | channel_kept   | K01       | 1
    04        | 2026-09 | channel_active | K01       | 0
    01        | 2026-07 | products       | K0101     | 5
    01        | 2026-09 | products       | K0101     | 7
    03        | 2026-09 | products       | K0101     | 0
"""
"""01 was active before it had to be, 02 had to be only at first, 04 never."""


def test_over_a_quarter_each_unit_counts_once(con: DuckDBPyConnection, put: Put) -> None:
    put("current_measure", QUARTER)
    scope = made_out(con, "2026-Q3")
    press, *_ = channels.by_channel(con, scope).to_dict("records")
    assert (press["channel_code"], press["active"], press["units"], press["value"]) == ("K01", 2, 4, 100 * 2 / 4)
    owed, *_ = channels.owed(con, scope).to_dict("records")
    assert (owed["obliged"], owed["silent"], owed["kept"]) == (3, 1, 100 * (3 - 1) / 3)
    made, *_ = channels.output(con, scope).to_dict("records")
    assert (made["channel_code"], made["units"], made["products"]) == ("K0101", 1, 5 + 7)
    matrix = channels.by_unit(con, scope)
    assert dict(zip(matrix["unit_code"], matrix["cells"], strict=True)) == {
        "01": "K01 active", "02": "K01 silent", "03": "K01 active", "04": "K01 free",
    }  # fmt: skip
    assert (matrix["unit_code"][0], list(matrix["silences"])) == ("02", [1, 0, 0, 0])
    of_kind = channels.by_channel(con, made_out(con, "2026-Q3", "xa")).iloc[0]
    assert (of_kind["active"], of_kind["units"]) == (1, 2)


def test_a_quarter_is_compared_only_with_one_of_as_many_months(con: DuckDBPyConnection, put: Put) -> None:
    put("current_measure", QUARTER)
    put("current_measure", "period | value\n2026-04 | 0\n2026-06 | 1", unit_code="01", measure="channel_active", item_code="K01")  # fmt: skip
    quarter = made_out(con, "2026-Q3")
    assert channels.by_channel(con, quarter)["before"].isna().all()
    put("current_measure", "period | value\n2026-05 | 0", unit_code="02", measure="channel_active", item_code="K01")
    assert channels.by_channel(con, quarter)["before"][0] == 100 * 1 / 2


def test_what_is_taken_back_counts_no_more_in_its_quarter(con: DuckDBPyConnection, put: Put) -> None:
    put("current_measure", QUARTER)
    con.execute("delete from current_measure where unit_code = '03'")
    sum_up(con, [("03", "2026-09")])
    press, *_ = channels.by_channel(con, made_out(con, "2026-Q3")).to_dict("records")
    assert (press["active"], press["units"]) == (1, 3)
    owed, *_ = channels.owed(con, made_out(con, "2026")).to_dict("records")
    assert (owed["obliged"], owed["silent"]) == (2, 1)


def test_a_report_of_a_year_is_none_of_its_months(con: DuckDBPyConnection, put: Put) -> None:
    put("current_measure", QUARTER)
    put("current_measure", "unit_code | period | item_code | value\n04 | 2026 | K01 | 1", measure="channel_active")
    press, *_ = channels.by_channel(con, made_out(con, "2026")).to_dict("records")
    assert (press["active"], press["units"]) == (2, 4)
