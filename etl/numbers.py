"""Numbers as Vietnamese officers write them: read where only one reading is possible, else asked about by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from etl.findings import number as shown
from etl.spelling import clean, fold
from etl.values import Reading

PLAIN = re.compile(r"-?\d+")
DOTTED_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")
SPACED_THOUSANDS = re.compile(r"-?\d{1,3}( \d{3})+")
COMMA_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3}){2,}(\.\d+)?|-?\d{1,3},\d{3}\.\d+")
"""Two commas, or a comma and then a point: English, and nothing else."""
ONE_COMMA_THOUSAND = re.compile(r"-?\d{1,3},\d{3}")
COMMA_DECIMAL = re.compile(r"-?\d+,\d+|-?\d{1,3}(\.\d{3})+,\d+")
POINT_DECIMAL = re.compile(r"-?\d+\.\d+")
NOTHING_BEFORE_POINT = re.compile(r"-?0\.\d+")
THREE_DECIMALS_PERCENT = re.compile(r"\d{1,3}\.\d{3}")

WRITTEN = r"-?\d+(?:[., ]\d+)*"
ABOUT = re.compile(
    r"(?:khoảng|gần|hơn|trên dưới|trên|dưới|tầm|chừng|ước đạt|ước tính|ước|độ|ít nhất|tối thiểu|tối đa|không dưới|~|≈|"
    rf"±|>=|<=|≥|≤|>|<)\s*({WRITTEN})(?:\D.*)?|({WRITTEN})\s*(?:\+|trở lên|trở xuống|đổ lên)"
)
RANGE = re.compile(rf"(?:từ )?({WRITTEN})\s*(?:-|~|÷|đến|tới|->)\s*({WRITTEN})(?: [^\d]*)?")
FRACTION = re.compile(rf"({WRITTEN})\s*/\s*({WRITTEN})(?: [^\d]*)?")
PERCENT = re.compile(rf"({WRITTEN})\s*(?:%|phần trăm)")
WITH_WORDS = re.compile(rf"({WRITTEN})\s*([^\d\s].*)")
AFTER_WORDS = re.compile(rf"[^\d]*?[^\d\s-]\s*({WRITTEN})[^\d]*")
PUNCTUATED = re.compile(r"(?=.*\d)[-.,\d][\d.,\s]*")
TIMES = {
    "chục": 10, "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "k": 1_000, "vạn": 10_000, "triệu": 1_000_000,
    "tr": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000,
}  # fmt: skip
DIGITS = "không một hai ba bốn tư năm sáu bảy tám chín mười mươi mốt lăm linh lẻ"
COUNTING = frozenset((*DIGITS.split(), *TIMES))
MARKS = frozenset(("x", "v", "✓", "✔", "☑", "có", "đã có", "đạt", "yes", "true"))
SCANNED = re.compile(r"(?=.*\d)(?=.*[a-zđ])[0-9oOdDlIi|sSbBzZgq.,]+", re.IGNORECASE)
SCANNED_AS = str.maketrans("oOlIi|sSbBzZgq", "00111155882299")


def whole_number(text: str, units: Collection[str] = ()) -> Reading:
    """A count written as text: 1.234 is 1234; 1,234 and 12.5 could mean two things and are asked about."""
    text = bare(text)
    if PLAIN.fullmatch(text) or DOTTED_THOUSANDS.fullmatch(text) or SPACED_THOUSANDS.fullmatch(text):
        return Reading(float(text.replace(".", "").replace(" ", "")), "text_number")
    if ONE_COMMA_THOUSAND.fullmatch(text):
        return Reading(None, "number_ambiguous", (text.replace(",", ""), text))
    if POINT_DECIMAL.fullmatch(text) and not NOTHING_BEFORE_POINT.fullmatch(text):
        return Reading(None, "number_ambiguous", (text.replace(".", ""), text.replace(".", ",")))
    value = decimals(text)
    if value is None:
        return unclear(text, units, whole_number)
    return Reading(value, "text_number") if value.is_integer() else Reading(None, "not_whole")


def decimal_number(text: str, units: Collection[str] = ()) -> Reading:
    """A measure written as text: 12,5 and 1.234,56 are read; 2.450 could mean two things and is asked about."""
    text = bare(text)
    if PLAIN.fullmatch(text) or SPACED_THOUSANDS.fullmatch(text):
        return Reading(float(text.replace(" ", "")), "text_number")
    if ONE_COMMA_THOUSAND.fullmatch(text):
        return Reading(None, "number_ambiguous", (text.replace(",", ""), text))
    if DOTTED_THOUSANDS.fullmatch(text):
        return Reading(None, "number_ambiguous", (text.replace(".", ""), text.replace(".", ",")))
    value = decimals(text)
    if value is None:
        return unclear(text, units, decimal_number)
    return Reading(value, "point_decimal" if POINT_DECIMAL.fullmatch(text) else "text_number")


def percentage(text: str, units: Collection[str] = ()) -> Reading:
    """A percentage written as text, with or without its sign: 98,5% is 98.5; 0,98 without a sign is asked about."""
    text = bare(text)
    signed = PERCENT.fullmatch(fold(text))
    written = signed[1] if signed else text
    if THREE_DECIMALS_PERCENT.fullmatch(written):
        return Reading(None, "number_ambiguous", (written.replace(".", ","), written.replace(".", "")))
    reading = decimal_number(written, units)
    return reading if signed else share_or_percent(reading)


def share_or_percent(reading: Reading) -> Reading:
    """A number between 0 and 1 in a column of percentages may be a share of 1 or less than one in a hundred."""
    if isinstance(reading.value, float) and 0 < reading.value < 1:
        return Reading(None, "percent_share", (f"{shown(reading.value * 100)}%", f"{shown(reading.value)}%"))
    return reading


def bare(text: str) -> str:
    """The text without what keeps a number from being one: the apostrophe that Excel wants, another minus."""
    return clean(text).replace("−", "-").lstrip("'’‘`").strip()


def decimals(text: str) -> float | None:
    """The value of a number with decimals that can be read in one way only, None where it is none."""
    if COMMA_DECIMAL.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    if COMMA_THOUSANDS.fullmatch(text) or POINT_DECIMAL.fullmatch(text):
        return float(text.replace(",", ""))
    return None


def unclear(text: str, units: Collection[str], of_number: Callable[[str], Reading]) -> Reading:
    """Why a text is no number: by how it is written, with the numbers it may have meant."""
    folded = fold(text)
    if text.startswith("="):
        return Reading(None, "formula_as_text")
    if found := ABOUT.fullmatch(folded):
        return Reading(None, "number_approximate", (found[1] or found[2],))
    for pattern, fault in ((RANGE, "number_range"), (FRACTION, "number_fraction"), (PERCENT, "percent_in_count")):
        if found := pattern.fullmatch(folded):
            return Reading(None, fault, found.groups())
    if folded == "o":
        return Reading(None, "digits_in_word", ("0",))
    if SCANNED.fullmatch(text):
        meant = text.translate(SCANNED_AS)
        return Reading(None, "digits_in_word", (meant,) if PLAIN.fullmatch(meant) else ())
    return in_words(folded, units, of_number)


def in_words(folded: str, units: Collection[str], of_number: Callable[[str], Reading]) -> Reading:
    """A number among words, several numbers, or words alone."""
    if PUNCTUATED.fullmatch(folded):
        return Reading(None, "number_punctuated")
    numbers = re.findall(WRITTEN, folded)
    if len(numbers) > 1:
        return Reading(None, "several_numbers", tuple(numbers))
    if found := WITH_WORDS.fullmatch(folded):
        return with_words(found[1], found[2], units, of_number)
    if found := AFTER_WORDS.fullmatch(folded):
        return Reading(None, "number_words", (found[1],))
    if folded in MARKS:
        return Reading(None, "says_yes")
    return Reading(None, "number_spelt_out" if COUNTING.issuperset(folded.split()) else "not_a_number")


def with_words(number: str, words: str, units: Collection[str], of_number: Callable[[str], Reading]) -> Reading:
    """A number and words after it: read where they only name what the column counts, else asked about."""
    first = words.split()[0].rstrip(".")
    if first in TIMES:
        reading = decimal_number(number)
        value = reading.value if isinstance(reading.value, float) else None
        return Reading(None, "number_times", (shown(value * TIMES[first]),) if value is not None else ())
    if words.strip(" .") in units:
        reading = of_number(number)
        return Reading(reading.value, "number_unit") if reading.value is not None else reading
    return Reading(None, "number_words", (number,))
