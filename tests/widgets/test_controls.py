"""Controls: what a reader can set, from the ranges of the models, and the sentences for what is not allowed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import models
from cocreate_teach.errors import ParameterError
from cocreate_teach.models.parameters import Range
from cocreate_teach.widgets.controls import Choice, Scenario, Text, check_values, for_browser, scenario_choice, slider

SHARE = slider("voice", Range(0, 1, unit="share", label="voice", step=0.05), 0.5, help="who is heard")
PAYER = Choice(name="payer", label="paid by", options=(("senior", "the seniors"), ("lead", "the lead")), value="lead")


def test_slider_takes_limits_unit_step_and_label_from_the_range():
    """One line in the model's type feeds validation, sliders and messages."""
    allowed = models.ranges(models.EngagementParameters)["leverage"]
    control = slider("leverage", allowed, 1.0)
    assert (control.low, control.high, control.step) == (allowed.low, allowed.high, allowed.step)
    assert (control.unit, control.label) == (allowed.unit, allowed.label)


def test_slider_may_narrow_its_range_but_never_leave_it():
    """A slider that offers what the model refuses would only produce faults."""
    assert slider("cost", Range(0, 10), 1, high=2).high == 2
    with pytest.raises(ValueError, match="slider cost must stay between 0 and 10; got 0 to 11"):
        slider("cost", Range(0, 10), 1, high=11)


def test_all_wrong_values_are_told_at_once_in_plain_sentences():
    """A reader puts everything right in one go."""
    with pytest.raises(ParameterError) as caught:
        check_values((SHARE, PAYER), {"voice": 1.5, "payer": "nobody", "speed": 3})
    assert caught.value.faults == (
        "this explorer has no control 'speed'; it has voice, payer: choose one of them",
        "voice must be between 0 and 1 (share); got 1.5; move it back into this range",
        "paid by must be one of senior, lead; got 'nobody'; choose one of them",
    )


@pytest.mark.parametrize(
    ("wrong", "shown"), [(None, "nothing"), ("", "nothing"), ("0.5", "'0.5'"), (math.nan, "nan"), (True, "True")]
)
def test_what_is_no_number_is_asked_for_again(wrong, shown):
    """An emptied number field arrives as nothing; text and truth values are no numbers."""
    with pytest.raises(ParameterError) as caught:
        check_values((SHARE,), {"voice": wrong})
    assert caught.value.faults == (f"voice must be between 0 and 1 (share); got {shown}; type a number",)


@given(st.floats(0, 1))
def test_every_value_inside_the_limits_is_accepted_as_it_is(value):
    """The check must not round or clip."""
    assert check_values((SHARE, PAYER), {"voice": value, "payer": "lead"}) == {"voice": value, "payer": "lead"}


def test_whole_numbers_become_floats():
    """The browser sends 1 for 1.0; the model's types say float."""
    assert isinstance(check_values((SHARE,), {"voice": 1})["voice"], float)


def test_scenario_is_chosen_by_label_and_status():
    """A student sees beside each name whether the numbers are real."""
    scenario = Scenario(name="before", label="Before", status="illustrative", source="ours", values={})
    assert scenario_choice((scenario,), "before").options == (("before", "Before (illustrative)"),)


def test_browser_gets_plain_data_that_says_which_control_it_is():
    """The browser decides by `kind` between a range with a number field and a list."""
    assert for_browser(SHARE) | {"kind": "slider", "low": 0, "high": 1, "step": 0.05} == for_browser(SHARE)
    assert for_browser(PAYER)["kind"] == "choice"


NOTE = Text(name="note", label="note", value="a", tidy=str.upper, longest=5)


def test_a_text_is_tidied_and_one_that_is_none_or_too_long_gets_a_sentence():
    """What is pasted may be anything."""
    assert check_values((NOTE,), {"note": "abc"}) == {"note": "ABC"}
    with pytest.raises(ParameterError, match="note must be a text; got 3; type or paste it"):
        check_values((NOTE,), {"note": 3})
    with pytest.raises(ParameterError, match="note may have up to 5 characters; got 6; paste less"):
        check_values((NOTE,), {"note": "abcdef"})
    assert check_values((Text(name="free", label="free"),), {"free": " as it is "}) == {"free": " as it is "}


def test_browser_gets_no_function_of_a_text():
    """A message holds plain data only."""
    assert for_browser(NOTE) == {
        "name": "note", "label": "note", "value": "a", "help": "", "fold": "", "longest": 5, "kind": "text",
    }  # fmt: skip
