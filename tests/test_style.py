"""The house style: colours of the colour-blind palette, one vocabulary of statuses."""

import warnings

from cocreate_teach.style import ROLES, STATUS_COLOURS, STATUSES, theme


def test_role_colours_come_from_the_colour_blind_palette():
    """Roles use seaborn's palette, which readers with a colour vision deficiency can tell apart."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # seaborn's own imports
        import seaborn

    palette = set(seaborn.color_palette("colorblind").as_hex())
    assert {role.colour for role in ROLES.values()} <= palette


def test_roles_can_be_told_apart_without_colour():
    """A black-and-white print still reads: each role has a marker and dashes of its own."""
    assert len({role.marker for role in ROLES.values()}) == len(ROLES)
    assert len({role.dashes for role in ROLES.values()}) == len(ROLES)


def test_every_status_has_a_colour():
    """One vocabulary: what has a status has a colour."""
    assert STATUS_COLOURS.keys() == STATUSES.keys()


def test_the_theme_ends_with_its_block():
    """A user's own matplotlib settings are left as they were."""
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with theme():
        assert mpl.rcParams["axes.titlelocation"] == "left"
    assert dict(mpl.rcParams) == before
