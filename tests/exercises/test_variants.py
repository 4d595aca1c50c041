"""Variants are the same on every machine and in every version."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.exercises import Draw, normalise, variant_digest


def test_draws_never_change():
    """A changed draw changes the rightful variant of every student, and so their marks: these numbers are final."""
    anna = Draw("practice", "02_inside_first", "anna")
    assert anna.integer("a", 0, 10**6) == 147447
    assert anna.choice("b", list("abcdefgh")) == "b"
    assert anna.order("c", range(6)) == (0, 2, 3, 4, 5, 1)
    assert Draw("practice", "02_inside_first", "Müller").integer("a", 0, 10**6) == 560850


def test_a_draw_is_the_hash_that_the_docstring_states():
    """Anybody can calculate it again: SHA-256 of course, exercise, student and name, as JSON."""
    digest = hashlib.sha256(json.dumps(["c", "e", "s", "n"]).encode()).hexdigest()
    assert Draw("c", "e", "s").integer("n", 0, 999) == int(digest, 16) % 1000


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing(student):
    """One id has one spelling."""
    assert normalise(normalise(student)) == normalise(student)


@pytest.mark.parametrize("spelling", ["anna", " Anna ", "ANNA\n", "ａｎｎａ"])
def test_spellings_of_one_id_draw_the_same(spelling):
    """Rosters and students write ids differently."""
    assert Draw("c", "e", spelling).integer("n", 0, 10**9) == Draw("c", "e", "anna").integer("n", 0, 10**9)


def test_course_exercise_student_and_name_all_matter():
    """And their borders do: "ab" + "c" is not "a" + "bc"."""
    draws = [("c", "e", "s", "n"), ("d", "e", "s", "n"), ("c", "f", "s", "n"), ("c", "e", "t", "n"),
             ("c", "e", "s", "m"), ("ce", "", "s", "n"), ("c", "es", "t", "n")]  # fmt: skip
    numbers = {Draw(course, exercise, who).integer(name, 0, 10**12) for course, exercise, who, name in draws}
    assert len(numbers) == len(draws)


def test_the_base_variant_takes_the_first_the_lowest_and_the_order_given():
    """Authors put the lesson's numbers first."""
    base = Draw("c", "e", "  ")
    assert base.is_base
    assert base.choice("x", [3, 1, 2]) == 3
    assert base.integer("x", 4, 9) == 4
    assert base.integer("x", 4, 9, base=7) == 7
    assert base.order("x", "cab") == ("c", "a", "b")


def test_every_option_and_place_is_drawn_about_equally_often():
    """No student is favoured: with 3,000 students each of six options stays within five standard deviations."""
    counts, first = [0] * 6, [0] * 6
    for number in range(3000):
        draw = Draw("c", "e", f"s{number}")
        counts[draw.integer("n", 0, 5)] += 1
        first[draw.order("o", range(6))[0]] += 1
    assert all(abs(count - 500) < 102 for count in counts + first)


def test_a_draw_without_options_says_so():
    """An author's slip gets a sentence."""
    with pytest.raises(ValueError, match="no options"):
        Draw("c", "e", "s").choice("n", [])
    with pytest.raises(ValueError, match="lower number first"):
        Draw("c", "e", "s").integer("n", 2, 1)


def test_the_digest_tells_data_apart_and_not_their_order():
    """A result records which data it was marked with."""
    assert variant_digest({"a": 1, "b": 2}) == variant_digest({"b": 2, "a": 1})
    assert variant_digest({"a": 1}) != variant_digest({"a": 1.5})
