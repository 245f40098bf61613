"""A form of another authority is added by writing CSV only: other units, indicators, a rule, other headings."""

import datetime as dt
from pathlib import Path

import pytest

from etl import intake
from etl.catalogue import load_catalogue
from etl.inspection import Incoming
from etl.prepare import Prepared
from etl.warehouse import open_to_read
from tests.workbooks import drawn

CATALOGUE = {
    "units.csv": """
unit_code,name,full_name,kind,old_district,x,y,area_km2,valid_from,valid_to,aliases,source,source_class
TV-01,Thư viện Trung tâm,Thư viện Trung tâm,co_quan,,,,,2025-01-01,,,,P
TV-02,Thư viện Ven Sông,Thư viện Ven Sông,co_quan,,,,,2025-01-01,,,,P
TV-03,Thư viện Ga,Thư viện Ga,co_quan,,,,,2025-01-01,,,,P
""",
    "forms.csv": """
form_id,name,title,rank,versions,retired,period_kinds,convention,source
THUVIEN,Báo cáo thư viện,BÁO CÁO BẠN ĐỌC,1,TV-2026,TV-2025,month,DUONG_LICH,
""",
    "forms/THUVIEN/sheets.csv": """
sheet,title,layout,required,items,item_column,open_rows,target,aliases,intro
BIA,Bìa,cover,x,,,,,,
BAN_DOC,Bạn đọc,matrix,x,list:reader_kind,kind,,observation,Bạn đọc trong tháng,
""",
    "forms/THUVIEN/columns.csv": """
sheet,column_id,label,aliases,type,unit,required,low,high,list,measure,theme,kind,formula,items,width,note,item
BIA,template_version,Mẫu số,,code,,x,,,,,,stock,,,,,
BIA,unit_code,Mã thư viện,,code,,x,,,,,,stock,,,,,
BIA,unit_name,Thư viện,,text,,x,,,,,,stock,,,,,
BIA,period,Tháng,,code,,x,,,,,,stock,,,,,
BIA,seats,Số chỗ ngồi,,int,chỗ,x,1,5000,,seats,,stock,,,,,
BAN_DOC,kind,Mã loại,,code,,x,,,,,,flow,,,,,
BAN_DOC,kind_name,Loại bạn đọc,,label,,,,,,,,flow,,,,,
BAN_DOC,visits,Lượt đến,Số lượt đến thư viện,int,lượt,x,0,100000,,visits,,flow,,,,,
BAN_DOC,loans,Lượt mượn,,int,lượt,x,0,100000,,loans,,flow,,,,,
""",
    "lists.csv": """
list_id,code,label,aliases
reader_kind,TRE_EM,Trẻ em,
reader_kind,NGUOI_LON,Người lớn,
""",
    "rules.csv": """
rule_id,form_id,sheet,items,severity,kind,condition,expression,message,fix,basis,valid_from,enforce_from
TV1,THUVIEN,BAN_DOC,,error,expression,visits > 0,loans <= 5 * visits,Lượt mượn {loans} quá năm lần lượt đến {visits}.,Kiểm tra lại hai ô.,Nội quy,,
""",
    "indicators.csv": """
indicator,group_code,group_name,name,name_en,numerator_text,denominator_text,numerator,denominator,scale,unit,kind,denominator_kind,direction,level,min_denominator,target_id,scheme,source,source_class,caveat
TV-MUON,TV,Thư viện,Lượt mượn trên một lượt đến,Loans a visit,,,loans,visits,1,lượt,flow,flow,up,,,,,,P,
TV-TRE,TV,Thư viện,Tỷ lệ bạn đọc trẻ em,Share of children,,,visits[TRE_EM],visits,100,%,flow,flow,up,,,,,,P,
""",
    "calendar.csv": """
kind,period_type,convention,period,name,last_months,from_month_offset,from_day,to_day,due_month_offset,due_day,due_time,first,source,source_class
month,THANG,DUONG_LICH,{year}-{month:02},Tháng {month}/{year},1;2;3;4;5;6;7;8;9;10;11;12,0,1,31,1,5,23:59:59,2025-01,,P
""",
    "duties.csv": """
applies_to,form_id,period_kind,valid_from,valid_to,source,source_class
co_quan,THUVIEN,month,2025-01-01,,,P
""",
    "settings.csv": "setting,value,note,source_class\nconvention,DUONG_LICH,,P\n",
    "words.csv": "kind,word\ntotal,Cộng\nblank,-\nnot_applicable,KAD\n",
}


