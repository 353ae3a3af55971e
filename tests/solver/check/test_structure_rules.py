"""Prerequisites, alternatives, slots, labour, direct effects: the rule accepts and rejects plans."""

from __future__ import annotations

# R8


def test_r8_accepts_a_slot_that_is_there(bench):
    """One household moves to the site with its one slot."""
    choice = bench.choice.minus("v1-h2-repair").plus(
        "v1-site",
        "v1-h2-move",
        pays={("general", "v1-site", "road"): 50_000, ("homes", "v1-h2-move", "house"): 20_000},
    )
    assert not bench.broken(bench.county(), choice)


def test_r8_rejects_more_measures_than_slots(bench):
    """Two households do not fit into one slot."""
    choice = bench.choice.minus("v1-h2-repair").plus(
        "v1-site",
        "v1-h2-move",
        "v1-h3-move",
        pays={
            ("general", "v1-site", "road"): 50_000,
            ("homes", "v1-h2-move", "house"): 20_000,
            ("homes", "v1-h3-move", "house"): 1_000,
        },
    )
    assert bench.broken(bench.county(), choice) == {("R8", "v1-site")}


def test_r8_rejects_a_slot_of_a_project_that_is_not_built(bench):
    """The measure requires the project whose slot it takes, and there are no slots."""
    choice = bench.choice.minus("v1-h2-repair").plus("v1-h2-move", pays={("homes", "v1-h2-move", "house"): 20_000})
    assert bench.broken(bench.county(), choice) == {("R8", "v1-h2-move"), ("R8", "v1-site")}


def test_r8_rejects_a_missing_prerequisite_in_another_village(bench):
    """The path of v2 needs the road of v1."""
    choice = bench.choice.minus("v2-road").plus("v2-path", pays={("general", "v2-path", "road"): 60_000})
    assert bench.broken(bench.county(), choice) == {("R8", "v2-path")}
    assert not bench.broken(bench.county(), choice.plus("v1-road", pays={("general", "v1-road", "road"): 100_000}))


def test_r8_rejects_two_alternatives(bench):
    """Of road and path, and of goats and orchard, at most one."""
    county = bench.county(bench.row("measures", "v2-h1-orchard", labour=1))
    choice = bench.choice.plus(
        "v1-road",
        "v2-path",
        "v2-h1-orchard",
        pays={
            ("general", "v1-road", "road"): 100_000,
            ("general", "v2-path", "road"): 60_000,
            ("homes", "v2-h1-orchard", "industry"): 7_000,
        },
    )
    assert bench.broken(county, choice) == {("R8", "v2/way"), ("R8", "v2-h1/farm")}


def test_r8_alternatives_are_counted_village_by_village(bench):
    """The same group name in another village is another group."""
    county = bench.county(bench.row("projects", "v1-road", alternative_group="way"))
    assert not bench.broken(county, bench.choice.plus("v1-road", pays={("general", "v1-road", "road"): 100_000}))


def test_r8_rejects_too_much_labour(bench):
    """Goats (1) and shop (2) need three of the two workers."""
    choice = bench.choice.plus("v2-h1-shop", pays={("homes", "v2-h1-shop", "industry"): 2_000})
    assert bench.broken(bench.county(), choice) == {("R8", "v2-h1")}


def test_r8_rejects_two_main_houses(bench):
    """Repair and move, if both are main houses."""
    county = bench.county(bench.row("measures", "v1-h2-move", main_house=True))
    choice = bench.choice.plus(
        "v1-site",
        "v1-h2-move",
        pays={("general", "v1-site", "road"): 50_000, ("homes", "v1-h2-move", "house"): 20_000},
    )
    assert bench.broken(county, choice) == {("R8", "v1-h2")}


def test_r8_rejects_a_direct_effect_left_out(bench):
    """The main is built, so the tap runs."""
    assert bench.broken(bench.county(), bench.choice.minus("v1-h1-tap")) == {("R8", "v1-h1-tap")}


def test_r8_rejects_a_direct_effect_without_its_project(bench):
    """No main, no tap."""
    assert bench.broken(bench.county(), bench.choice.minus("v1-main")) == {("R8", "v1-h1-tap")}


def test_r8_an_effect_with_labour_is_a_choice(bench):
    """A costless measure that ties up labour may be left out."""
    county = bench.county(bench.row("measures", "v1-h1-tap", labour=1))
    assert not bench.broken(county, bench.choice.minus("v1-h1-tap"))


def test_r8_rejects_a_project_whose_money_comes_later(bench):
    """Built first and accepted in 2016, the road draws nothing in 2015."""
    county = bench.county(bench.row("projects", "v2-road", mode="build_first", acceptance_year=2016))
    assert bench.broken(county, bench.choice) == {("R8", "v2-road")}
    same_year = bench.row("projects", "v2-road", mode="build_first", acceptance_year=2015)
    assert not bench.broken(bench.county(same_year), bench.choice)
