"""Codes of the classroom round: every slip of one digit or of two neighbours is found, in any text around."""

from itertools import combinations, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets.round_codes import LETTERS, WEIGHTS, check_letter, code_of, read_codes, tidy

ALL = tuple(product(range(10), repeat=4))
CHOICES = st.tuples(*[st.integers(0, 9)] * 4)
NOISE = st.sampled_from(
    ["Ann Lee:", "thanks!", "10:32", "10:15:32", "2026-11-25", "25.11.2026", "November 25, 2026", "24/7", "Zoë2004",
     "anna1999@example.org", "s1234567", "0151123456789", "https://example.org/4711", "B2B", "3)", "COVID-19", "–", "#"]
)  # fmt: skip
BETWEEN = st.sampled_from([" ", "\n", ", ", "; ", "\t", " | ", "\r\n"])


def chosen(text):
    """Return what is read, without places and faults."""
    return [reading.choices for reading in read_codes(text)]


def faults(text):
    """Return the sentences on codes that do not fit."""
    return [reading.fault for reading in read_codes(text) if reading.fault]


def test_letters_cannot_be_taken_for_digits():
    """I and O look like 1 and 0, Q like O; the rest are a prime number of letters, on which the check rests."""
    assert set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set(LETTERS) == {"I", "O", "Q"}
    assert len(LETTERS) == 23
    assert sorted(WEIGHTS) == [1, 2, 3, 4]


def test_every_single_wrong_digit_is_found():
    """All 10,000 codes, each with every other digit in each place."""
    letters = {one: check_letter(one) for one in ALL}
    for one, letter in letters.items():
        for place in range(4):
            for wrong in range(10):
                if wrong != one[place]:
                    assert letters[(*one[:place], wrong, *one[place + 1 :])] != letter


def test_every_swap_of_two_digits_is_found():
    """Neighbours, as one mishears and mistypes them, and any other two."""
    letters = {one: check_letter(one) for one in ALL}
    for one, letter in letters.items():
        for i, j in combinations(range(4), 2):
            swapped = list(one)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            assert one[i] == one[j] or letters[tuple(swapped)] != letter


@given(CHOICES)
def test_a_swap_of_the_last_digit_and_the_letter_is_found(one):
    """The fourth pair of neighbours: it is no code any more."""
    code = code_of(one)
    for wrong in (f"{code[:3]}{code[-1]}-{code[3]}", f"{code[:3]}{code[-1]}{code[3]}"):
        assert chosen(wrong) == [None]


@given(CHOICES, st.sampled_from(LETTERS + "Q"))
def test_every_wrong_letter_is_found(one, letter):
    """Only one letter fits."""
    code = code_of(one)
    assert (chosen(f"{code[:4]}-{letter}") == [one]) == (letter == code[-1])


def test_the_code_of_the_lesson_fits():
    """By hand: 3 x 5 + 2 x 3 + 4 x 8 + 2 = 55 = 2 x 23 + 9, and K is the letter with number 9 from A = 0."""
    assert code_of((5, 3, 8, 2)) == "5382-K"
    assert LETTERS[9] == "K"


@pytest.mark.parametrize("wrong", [(5, 3, 8), (5, 3, 8, 2, 1), (5, 3, 8, 10), (5, 3, 8, -1), (5, 3, 8, 2.5)])
def test_other_numbers_have_no_code(wrong):
    """A fault of whoever calls it, told as a sentence."""
    with pytest.raises(ParameterError, match="a code holds 4 whole numbers from 0 to 9; got"):
        code_of(wrong)


@given(st.lists(st.tuples(CHOICES, st.booleans(), BETWEEN, NOISE, BETWEEN), max_size=8))
def test_codes_are_found_in_any_text_around(entries):
    """Choices to codes, with and without letter, in a chat with names, times and dates, and back."""
    text = "".join(
        f"{noise}{before}{code_of(one) if with_letter else code_of(one)[:4]}{after}"
        for one, with_letter, before, noise, after in entries
    )
    assert chosen(text) == [one for one, *_ in entries]


@pytest.mark.parametrize(
    "text",
    ["5382-K", "5382K", "5382k", "5382 K", "5382 - k", "5382–K", "5382 . K", "(5382-K)", "“5382-K”", "5-3-8-2-K",
     "5 3 8 2 K", "5 3 8 2", "５３８２－Ｋ", "٥٣٨٢", "Ann:5382-K!", "5382_K", "5382/K", "code=5382-K;", "5382 I think",
     "5382\nK: hello", "May 5382-K"]
)  # fmt: skip
def test_ways_to_write_a_code_are_all_read(text):
    """Hyphens, spaces, small letters, full-width and Arabic digits: whatever a chat or a slip brings."""
    assert set(chosen(text)) == {(5, 3, 8, 2)}


def test_letters_that_look_like_digits_are_read_as_digits():
    """The check letter still decides."""
    assert chosen("5O82-D 1l04-" + check_letter((1, 1, 0, 4))) == [(5, 0, 8, 2), (1, 1, 0, 4)]


def test_codes_in_a_row_without_a_space_are_two():
    """A field that takes one line drops line breaks."""
    assert chosen("5382-K5382-K5382K") == [(5, 3, 8, 2)] * 3


def test_equal_codes_are_two_students():
    """Two may choose alike."""
    assert len(read_codes("5382-K 5382-K")) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1204 5382-X", "code 2, 5382-X: the letter does not fit the digits; ask for it again"),
        ("5382 X", "code 1, 5382-X: the letter does not fit the digits; ask for it again"),
        ("5382-q", "code 1, 5382-Q: no code has the letter Q; ask for it again"),
        ("538-K", "code 1, 538-K: it has 3 digits, a code has 4; ask for it again"),
        ("53821", "code 1, 53821: it has 5 digits, a code has 4; ask for it again"),
        ("538K-2", "code 1, 538K-2: a code has 4 digits, then a letter; ask for it again"),
        ("5382-kl", "code 1, 5382-KL: a code has 4 digits, then a letter; ask for it again"),
    ],
)
def test_a_code_that_does_not_fit_says_which_and_why(text, sentence):
    """The lecturer asks that student again, and sees the others at once."""
    assert faults(f"{text} 9090-U") == [sentence]
    assert chosen(f"{text} 9090-U")[-1] == (9, 0, 9, 0)


def test_only_a_code_with_its_letter_is_vouched_for():
    """A slip on paper goes unnoticed, and the class view counts how many there are."""
    assert [one.has_letter for one in read_codes("5382-K 5382 5382-X")] == [True, False, False]


@given(st.text() | st.text(alphabet="0123456789KkXOIl -–:.,/\nſß"))
@example("5 3 8 2 K 11-25 53h82")
def test_what_is_kept_is_read_the_same_again(text):
    """Names are dropped once; places and faults stay as they were."""
    kept = tidy(text)
    assert tidy(kept) == kept
    assert read_codes(kept) == read_codes(text)


@given(st.text())
def test_nothing_but_codes_is_kept(text):
    """No word of three letters and no number of seven digits survives: no names, no telephone or student numbers."""
    for word in tidy(text).split():
        assert word.isascii()
        assert sum(sign.isalpha() for sign in word) <= 2
        assert 3 <= sum(sign.isdigit() for sign in word) <= 6