@pytest.fixture
def libraries(tmp_path: Path) -> Prepared:
    folder = tmp_path / "catalogue"
    for name, text in CATALOGUE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.strip() + "\n", encoding="utf-8")
    return Prepared(load_catalogue(folder))


def month(code: str, name: str, children: tuple[int, int], adults: tuple[int, int]) -> bytes:
    return drawn(
        ("BIA", f"| BÁO CÁO BẠN ĐỌC |\n| Mẫu số | TV-2026 |\n| Mã thư viện | {code} |\n| Thư viện | {name} |\n"
                "| Tháng | 10/2026 |\n| Số chỗ ngồi | 120 |"),
        ("Bạn đọc trong tháng",
         "| Số liệu bạn đọc |\n|  |  |\n| Loại bạn đọc | Lượt mượn | Số lượt đến thư viện |\n"
         f"| Trẻ em | {children[1]} | {children[0]} |\n| Người lớn | {adults[1]} | {adults[0]} |\n"
         f"| Cộng | {children[1] + adults[1]} | {children[0] + adults[0]} |"),
    )  # fmt: skip


def test_three_workbooks_of_a_new_form_answer_its_indicator(libraries: Prepared, tmp_path: Path) -> None:
    received = dt.datetime(2026, 11, 4)
    files = [
        Incoming("a.xlsx", month("TV-01", "Thư viện Trung tâm", (100, 150), (300, 450)), received),
        Incoming("b.xlsx", month("TV-02", "Thư viện Ven Sông", (50, 20), (50, 30)), received),
        Incoming("c.xlsx", month("TV-03", "Thư viện Ga", (10, 90), (10, 10)), received),
    ]
    receipts = intake.submit(libraries, files, tmp_path / "data", "test")
    assert [receipt.outcome for receipt in receipts] == ["accepted", "accepted", "returned"]
    assert [(each.rule_id, each.sheet, each.cell) for each in receipts[2].findings] == [
        ("TV1", "Bạn đọc trong tháng", "B4")
    ]
    assert receipts[2].findings[0].message == "Lượt mượn 90 quá năm lần lượt đến 10."
    con = open_to_read(tmp_path / "data")
    rows = con.execute("select unit_code, value from indicator_value where indicator = 'TV-MUON' order by 1").fetchall()
    assert rows == [("TV-01", (150 + 450) / (100 + 300)), ("TV-02", (20 + 30) / (50 + 50))]
    (whole,) = con.execute(
        "select sum(numerator) / sum(denominator) from indicator_value where indicator = 'TV-TRE'"
    ).fetchall()
    assert whole == ((100 + 50) / (100 + 300 + 50 + 50),)
    due = con.execute("select state, count(*) from reporting where period = '2026-10' group by 1 order by 1").fetchall()
    assert due == [("accepted", 2), ("returned", 1)]


def test_a_retired_version_is_refused_with_the_new_one_named(libraries: Prepared, tmp_path: Path) -> None:
    old = month("TV-01", "Thư viện Trung tâm", (1, 1), (1, 1))
    from etl.inspection import inspect

    text = drawn(("BIA", "| Mẫu số | TV-2025 |\n| Mã thư viện | TV-01 |\n| Thư viện | Thư viện Trung tâm |"))
    assert old != text
    inspected = inspect(libraries, Incoming("cu.xlsx", text, dt.datetime(2026, 11, 4)))
    assert [(each.rule_id, each.expected) for each in inspected.findings] == [("V02.2", "TV-2026")]
