"""The presets of the bank case tell the story of its text, and none of them sits on a tie."""

import pytest

from cocreate_teach import models
from tests.cases.bank_panel import BANK

# Conflict is meant here; that it is warned of has a test of its own.
pytestmark = pytest.mark.filterwarnings("ignore:synergy of .* a conflict")

PRESETS = [preset for preset in BANK.presets.values() if preset.model == "participation"]
NOTE = BANK.teaching_note


def parameters(preset):
    """Return a preset as parameters of the participation model."""
    values = preset.values
    links = {key: {tuple(x["between"]): x["value"] for x in values.get(key, ())} for key in ("synergy", "transfer")}
    return models.participation_parameters(tuple(values["stakeholders"]), cost=values["cost"], **links)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_no_preset_sits_on_a_tie(preset):
    """A tie would make who leaves a matter of rounding."""
    given = parameters(preset)
    members = models.participation_path(given)
    for stage in members:
        margin = models.rewards(given, stage) - given.cost
        assert (abs(margin[stage]) > 0.04).all()


def test_the_presets_tell_the_story_of_the_case():
    """The junior leaves before the product and with distrust; product, side payment, training and pairing keep all."""
    table = BANK.table("participation").set_index("preset")
    for preset in PRESETS:
        given = parameters(preset)
        stays = models.participation_equilibrium(given)
        gone = [who for who, stay in zip(given.stakeholders, stays, strict=True) if not stay]
        row = table.loc[preset.name]
        assert row.who_leaves == (", ".join(gone) or "nobody")
        assert row.value_created == pytest.approx(float(models.coalition_value(given, stays)))
        assert row.net_value == pytest.approx(float(models.net_value(given, stays)))
        assert row.net_value_if_all_stayed == pytest.approx(float(models.net_value(given)))
        assert f"| {row.who_leaves} | {row.value_created:.1f} | {row.net_value:.1f} |" in NOTE
    assert table.who_leaves.to_dict() == {
        "before": "junior adviser", "after": "nobody", "transfer": "nobody", "training": "nobody",
        "pairing": "nobody", "distrust": "junior adviser",
    }  # fmt: skip


def test_the_numbers_that_the_case_takes_from_the_model_are_the_models():
    """0.75 for 1.00, 1.7 against 2.2, a payment of 0.25, 4.7 with the product and 3.2 with product and distrust."""
    before, after = (parameters(BANK.presets[name]) for name in ("before", "after"))
    junior = before.stakeholders.index("junior adviser")
    assert models.rewards(before)[junior] == pytest.approx(0.75)
    assert before.cost[junior] == 1.0
    assert float(models.net_value(before)) == pytest.approx(2.2)
    assert float(models.net_value(before, models.participation_equilibrium(before))) == pytest.approx(1.7)
    assert float(models.net_value(after)) == pytest.approx(4.7)
    paid = models.with_transfer(before, giver="senior adviser", receiver="junior adviser", amount=0.25)
    assert models.participation_equilibrium(paid).all()
    unpaid = models.with_transfer(before, giver="senior adviser", receiver="junior adviser", amount=0.24)
    assert not models.participation_equilibrium(unpaid).all()
    enough = models.with_synergy(before, "customer", "junior adviser", 1.0)
    assert models.participation_equilibrium(enough).all()
    distrust = models.with_synergy(after, "junior adviser", "senior adviser", -1.0)
    assert models.participation_equilibrium(distrust).all()
    assert float(models.net_value(distrust)) == pytest.approx(3.2)
    told = ("junior_back", "junior_in", "net_all_before", "net_before", "missing", "net_after")
    assert [BANK.numbers[name] for name in told] == ["0.75", "1.00", "2.2", "1.7", "0.25", "4.7"]
    assert BANK.numbers["net_product_and_distrust"] == "3.2"


def test_the_voice_presets_give_what_the_teaching_note_tells():
    """Internal and external co-creation at centralisation 0.8 and 0.3."""
    told = {
        "voice_now": "co-creation is {:.2f} and external co-creation {:.2f}",
        "voice_decentral": "are {:.2f} and {:.2f}",
    }
    for name, words in told.items():
        values = BANK.presets[name].values
        names = values["stakeholders"]
        given = models.EngagementParameters(
            stakeholders=tuple(names),
            is_internal=tuple(values["is_internal"][who] for who in names),
            power=[values["power"][who] for who in names],
            interest=[values["interest"][who] for who in names],
            centralisation=values["centralisation"],
        )
        engaged = models.engagement_equilibrium(given)
        inside, outside = models.internal_cocreation(engaged, given), models.external_cocreation(engaged, given)
        assert words.format(float(inside), float(outside)) in NOTE


def test_the_ledger_says_who_gains_by_the_launch():
    """The title of Exhibit 10 claims that all four get back more, and that one of them decided."""
    ledger = BANK.table("ledger").set_index("stakeholder")
    for name, column in (("before", "back_before"), ("after", "back_after"), ("transfer", "back_side_payment")):
        given = parameters(BANK.presets[name])
        back = models.rewards(given, models.participation_equilibrium(given))
        assert ledger[column].tolist() == pytest.approx(back.tolist())
        assert ledger.puts_in.tolist() == pytest.approx(given.cost.tolist())
    assert (ledger.back_after > ledger.back_before).all()
    assert (ledger.back_after > ledger.puts_in).all()
    assert ledger.index[ledger.asked == "decided"].tolist() == ["management"]
    assert ledger.back_before["junior adviser"] == 0


def test_presets_differ_from_before_only_where_they_say():
    """Remedies are compared with the same start; a forgotten change would decide the comparison."""
    start = BANK.presets["before"].values

    def changed(name):
        values = BANK.presets[name].values
        links = {tuple(x["between"]): x["value"] for x in values["synergy"]}
        base = {tuple(x["between"]): x["value"] for x in start["synergy"]}
        costs = {who for who, cost in values["cost"].items() if cost != start["cost"][who]}
        return {pair for pair in links if links[pair] != base[pair]}, costs, bool(values.get("transfer"))

    client, pair = {("customer", "junior adviser")}, {("junior adviser", "senior adviser")}
    assert changed("after") == (client, set(), False)
    assert changed("transfer") == (set(), set(), True)
    assert changed("training") == (client, {"management"}, False)
    assert changed("pairing") == (pair, {"senior adviser"}, False)
    assert changed("distrust") == (pair, set(), False)
