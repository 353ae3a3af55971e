"""Where the figures of `zigui-2015` come from; assumptions are called so."""

from __future__ import annotations

from liftplan.models.county import Source

ARTICLE = "Yichang poverty office, 3 December 2015: how Zigui county integrates its poverty funds"

SOURCES = (
    Source(
        subject="*",
        kind="synthetic",
        note=(
            "Villages, households, projects, measures and their costs are drawn by a generator (seed "
            "2015). No row describes a real village or person; village names are invented, any likeness "
            "is chance."
        ),
    ),
    Source(
        subject="consistency",
        kind="derived",
        note=(
            "The published figures do not all agree: 48 villages at 8.36 million yuan are 401 million a "
            "year, but 950 million over 2011-2015 are 190 million a year; press reports say the 48 "
            "villages were started over five years, about ten a year. This county takes the first "
            "reading: all 48 villages in push in one year."
        ),
    ),
    Source(
        subject="villages.township", kind="stated", note="The eight towns and four townships of Zigui (code 420527)."
    ),
    Source(
        subject="departments", kind="stated", note=f"Departments named in: {ARTICLE}; health and education are assumed."
    ),
    Source(
        subject="villages.leader",
        kind="synthetic",
        note="Support teams 1119: one leader, lead unit, enterprise, nine units.",
    ),
    Source(subject="poverty_line", kind="stated", note="2,855 yuan in 2015: Yunnan survey yearbook 2017, notes 2-4."),
    Source(
        subject="funds.amount",
        kind="derived",
        note=(
            f"{ARTICLE}: 8.36 million yuan a village in 2015, times 48; channels 2.3 : 4.5 : 2.35 : 0.35. "
            "The split of a channel over its funds is an assumption."
        ),
    ),
    Source(
        subject="funds",
        kind="assumption",
        note=(
            "Fund lines, owners and purposes after the fund lines of 2011-2015 as generally known, not a "
            "list of the county; drinking water is in the household channel as in the article, owned by "
            "the water bureau."
        ),
    ),
    Source(subject="funds.fee_bp", kind="assumption", note="1 % of two funds; rules of the time allowed 1 to 2 %."),
    Source(
        subject="funds.poolable",
        kind="stated",
        note="State Council Office notice [2016] 22: lines open to integration.",
    ),
    Source(
        subject="fund_shares",
        kind="assumption",
        note=(
            "At least 70 % of the special poverty fund to industry, interest and training: guidance often"
            " quoted for 2012-2014."
        ),
    ),
    Source(
        subject="funds.integrable",
        kind="stated",
        note=f"{ARTICLE}: flood relief and low-income allowance stay outside.",
    ),
    Source(
        subject="funds.ring_fenced", kind="assumption", note="Amounts of the two funds left outside: 6 % of all money."
    ),
    Source(
        subject="policy.R3-R5",
        kind="stated",
        note=(
            f"{ARTICLE}: 3 million yuan a village, of it 1.0 poverty office, 0.4 development and reform, "
            "0.1 finance, 1.5 line departments; 10,000 yuan a household."
        ),
    ),
    Source(
        subject="baseline",
        kind="derived",
        note=(
            "6.87 million yuan a village over 2011-2013 (Xinhua, 12 February 2014), times 48, taken as the year before."
        ),
    ),
    Source(subject="policy.R6", kind="stated", note=f"{ARTICLE}: integrated money grows by at least 10 % a year."),
    Source(
        subject="households.groups",
        kind="stated",
        note="Types of household and their sizes: Hubei register 2014 (59.1, 3.6, 19.5 and 17.9 %; "
        "3.24, 1.25, 2.63 and 3.13 persons).",
    ),
    Source(
        subject="households.causes",
        kind="assumption",
        note=(
            "Single main cause, a constructed mix: illness 36, disability 6, schooling 8, disaster 4, "
            "skill 14, money 13, labour 9, transport 5, land 2, water 2, drive 1 %; the register's own "
            "figures allow several causes."
        ),
    ),
    Source(
        subject="households.income",
        kind="assumption",
        note="Distribution below the line; Zigui's register was not found.",
    ),
    Source(
        subject="households.needs",
        kind="assumption",
        note="Shares without safe housing, water, schooling, medical care.",
    ),
    Source(
        subject="households.count",
        kind="assumption",
        note=(
            "250 households a village, 36,000 people in 48 villages; press reports give 579 to 929 lifted a village."
        ),
    ),
    Source(
        subject="costs",
        kind="stated",
        note=(
            "House renovation 7,500 (8,500 in poor areas) a household, drinking water 587 a person, grain"
            " for green 1,500 a mu, vocational students 3,000 a year, loans up to 50,000 at 5 %: national"
            " standards of 2012-2015."
        ),
    ),
    Source(
        subject="costs.other",
        kind="assumption",
        note=(
            "Roads 350,000 (3.5 m) and 450,000 (4.5 m) a km, group roads 65,000 a km, farmland 2,000 a "
            "mu, sites, bases, stations, centres: orders of magnitude of the time; sizes around the means"
            " a village of press reports (5.7 km of road, 921 mu of industry)."
        ),
    ),
    Source(
        subject="measures.income_gain",
        kind="assumption",
        note="Invented; scaled so that the county is as hard as described.",
    ),
)
