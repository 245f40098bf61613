"""Findings in sentences: what moved, what is new, what lasted, what was never so before."""

import pandas as pd

from ui.parts import findings


def said(found: object) -> list[str]:
    return [one.sentence for one in found]  # type: ignore[attr-defined]


def test_a_record_is_one_only_over_enough_months() -> None:
    months = [f"2026-{month:02}" for month in range(1, 8)]
    rising = pd.DataFrame({"indicator": "DV01", "period": months, "value": [50.0, 51, 52, 53, 54, 55, 60.25]})
    assert said(findings.of_records(rising, {"DV01": "Hồ sơ"})) == ["**Hồ sơ** cao nhất trong 7 tháng: 60,2%"]
    assert not said(findings.of_records(rising.tail(4), {"DV01": "Hồ sơ"}))
    middle = rising.assign(value=[50.0, 51, 70, 53, 54, 55, 60])
    assert not said(findings.of_records(middle, {"DV01": "Hồ sơ"}))


def test_who_rose_and_who_fell_most() -> None:
    units = pd.DataFrame(
        {
            "unit": ["Xã Một", "Xã Hai", "Xã _Ba_"], "small": [False, False, False], "change": [1.5, -2.0, 9.0],
            "value": [80.0, 60.0, 70.0],
        }
    )  # fmt: skip
    up, down = said(findings.of_services(units))
    assert up == "**Xã \\_Ba\\_** tăng nhiều nhất về hồ sơ trực tuyến: 9,0 điểm, đạt 70,0%"
    assert down == "**Xã Hai** giảm nhiều nhất về hồ sơ trực tuyến: 2,0 điểm, còn 60,0%"
    assert not said(findings.of_services(units.assign(small=True)))


def test_tasks_newly_overdue_name_a_unit_that_stands_out() -> None:
    def of(*tasks: int) -> list[str]:
        return said(findings.of_tasks(pd.DataFrame({"unit": [f"Xã {n}" for n in range(len(tasks))], "tasks": tasks})))

    assert of(3, 1) == ["**4 nhiệm vụ** mới quá hạn ở 2 đơn vị, nhiều nhất là xã 0 (3)"]
    assert of(1, 1) == ["**2 nhiệm vụ** mới quá hạn ở 2 đơn vị"], "none is the first among equals"
    assert of(2) == ["**2 nhiệm vụ** mới quá hạn ở xã 0"]
    assert not of()


def test_long_absence_names_three_units_at_most() -> None:
    missing = pd.DataFrame({"unit": [f"Xã {n}" for n in range(5)], "months_running": [2, 3, 2, 2, 1]})
    names = ["Ban Quản lý", "Phường Một"]
    two = pd.DataFrame({"unit": names, "months_running": 2})
    assert said(findings.of_absence(two))[0].endswith("trở lên: Ban Quản lý, phường Một")
    assert said(findings.of_absence(missing)) == [
        "**4 đơn vị** chưa có báo cáo hai tháng liền trở lên: xã 0, xã 1, xã 2 và 1 đơn vị khác"
    ]
