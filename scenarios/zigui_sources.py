"""Where the figures of `zigui-2015` come from; assumptions are called so."""

from __future__ import annotations

from liftplan.models.county import Source

ARTICLE = "Yichang poverty office, 3 December 2015: how Zigui county integrates its poverty funds"
_WHITE_PAPER = "white paper of October 2016 (china.org.cn/government/whitepaper/2016-10/17)"


def _stated(subject: str, note: str) -> Source:
    return Source(subject=subject, kind="stated", note=note)


def _derived(subject: str, note: str) -> Source:
    return Source(subject=subject, kind="derived", note=note)


def _assumed(subject: str, note: str) -> Source:
    return Source(subject=subject, kind="assumption", note=note)


def _synthetic(subject: str, note: str) -> Source:
    return Source(subject=subject, kind="synthetic", note=note)


_COUNTY = (
    _synthetic(
        "*",
        "Villages, households, projects, measures and their costs are drawn by a generator (seed 2015). No row "
        "describes a real village or person; village names are invented, any likeness is chance.",
    ),
    _derived(
        "consistency",
        "The published figures do not all agree: 48 villages at 8.36 million yuan are 401 million a year, but 950 "
        "million over 2011-2015 are 190 million a year; press reports say the 48 villages were started over five "
        "years, about ten a year. This county takes the first reading: all 48 villages in push in one year.",
    ),
    _stated("poverty_line", "2,855 yuan in 2015: Yunnan survey yearbook 2017, notes 2-4."),
    _stated("villages.township", "The eight towns and four townships of Zigui (code 420527)."),
    _synthetic("villages.name", "Invented; English names are their readings."),
    _assumed(
        "villages.tags", "At the reservoir: low villages (40 %); ecological migration 35 %; ethnic minority 15 %."
    ),
    _assumed(
        "villages.population", "Poor households in 30 to 60 % of the village; Hubei's rule for poor villages: > 29 %."
    ),
    _synthetic(
        "villages.leader",
        "Support teams 1119 (Xinhua, 12 February 2014): leader, lead unit, enterprise, nine units; names invented.",
    ),
    _stated(
        "departments",
        f"Departments named in: {ARTICLE}. Health and education (needs of households), ethnic affairs and resettlement "
        "(owners of their funds) are added as an assumption.",
    ),
)

_MONEY = (
    _derived(
        "funds.amount",
        f"{ARTICLE}: 8.36 million yuan a village in 2015, times 48; channels 2.3 : 4.5 : 2.35 : 0.35. The split of a "
        "channel over its funds is an assumption.",
    ),
    _assumed(
        "funds.purposes",
        "Fund lines, owners and purposes after the fund lines of 2011-2015 as generally known, not a list of the "
        "county. Permissions under a condition are narrower purposes (group roads, small irrigation) or a scope. "
        "Drinking water is in the household channel as in the article, owned by the water bureau.",
    ),
    _assumed(
        "funds.village_tags",
        "Three Gorges follow-up money in reservoir villages, ecological migration and ethnic-minority money in theirs.",
    ),
    _assumed("funds.household_groups", "Collapsed houses: households hit by disaster; disabled housing: the disabled."),
    _assumed(
        "funds.county_matching",
        "The county's own money, the payer of local shares; such matching was rarely in place, so it is short.",
    ),
    _assumed(
        "funds.rural_clinic", "Health and school money is not in the article; small amounts so that needs can be met."
    ),
    _assumed("funds.fee_bp", "1 % of two funds; rules of the time allowed 1 to 2 %."),
    _assumed("funds.carry_over", "Special poverty fund and work relief may be used in the next year."),
    _assumed("funds.modes", "Loans' interest is paid by the special poverty fund and the county's matching fund only."),
    _stated("funds.poolable", "State Council Office notice [2016] 22, its list of lines open to integration."),
    _stated("funds.integrable", f"{ARTICLE}: flood relief and low-income allowance stay outside."),
    _assumed("funds.ring_fenced", "Amounts of the two funds left outside: 6 % of all money."),
    _assumed(
        "fund_shares.special_industry",
        "At least 70 % of the special poverty fund to industry, interest and training: guidance often quoted for "
        "2012-2014.",
    ),
    _assumed(
        "fund_shares.agri_industry", "At most 40 % of agricultural development to industry: the rest is for land."
    ),
    _stated(
        "policy.R3-R5",
        f"{ARTICLE}: 3 million yuan a village, of it 1.0 poverty office, 0.4 development and reform, 0.1 finance, 1.5 "
        "line departments; 10,000 yuan a household.",
    ),
    _stated("policy.R6", f"{ARTICLE}: integrated money grows by at least 10 % a year."),
    _derived(
        "baseline",
        "6.87 million yuan a village over 2011-2013 (Xinhua, 12 February 2014), times 48, taken as the year before.",
    ),
)

