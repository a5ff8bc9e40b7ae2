"""What is seen of a value by its number format, and that a format which is not known is said to be so."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from extractors.spreadsheets.shown import Shown, shown

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.985, "0.0%", "98.5%"), (0.985, "0%", "99%"), (0.984, "0%", "98%"), (0.95, '"≥"0%', "≥95%"), (0.985, "0.00", "0.99"),
        (865.4, '0.0"公里"', "865.4公里"), (6, "0座", "6座"), (12345678, "#,##0", "12,345,678"), (999, "#,##0", "999"),
        (123456, '0!.0,"万元"', "12.3万元"), (123456, '0\\.0,"万元"', "12.3万元"), (1234567, '0!.0000"万元"', "123.4567万元"),
        (1500, "0.0,", "1.5"), (7, "000", "007"), (430528001, "000000000000", "000430528001"),
        (123456789, "000-0000-0000", "001-2345-6789"),
        (-5, "0.00", "-5.00"), (-5, "0.00;(0.00)", "(5.00)"), (-5, "0.00_);[Red](0.00)", "(5.00)"), (5, "0.00_);[Red](0.00)", "5.00"),
        (-0.001, "0.0", "0.0"), (2.675, "0.00", "2.68"), (1.005, "0.00", "1.01"), (0.5, "#.##", ".5"), (12.5, "0.0#", "12.5"),
        (1234.5, ACCOUNTING, "1,234.50"), (-1234.5, ACCOUNTING, "-1,234.50"), (0, ACCOUNTING, "-"),
        (0.1 + 0.2, "General", "0.3"), (1 / 3, "General", "0.333333333"), (48.0, "General", "48"), (13900000001, "General", "13900000001"),
        (12.5, 'General"元"', "12.5元"), (1, '[=1]"√";[=0]"×";General', "√"), (0, '[=1]"√";[=0]"×";General', "×"),
        (15000, '[>=10000]0!.0,"万元";0"元"', "1.5万元"), (9000, '[>=10000]0!.0,"万元";0"元"', "9000元"),
        (8, "¥#,##0.00", "¥8.00"), (8, "[$¥-804]#,##0.00", "¥8.00"), (5, ";;;", ""), ("甲", ";;;", ""), ("甲", '@"元"', "甲元"),
        ("甲", "0.00", "甲"), (True, "General", "TRUE"), (None, "0.00", ""), (0, "0;-0;", ""),
    ],
)  # fmt: skip
def test_a_number_is_what_is_seen(value: object, code: str, seen: str) -> None:
    text, known = shown(value, code)
    assert (text.strip(), known) == (seen, True)


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (datetime(2030, 12, 3), "yyyy-mm-dd", "2030-12-03"), (date(2030, 12, 3), 'yyyy"年"m"月"d"日"', "2030年12月3日"),
        (datetime(2030, 12, 3, 14, 7, 9), "yyyy/m/d h:mm:ss", "2030/12/3 14:07:09"), (time(9, 5), "h:mm", "9:05"),
        (datetime(2030, 12, 3, 14, 7), "AM/PMh:mm", "下午2:07"),
        (datetime(2030, 11, 25), "[DBNum1]yyyy年m月d日", "二〇三〇年十一月二十五日"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"), (datetime(2030, 12, 3), "[$-F800]dddd, mmmm dd", "2030年12月3日"),
        (datetime(2030, 12, 3), "yyyy-m-d aaaa", "2030-12-3 星期二"),
    ],
)  # fmt: skip
def test_a_date_is_what_is_seen(value: object, code: str, seen: str) -> None:
    assert shown(value, code) == Shown(seen)


@pytest.mark.parametrize(("number", "seen"), [(31, "2025年3月31日"), (57, "2025年3月"), (58, "3月31日"), (14, "2025/3/31")])
def test_formats_that_stand_in_no_file_are_those_of_chinese_programs(number: int, seen: str) -> None:
    assert shown(45747, "General", number) == Shown(seen)


@pytest.mark.parametrize(
    ("value", "code", "stored"),
    [(0.5, "# ?/?", "0.5"), (12, "[DBNum2]0", "12"), (12, "0.00E+00", "12"), (-1, "[>5]0;0", "-1"), (12.5, ".00", "12.5")],
)
def test_a_format_that_is_not_known_gives_the_stored_value_and_says_so(value: float, code: str, stored: str) -> None:
    assert shown(value, code) == Shown(stored, False)
