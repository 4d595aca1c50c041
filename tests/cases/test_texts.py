"""No number is typed into the texts of a case without a reason that stands here.

A number that comes from a table is a placeholder. What is left are dates, numbers of exhibits and sources, minutes of
the plan, numbers of a sentence that cites its source, numbers that the exhibit's own table shows, and what `TYPED`
lists with its reason.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from cocreate_teach.cases import load_case
from cocreate_teach.cases.loading import cases_root
from cocreate_teach.cases.numbers import EXHIBIT_TEXTS, TEXTS
from tests.cases.stories import STORIES

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
LIST = r"\d+(?:(?:, (?:and )?| to | and | against |-)\d+)*"
# Digits that are no numbers about the world, the same in every case.
NO_FIGURE = {
    "number of an exhibit, a question or a list": rf"\b(?:[Ee]xhibits?|[Qq]uestions?|Report) {LIST}|^\d+\.(?: |$)",
    "number of a concept, a model or a fact": r"\b[ABMW]\d{1,2}\b",
    "date": rf"\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?\b|\b(?:19|20)\d\d\b",
    "month or period of a panel or a model": rf"\b[Mm]onths? {LIST}|\b[Pp]eriods? {LIST}|\b\d+ (?:months|periods)\b",
    "minutes": r"^\| \d+-\d+ \||\b\d+-\d+(?= (?:question|hand|silent|exhibit))|\b\d+ minutes|\b10 for the short",
    "level of an interval": r"\b95% intervals?\b",
    "base of an index": r"\bis 100\b|\bfrom 100\b|\bat 100\b",
    "code, file, seed, licence": r"`[^`]*`|\bseed \d+|\bCC BY 4\.0|\bCC0\b|\bsha256\b|\b17 USC 105\b",
}
INVENTED, SCALE, MODEL, REPORTED = (
    "a fact of the invented story", "the end of a scale, or a class of a survey",
    "a parameter or result of a model; a test of the case holds it", "what a source prints; it is named beside it",
)  # fmt: skip
# Number by number what else is typed: a pattern that holds the number, and why it may be typed.
TYPED = {
    "bank": {
        r"between 25 and 35|aged 25 to 35": REPORTED,  # by the course text; a test holds the panel to it
        r"of 100?\b": SCALE,
        r"payment of 0\.30|0\.30 is safe|from 0\.5 to 1\.0|centralisation from 0\.8 to 0\.3": MODEL,
        r"sales is 1\.5 contracts": "put into the panel by hand; a test holds it",
        r"; 0 means": "explains an entry of the table",
    },
    "burberry": {
        r"(?:24|12) shops|24 pages|in all 24\b|begin with 12|of 24\b|240,000 pounds|18 posts": INVENTED,
        r"50 per cent|\b50%|9\.8%|over 60%|about 10\.5 million|about 1 million|than 3 million": REPORTED,
        r"bases?:\*\* 4 .*?, 5 .*?, 6 .*?, 7|words:\*\* 3|printed:\*\* 1 and 2|^For [12],": "a row of Exhibit 10",
    },
    "wikipedia": {
        r"900 (?:active editors|people)": INVENTED,
        r"(?:20,000|100|5)(?: articles| edits)? or more|than 100 edits|10th edit|active 1%": SCALE,
        r"0\.1% of editors|1\.5 million|15 dialects|5 million": REPORTED,
        r"near 1: the base": "the largest value that the coefficient can have",
        r"3% (?:do|were)|3 of 100 editors|97 percent": "rounded from the distribution; a test of the case holds it",
        r"for 22 months|by 0\.965": "the splice; a test of the case holds it",
        r"above 200|near 330": "rounded from the table; a test of the case holds it",
        r"about 32,000": "the mean of two years, rounded",
    },
    "healthcare_it": {
        r"11 or more": SCALE,
        r"42% have": "a survey's number in a wrong turn that is quoted",
        r"50 links|of 50\b|4 hospitals, 40 patients, 6 suppliers": INVENTED,
        r"^\| (?:5|8|10|15|20) \|": "a period, first column of a table",
        r", section 2,": "a section of a page",
        r"ceiling 100 percent": MODEL,
        r"\(86\.9\)|15% did not|prints 11\.8|says 93|of 82 for|prints 61\.4|and 72\.0": REPORTED,
    },
}


def sentences(text: str) -> Iterator[str]:
    """Give the sentences of a text, placeholders emptied, without the list of sources and the voice model's section."""
    text = re.sub(r"\{\{[^{}]*\}\}", "", text).split("\n## Sources")[0]
    text = re.sub(r"### Whose voice counts.*?(?=\n#|\Z)", "", text, flags=re.S)  # each case has a test for it
    for line in text.split("\n"):
        yield from re.split(r"(?<=[.?!])\s+(?=[A-Z\"*])", line)