_HOUSEHOLDS = (
    _assumed(
        "households.count",
        "250 households a village, 36,000 people in 48 villages; press reports give 579 to 929 lifted a village, "
        "Shiyan's poor villages had 322 households and 1,199 people each (2014).",
    ),
    _stated(
        "households.groups",
        "Types of household and their sizes: Hubei register 2014, hbfp.gov.cn/jpyfzxj/2015ndej/19020.htm (59.1, 3.6, "
        "19.5 and 17.9 %; 3.24, 1.25, 2.63 and 3.13 persons).",
    ),
    _assumed(
        "households.causes",
        "Single main cause, a constructed mix: illness 36, disability 6, schooling 8, disaster 4, skill 14, money 13, "
        "labour 9, transport 5, land 2, water 2, drive 1 %; the register's own figures allow several causes.",
    ),
    _assumed("households.income", "Distribution below the line; Zigui's register was not found."),
    _assumed("households.needs", "Shares without safe housing, water, schooling, medical care."),
    _assumed("households.labour", "Able workers by size and cause; none in five-guarantee households."),
)

_COSTS = (
    _stated(
        "costs.renovation",
        f"7,500 yuan a house (2012-2015), 8,500 in poor areas: {_WHITE_PAPER}. The line is the standard, the rest is "
        "local share (assumption: totals of 5,500-10,500 for repair and 14,500-22,500 for rebuilding).",
    ),
    _assumed(
        "costs.relocation",
        "6,000 yuan a person, central standard of 2014 as generally known; ecological migration 8,000-15,000 a house.",
    ),
    _derived(
        "costs.drinking_water",
        "587 yuan a person in 2011-2015, 68 % central (399), 22 % local (129, a line of its own), 10 % residents "
        "(leveraged): China Daily, 29 June 2012.",
    ),
    _stated(
        "costs.training",
        "3,000 yuan a vocational student a year: notice [2015] 19 of the State Council's poverty office.",
    ),
    _assumed("costs.schooling", "1,250 yuan a boarding pupil a year; short training 1,500-2,500 yuan a worker."),
    _stated(
        "costs.interest", "Loans up to 50,000 yuan, interest paid by the poverty fund: notice [2014] 78; 5 % a year."
    ),
    _stated("costs.forestry", "1,500 yuan a mu of steep land returned to forest (from 2014)."),
    _assumed("costs.energy", "Biogas 1,600 yuan central a household in the central region (2011-2014), 300-700 local."),
    _assumed(
        "costs.photovoltaics", "8 yuan a watt; 2,700 a kilowatt from funds for households, stations of 60-100 kW."
    ),
    _assumed(
        "costs.roads",
        "350,000 (3.5 m) and 450,000 (4.5 m) yuan a km, 15 % of it local; group roads 65,000 a km; lengths around "
        "press reports' 5.7 km a village.",
    ),
    _assumed(
        "costs.land",
        "Farmland 2,000 yuan a mu, ponds 90,000 each, canals 60,000 a km, citrus or tea 800 and walnut or chestnut 450 "
        "a mu; areas around press reports' 921 mu of industry a village.",
    ),
    _assumed("costs.site", "26,000 yuan a place; sites of 12-28 places (article: 680 households on 35 sites)."),
    _assumed(
        "costs.public",
        "Service centre 150,000-300,000, clinic 60,000-100,000, culture room 50,000-100,000, mutual fund "
        "150,000-200,000 yuan.",
    ),
    _assumed(
        "costs.household",
        "Crops 1,000 yuan a mu, breeding 2,400 and 500 a pig (article's case: a sty for 4,000 and four pigs), medical "
        "aid 1,000-4,000.",
    ),
    _assumed("costs.remoteness", "Building costs differ between villages by a factor of 0.55 to 2."),
    _assumed("measures.income_gain", "Invented; scaled so that the county is as hard as described."),
    _assumed("measures.leveraged", "What households and banks add: orders of magnitude."),
)

SOURCES = (*_COUNTY, *_MONEY, *_HOUSEHOLDS, *_COSTS)
