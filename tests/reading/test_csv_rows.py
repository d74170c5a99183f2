from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lcsite.problems import Problems
from lcsite.reading.csv_rows import COLUMNS, CsvMarks, CsvText, read_observations

HEADER = ",".join(COLUMNS)
GOOD = "areas/1.1.1,31,,,percent,2022,,,,,,,,Yearly report,Council,2023,https://example.org/report"


def problems_of(*rows: str, header: str = HEADER) -> list[str]:
    """`line:column message` of each problem."""
    _, found = read_observations(CsvText("".join(f"{row}\n" for row in (header, *rows)), "a.csv"))
    return [f"{p.location.line}:{p.location.column} {p.message}" for p in Problems(found)]


def test_a_row_becomes_an_observation_with_its_source() -> None:
    rows, problems = read_observations(CsvText(f"{HEADER}\n{GOOD}\n", "a.csv"))
    assert not problems
    observation = rows[0].observation
    assert (observation.indicator, str(observation.value), observation.reference_year) == ("areas/1.1.1", "31", 2022)
    assert (observation.source.title, observation.source.year) == ("Yearly report", 2023)


def test_bands_counts_and_negative_numbers_are_figures_too() -> None:
    assert problems_of(
        "a/b,,15000,25000,EUR,2022,,,,,,,,Report,,,", "a/b,,25000,,EUR,2021/22,,,,,,,,Report,,,",
        "a/b,,,,people,2020,,400,248,,,,,Report,,,", "a/b,-3.5,,,percent,,,,,,,,,Report,,,",
    ) == []


def test_cells_may_hold_commas_quotation_marks_and_line_breaks() -> None:
    rows, problems = read_observations(
        CsvText(f'{HEADER}\na/b,1,,,,,,,,,,"one, ""two""\nthree",,Report,,,\n{GOOD}\n', "a.csv")
    )
    assert not problems
    assert rows[0].observation.note == 'one, "two"\nthree'
    assert [row.position for row in rows] == [0, 1]


def test_the_header_is_exact() -> None:
    assert problems_of(GOOD, header=HEADER.replace("period", "year")) == ['1:31 here stands "year" instead of "period"']
    assert problems_of(GOOD, header=HEADER + ",more") == ["1:1 the header has 18 columns instead of 17"]
    assert problems_of(GOOD, header=HEADER.replace("indicator,value", "value,indicator"))[0].startswith("1:1 ")
    assert read_observations(CsvText("", "a.csv"))[1][0].code == "csv-header"


def test_a_row_with_too_few_cells_is_pointed_at() -> None:
    assert problems_of(GOOD, "a/b,1,,,,,") == ["3:1 this row has 7 cells and the header 17"]


def test_every_wrong_cell_is_pointed_at() -> None:
    assert problems_of("areas,31 percent,,,,2022-2,,,,,,,,Report,,soon,") == [
        '2:1 "indicator": "areas" is not a reference to a criterion',
        '2:7 "value": "31 percent" is not a number',
        '2:21 "period": "2022-2" is not a period',
        '2:43 "year": "soon" is not a whole number',
    ]


def test_columns_are_counted_after_quoted_cells() -> None:
    assert problems_of('a/b,1,,,"per, ""cent""",soon,,,,,,,,Report,,,') == ['2:25 "period": "soon" is not a period']


def test_a_figure_is_one_of_three_things() -> None:
    assert problems_of("a/b,,,,,2022,,,,,,,,Report,,,") == [
        "2:1 give exactly one of value, a band (low, high) or a count (k of n)"
    ]
    assert problems_of("a/b,,5,3,,2022,,,,,,,,Report,,,") == ["2:1 low is larger than high"]


def test_a_figure_needs_a_source() -> None:
    assert problems_of("a/b,1,,,,2022,,,,,,,,,,,") == ['2:1 "source" is missing']
    assert problems_of("a/b,1,,,,2022,,,,,,,,,Council,,") == ['2:22 "title" is missing in "source"']


def test_what_a_spreadsheet_would_run_is_refused() -> None:
    for sign in "=+-@":
        assert problems_of(f"a/b,1,,,,2022,,,,,,{sign}cmd(),,Report,,,") == [
            f'2:20 note begins with "{sign}", which a spreadsheet would take for a formula'
        ]
    assert problems_of('a/b,1,,,,2022,,,,,,"\t=1",,Report,,,') == [
        "2:20 note begins with a tab, which a spreadsheet would take for a formula"
    ]


def test_quotation_marks_that_do_not_match_are_refused() -> None:
    assert problems_of(GOOD, 'a/b,"1"x,,,,2022,,,,,,,,Report,,,')[0].startswith("3:1 the quotation marks")
    assert problems_of('a/b,"1')[0].partition(" ")[2].startswith("the quotation marks")


def test_good_rows_are_kept_beside_wrong_ones() -> None:
    rows, problems = read_observations(CsvText(f"{HEADER}\nx\n{GOOD}\n", "a.csv"))
    assert len(problems) == 1
    assert [row.position for row in rows] == [1]
    assert str(CsvMarks(CsvText(f"{HEADER}\nx\n{GOOD}\n", "a.csv")).value((1, "period"))) == "a.csv:3:26"


CELLS = st.lists(st.sampled_from(["a/b", "1", ",", ",,,,", '"', '""', "\n", "=x", "2022", "é", " ", "Report", "\t"]),
    max_size=40)


@given(CELLS.map("".join))
def test_any_table_ends_in_rows_or_in_problems(text: str) -> None:
    for head in ("", HEADER + "\n"):
        source = CsvText(head + text, "a.csv")
        rows, problems = read_observations(source)
        assert rows or problems or not text.strip()
        marks = CsvMarks(source)
        assert all(marks.value((row.position, "note")).line > 1 for row in rows)
