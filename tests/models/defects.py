"""What is wrong with each input in `broken/`, told from looking at it: one entry a problem, in the order of telling.

A folder there holds files that replace those of the same table (or `county.yaml`) in `sound/`; a file is an input of
its own. Rows of CSV are those of a spreadsheet, rows of `county.yaml` are lines.
"""

from __future__ import annotations

from typing import NamedTuple

from liftplan.models.messages import Message, listed


class Expected(NamedTuple):
    """One problem: code, place (file inside the county), and values that its message or way out must show."""

    code: str
    file: str
    table: str
    row: int
    column: str
    values: tuple[str | Message, ...]


DEFECTS: dict[str, list[Expected]] = {
    "bytes-undecodable": [
        Expected("encoding", "needs.csv", "needs", 2, "", ("26", "0xff")),
    ],
    "choice-misspelt": [
        Expected(
            "value", "funds.csv", "funds", 2, "channel", ("fiscl", "fiscal | sector | household | social", "fiscal")
        ),
    ],
    "code-in-words": [
        Expected("value", "costs.csv", "costs", 2, "purpose", ("local match", "road", "industry", "public")),
    ],
    "column-missing": [
        Expected("column-missing", "households.csv", "households", 0, "income", ("income",)),
    ],
    "column-misspelt": [
        Expected(
            "column-unknown", "villages.csv", "villages", 0, "popluation", ("villages", "popluation", "population")
        ),
    ],
    "column-twice": [
        Expected("column-twice", "needs.csv", "needs", 0, "name", ("name",)),
    ],
    "column-unknown": [
        Expected("column-unknown", "needs.csv", "needs", 0, "xyz", ("needs", "xyz", listed(("id", "name", "name_en")))),
    ],
    "commitment-beyond-the-line": [
        Expected(
            "commitment-beyond", "commitments.csv", "commitments", 2, "yuan", ("380,000", "v01-p01", "road", "330,000")
        ),
    ],
    "commitment-ring-fenced": [
        Expected("commitment-ring-fenced", "commitments.csv", "commitments", 2, "fund", ("living_allowance",)),
    ],
    "commitment-without-a-line": [
        Expected("commitment-line", "commitments.csv", "commitments", 2, "purpose", ("v01-p01", "water", "road")),
    ],
    "cost-without-purpose": [
        Expected("blank", "costs.csv", "costs", 2, "purpose", ()),
    ],
    "date-not-iso": [
        Expected("value", "projects.csv", "projects", 2, "deadline", ("2015/10/31",)),
    ],
    "file-empty": [
        Expected("empty-file", "needs.csv", "needs", 0, "", ()),
    ],
    "file-of-blanks": [
        Expected("empty-file", "needs.csv", "needs", 0, "", ()),
    ],
    "fund-pays-nobody": [
        Expected("fund-pays-nobody", "funds.csv", "funds", 8, "household_groups", ()),
    ],
    "half-the-tables.zip": [
        *(
            Expected("table-empty", "", table, 0, "", (table,))
            for table in ("departments", "purposes", "villages", "households")
        ),
        Expected("reference", "costs.csv", "costs", 0, "item", ("30", listed(("projects", "measures")))),
        Expected("reference", "commitments.csv", "commitments", 0, "item", (listed(("projects", "measures")),)),
        Expected("reference", "demands.csv", "demands", 0, "id", ("projects",)),
        Expected("reference", "demands.csv", "demands", 0, "id", ("measures",)),
    ],
    "head-field-missing": [
        Expected("field-missing", "county.yaml", "", 1, "id", ("id",)),
    ],
    "head-id-is-a-number": [
        Expected("value", "county.yaml", "", 2, "id", ("2015",)),
    ],
    "household-without-village": [
        Expected("blank", "households.csv", "households", 4, "village", ()),
    ],
    "id-blank": [
        Expected("blank", "fund_shares.csv", "fund_shares", 2, "id", ()),
    ],
    "id-twice": [
        Expected("key-twice", "needs.csv", "needs", 4, "id", ("water", "3")),
    ],
    "id-with-a-blank": [
        Expected("value", "fund_shares.csv", "fund_shares", 2, "id", ("industry share",)),
    ],
    "json-empty.json": [
        Expected("empty-file", "", "", 0, "", ()),
    ],
    "json-field-missing.json": [
        Expected("field-missing", "", "households", 1, "income", ("income",)),
    ],
    "json-field-misspelt.json": [
        Expected("column-unknown", "", "households", 0, "incom", ("households", "incom", "income")),
    ],
    "json-infinite.json": [
        Expected("value", "", "funds", 1, "amount", ("Infinity", "0", "1,000,000,000,000")),
    ],
    "json-key-twice.json": [
        Expected("field-twice", "", "households", 1, "income", ("income",)),
    ],
    "json-list-is-a-text.json": [
        Expected("value", "", "funds", 1, "purposes", ('"industry"', '["a", "b"]')),
    ],
    "json-list.json": [
        Expected("json", "", "", 0, "", ()),
    ],
    "json-nan.json": [
        Expected("json", "", "", 0, "", ("NaN",)),
    ],
    "json-null.json": [
        Expected("value", "", "households", 1, "income", ("null", "0", "10,000,000")),
    ],
    "json-number-is-true.json": [
        Expected("value", "", "households", 1, "persons", ("true", "1", "50")),
    ],
    "json-part-unknown.json": [
        Expected("field-unknown", "", "", 0, "polcy", ("polcy", "policy")),
    ],
    "json-row-is-a-number.json": [
        Expected("value", "", "villages", 1, "", ()),
    ],
    "json-surrogate.json": [
        Expected("json", "", "", 0, "", ()),
    ],
    "json-syntax.json": [
        Expected("json", "", "", 7, "", ()),
    ],
    "json-table-is-a-row.json": [
        Expected("value", "", "needs", 0, "", ()),
    ],
    "json-table-unknown.json": [
        Expected("table-unknown", "", "vilages", 0, "", ("vilages", "villages")),
    ],
    "json-yuan-fraction.json": [
        Expected("value", "", "funds", 1, "amount", ("1000000.5", "0", "1,000,000,000,000", "1000000")),
    ],
    "json-yuan-is-a-text.json": [
        Expected("value", "", "funds", 1, "amount", ('"1000000"', "0", "1,000,000,000,000", "1000000")),
    ],
    "list-entry-misspelt": [
        Expected(
            "value",
            "funds.csv",
            "funds",
            4,
            "modes",
            ("grant; rewards", "grant | interest_subsidy | reward | build_first", "reward"),
        ),
    ],
    "list-entry-twice": [
        Expected("listed-twice", "households.csv", "households", 3, "needs", ("water",)),
    ],
    "longitude-beyond": [
        Expected("value", "projects.csv", "projects", 3, "longitude", ("1109.7", "180")),
    ],
    "measure-named-like-a-project": [
        Expected("item-twice", "measures.csv", "measures", 2, "id", ("v03-p01", "11")),
        Expected(
            "reference",
            "costs.csv",
            "costs",
            14,
            "item",
            ("v01-h001-m01", listed(("projects", "measures")), "v01-h001-m02"),
        ),
    ],
    "must-and-never": [
        Expected("demand-both", "demands.csv", "demands", 3, "sense", ("v01-p02", "2")),
    ],
    "name-blank": [
        Expected("blank", "villages.csv", "villages", 2, "name", ()),
    ],
    "name-instead-of-a-code": [
        Expected("value", "costs.csv", "costs", 2, "purpose", ("Rural roads", "road")),
    ],
    "need-unknown": [
        Expected("reference", "measures.csv", "measures", 4, "meets", ("watr", "needs", "water")),
    ],
    "number-blank": [
        Expected("blank", "households.csv", "households", 2, "income", ()),
    ],
    "number-is-a-word": [
        Expected("value", "households.csv", "households", 2, "income", ("many", "0", "10,000,000")),
    ],
    "number-is-nan": [
        Expected("value", "projects.csv", "projects", 3, "longitude", ("NaN",)),
    ],
    "parquet-not": [
        Expected("parquet", "needs.parquet", "needs", 0, "", ()),
    ],
    "picture.png": [
        Expected("form", "", "", 0, "", ("county.yaml",)),
    ],
    "poverty-line-missing": [
        Expected("poverty-line", "county.yaml", "", 6, "poverty_line", ("2016",)),
    ],
    "quotation-mark-open": [
        Expected("csv", "needs.csv", "needs", 2, "", ()),
    ],
    "r13-fund-and-department": [
        Expected("value", "county.yaml", "policy", 28, "R13.rows.0", ()),
    ],
    "r4-department-unknown": [
        Expected(
            "reference", "county.yaml", "policy", 18, "R4.rows.2.departments", ("finanse", "departments", "finance")
        ),
    ],
    "r4-ids-twice": [
        Expected("key-twice", "county.yaml", "policy", 15, "R4.rows", ("poverty", "2")),
    ],
    "r4-rows-in-several-ways": [  # whatever is wrong with one row, the others are judged
        Expected("value", "county.yaml", "policy", 18, "R4.rows.2.minimum", ("10000.5", "10000")),
        Expected("value", "county.yaml", "policy", 28, "R13.rows.0.share_bp", ("10001", "10,000")),
        Expected("key-twice", "county.yaml", "policy", 15, "R4.rows", ("ndrc", "2")),
        Expected("reference", "county.yaml", "policy", 17, "R4.rows.1.departments", ("ndcr", "departments", "ndrc")),
        Expected("value", "county.yaml", "policy", 28, "R13.rows.1", ()),
        Expected("reference", "minimum_overrides.csv", "minimum_overrides", 4, "rule", ("finanse", "R3")),
    ],
    "r5-purpose-unknown": [
        Expected("reference", "county.yaml", "policy", 20, "R5.purpose", ("industri", "purposes", "industry")),
    ],
    "requirements-in-a-circle": [
        Expected("requirement-circle", "projects.csv", "projects", 2, "requires", ("v01-p01 > v01-p04 > v01-p01",)),
    ],
    "requires-itself": [
        Expected("requirement-circle", "projects.csv", "projects", 6, "requires", ("v02-p01 > v02-p01",)),
    ],
    "row-too-long": [
        Expected("cells", "needs.csv", "needs", 2, "", ("4", "3")),
    ],
    "row-too-short": [
        Expected("cells", "needs.csv", "needs", 2, "", ("1", "3")),
    ],
    "row-twice": [
        Expected("key-twice", "needs.csv", "needs", 4, "id", ("water", "3")),
    ],
    "rule-cannot-be-off": [
        Expected("value", "county.yaml", "policy", 8, "R1.enforce", ("off", "hard | soft")),
    ],
    "rule-misspelt": [
        Expected("field-unknown", "county.yaml", "policy", 10, "R3.minimun", ("minimun", "minimum")),
    ],
    "rule-yuan-fraction": [
        Expected("value", "county.yaml", "policy", 10, "R3.minimum", ("300000.5",)),
    ],
    "rule-yuan-negative": [
        Expected("value", "county.yaml", "policy", 10, "R3.minimum", ("-1", "0")),
    ],
    "semicolons": [
        Expected("csv", "needs.csv", "needs", 0, "", (";",)),
    ],
    "slot-of-no-project": [
        Expected("reference", "measures.csv", "measures", 16, "uses_slot", ("v01-h001-m01", "projects")),
    ],
    "slot-of-a-project-without": [
        Expected("slot", "measures.csv", "measures", 16, "uses_slot", ("v02-p01",)),
    ],
    "table-header-only": [
        Expected("table-empty", "departments.csv", "departments", 0, "", ("departments",)),
    ],
    "table-misnamed": [
        Expected("table-unknown", "acounts.csv", "", 0, "", ("acounts", "accounts")),
    ],
    "table-twice": [
        Expected("table-twice", "needs.parquet", "", 0, "", ("needs.csv", "needs.parquet")),
    ],
    "truth-value-unknown": [
        Expected("value", "villages.csv", "villages", 2, "in_push", ("perhaps",)),
    ],
    "utf16": [
        Expected("encoding", "needs.csv", "needs", 0, "", ()),
    ],
    "utf8-damaged": [
        Expected("encoding", "needs.csv", "needs", 3, "", ("60", "0xe6")),
    ],
    "version-unknown": [
        Expected("version", "county.yaml", "", 1, "schema_version", ("2", "1")),
    ],
    "village-unknown": [
        Expected("reference", "households.csv", "households", 4, "village", ("v010", "villages", "v01")),
    ],
    "yaml-alias": [
        Expected("yaml", "county.yaml", "", 3, "", ()),
    ],
    "yaml-empty": [
        Expected("empty-file", "county.yaml", "", 0, "", ()),
    ],
    "yaml-key-twice": [
        Expected("field-twice", "county.yaml", "", 4, "name", ("name",)),
    ],
    "yaml-no-fields": [
        Expected("yaml", "county.yaml", "", 0, "", ()),
    ],
    "yaml-syntax": [
        Expected("yaml", "county.yaml", "", 5, "", ()),
    ],
    "year-in-short": [
        Expected("value", "measures.csv", "measures", 14, "gain_from_year", ("15",)),
    ],
    "years-not-ascending": [
        Expected("years", "county.yaml", "", 5, "years", (listed(("2015", "2014")),)),
    ],
    "yuan-beyond-all": [
        Expected(
            "value", "costs.csv", "costs", 14, "yuan", ("999999999999999999999999999999", "1", "1,000,000,000,000")
        ),
    ],
    "yuan-fraction": [
        Expected("value", "costs.csv", "costs", 14, "yuan", ("9000.5", "1", "1,000,000,000,000", "9000")),
    ],
    "yuan-in-ten-thousands": [
        Expected("value", "funds.csv", "funds", 2, "amount", ("20.8万", "0", "1,000,000,000,000", "208000")),
    ],
    "yuan-negative": [
        Expected("value", "funds.csv", "funds", 2, "amount", ("-208000", "0", "1,000,000,000,000")),
    ],
    "yuan-too-large": [
        Expected("value", "costs.csv", "costs", 14, "yuan", ("9000000000000", "1", "1,000,000,000,000")),
    ],
    "yuan-zero": [
        Expected("value", "costs.csv", "costs", 14, "yuan", ("0", "1", "1,000,000,000,000")),
    ],
    "zip-absolute.zip": [
        Expected("zip-name", "", "", 0, "", ("/county.yaml",)),
    ],
    "zip-backslash.zip": [
        Expected("zip-name", "", "", 0, "", ("a\\..\\funds.csv",)),
    ],
    "zip-bomb.zip": [
        Expected("zip-size", "", "", 0, "", ("17", "67118398")),
    ],
    "zip-damaged.zip": [
        Expected("zip", "county.yaml", "", 0, "", ()),
        Expected("table-empty", "", "departments", 0, "", ("departments",)),
        Expected("table-empty", "", "purposes", 0, "", ("purposes",)),
        Expected("table-empty", "", "funds", 0, "", ("funds",)),
        Expected("table-empty", "", "villages", 0, "", ("villages",)),
        Expected("table-empty", "", "households", 0, "", ("households",)),
    ],
    "zip-leads-out.zip": [
        Expected("zip-name", "", "", 0, "", ("../funds.csv",)),
    ],
    "zip-link.zip": [
        Expected("zip-name", "", "", 0, "", ("county.yaml",)),
    ],
    "zip-not.zip": [
        Expected("zip", "", "", 0, "", ()),
    ],
    "zip-with-password.zip": [
        Expected("zip", "", "", 0, "", ()),
    ],
}