def typed(text: str, patterns: Iterator[str]) -> list[str]:
    """Return the numbers of a text that no pattern covers, each with its sentence."""
    found = []
    for sentence in sentences(text):
        rest = sentence
        if re.search(r"\[\d", sentence):  # the sentence cites its source
            continue
        for pattern in patterns:
            rest = re.sub(pattern, lambda match: re.sub(r"\d", "#", match[0]), rest)
        found += [f"{number} in: {sentence}" for number in re.findall(r"\d(?:,?\d)*(?:\.\d+)?", rest)]
    return found


@cache
def shown(case: str, exhibit: int) -> tuple[float, ...]:
    """Return every number that the table of an exhibit shows; shares also as percent."""
    values = []
    for cell in load_case(case).exhibit(exhibit).table.to_numpy().ravel():
        if not isinstance(cell, str):
            values.append(float(cell))
        elif not re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
            values += [float(found.replace(",", "")) for found in re.findall(r"\d(?:,?\d)*(?:\.\d+)?", cell)]
    return tuple(values + [100 * value for value in values if abs(value) <= 1])


def is_shown(number: str, case: str, exhibit: int) -> bool:
    """Whether a number of a caption is one of its table, as exactly as it is written."""
    written, decimals = float(number.replace(",", "")), len(number.partition(".")[2])
    return any(abs(value - written) <= 0.5000001 * 10**-decimals for value in shown(case, exhibit))


def texts(case: str) -> Iterator[tuple[str, int | None, str]]:
    """Give each text of a case: where it stands, the exhibit that it belongs to, and its words."""
    for file in TEXTS:
        yield file, None, (cases_root() / case / file).read_text(encoding="utf-8")
    raw = tomllib.loads((cases_root() / case / "case.toml").read_text(encoding="utf-8"))
    for exhibit in raw["exhibits"]:
        for key in EXHIBIT_TEXTS:
            yield f"exhibit {exhibit['number']}, {key}", exhibit["number"], exhibit[key]


@pytest.mark.parametrize("case", STORIES)
def test_every_number_of_a_text_is_computed_cited_or_has_its_reason(case):
    """A number that somebody typed is the one that is wrong after the next change of a table."""
    patterns = (*NO_FIGURE.values(), *TYPED[case])
    left = []
    for place, exhibit, text in texts(case):
        for found in typed(text, patterns):
            number = found.partition(" in: ")[0]
            if exhibit is None or not is_shown(number, case, exhibit):
                left.append(f"{place}: {found}")
    assert not left, "\n".join(left)


@pytest.mark.parametrize("case", STORIES)
def test_no_reason_outlives_its_number(case):
    """A list of exceptions that only grows ends by allowing everything."""
    every = [sentence for _, _, text in texts(case) for sentence in sentences(text)]
    unused = [pattern for pattern in TYPED[case] if not any(re.search(pattern, sentence) for sentence in every)]
    assert not unused


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("In 2008 it was {{share}}.", []),
        ("In Exhibits 4, 5 and 6 on 2 January 2014 it was {{share}}.", []),
        ("On 3 May it was 5% in 40 branches.", ["5", "40"]),
        ("It was 7,939 or 0.36 [4].", []),
        ("It was 7,939 or 0.36.", ["7,939", "0.36"]),
        ("See [4]. It was 12 then.", ["12"]),
    ],
)
def test_a_typed_number_is_found_and_a_date_is_not_one(sentence, found):
    """The test above is worth what its reading of digits is worth."""
    assert [told.partition(" in: ")[0] for told in typed(sentence, tuple(NO_FIGURE.values()))] == found


def test_a_number_of_a_caption_is_held_to_the_table_of_its_exhibit():
    """As exactly as it is written: 12.4 contracts are shown, 12.5 are not; 26% are, 27% are not."""
    assert is_shown("12.4", "bank", 4)
    assert not is_shown("12.5", "bank", 4)
    assert is_shown("26", "bank", 9)
    assert not is_shown("27", "bank", 9)
