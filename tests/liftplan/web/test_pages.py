"""Pages as they are fetched: figures, roles, refusals, headers."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from fastapi import Request

import liftplan
import liftplan.web
from liftplan.models.messages import m
from liftplan.service.roles import LOCAL
from liftplan.web.mounting import broken
from liftplan.web.routes.entrance import inside
from liftplan.web.routes.reasons import paragraphs

from ..pages import Page
from ..service.servers import Server

ROOT = Path(liftplan.web.__file__).parent


def fetched(site: Server, path: str, status: int = 200) -> Page:
    """A page of the server."""
    answer = site.client.get(path)
    assert answer.status_code == status, answer.text
    return Page(answer.text)


def test_figures_are_those_of_the_service(site: Server, plan: str) -> None:
    """What the pages of a plan say is what `/v1` says."""
    view = site.client.get(f"/v1/jobs/{plan}/view").json()
    (people,) = fetched(site, f"/plans/{plan}").all("strong", data_figure="people_lifted")
    assert people.text == f"{view['totals']['people_lifted']:,}"
    for line in view["villages"]:
        page = fetched(site, f"/plans/{plan}/villages/{line['id']}")
        (lifted,) = page.all("dd", data_figure="lifted")
        assert lifted.text == f"{line['lifted']:,}"
    for line in view["funds"]:
        page = fetched(site, f"/plans/{plan}/funds/{line['id']}")
        text = " ".join(one.text for one in page.all("dl"))
        assert f"{line['amount']:,} yuan" in text
        assert f"{line['allocated']:,} yuan" in text


def test_where_a_funds_money_went_adds_up(site: Server, plan: str) -> None:
    """The villages of a fund's page together get what it allocates, and so do its purposes."""
    for line in site.client.get(f"/v1/jobs/{plan}/view").json()["funds"]:
        page = fetched(site, f"/plans/{plan}/funds/{line['id']}")
        numbers = [int(one.text.replace(",", "")) for one in page.all("td", class_="n") if one.inside(class_="amounts")]
        assert sum(numbers) == 2 * line["allocated"]


def test_a_villages_households_add_up(site: Server, plan: str) -> None:
    """The households of a village's page are all that are registered there."""
    for line in site.client.get(f"/v1/jobs/{plan}/view").json()["villages"]:
        page = fetched(site, f"/plans/{plan}/villages/{line['id']}")
        rows = [one for one in page.all("tr") if one.inside(id="households") and "data-kind" in one.attributes]
        assert len(rows) == line["households"]
        assert sum(row.attributes["data-kind"] == "lifted" for row in rows) == line["lifted_households"]


NOWHERE = [
    "/nothing",
    "/counties/none",
    "/plans/none",
    "/plans/{plan}/villages/v99",
    "/plans/{plan}/funds/none",
    "/plans/{plan}/projects/none",
    "/plans/{plan}/households/none",
    "/static/0/none.css",
]


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_told_on_a_page(site: Server, plan: str, path: str) -> None:
    """An address at which there is nothing gives a page that says so, with the menu to go on."""
    page = fetched(site, path.format(plan=plan), 404)
    assert page.all("h1")
    assert page.all("nav", class_="menu")


def test_programs_are_still_answered_in_json(site: Server) -> None:
    """What `/v1` refuses has the same shape as without pages."""
    answer = site.client.get("/v1/jobs/none")
    assert answer.status_code == 404
    assert answer.json()["problems"][0]["code"] == "missing"
    assert site.client.get("/v1/nothing").json()["problems"]


def test_pages_are_whole_documents(site: Server, plan: str) -> None:
    """Every element that begins ends where it should."""
    paths = ["/", "/upload", "/plans", "/counties/zigui-2015", "/counties/tiny", f"/plans/{plan}"]
    paths += [f"/plans/{plan}/{rest}" for rest in ("villages", "villages/v01", "funds", "funds/special_poverty")]
    for path in paths:
        source = site.client.get(path).text
        page = Page(re.sub(r"<(meta|link|img|input|br)([^>]*?)/?>", r"<\1\2/>", source))
        assert not page.faults, path


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*.html")), ids=lambda path: path.name)
def test_nothing_is_written_inside_a_page(path: Path) -> None:
    """No style, script or handler stands in a template: the content policy would not let it work."""
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:", source)


def test_pages_carry_the_security_headers(site: Server) -> None:
    """A page may load its own files only, and is in no frame; forms may say where they come from."""
    headers = site.client.get("/").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_files_of_pages_are_kept_by_browsers(site: Server) -> None:
    """Style sheets have addresses that change with their content, and may be kept; pages may not."""
    page = fetched(site, "/")
    sheets = [one.attributes["href"] for one in page.all("link", rel="stylesheet")]
    assert sheets
    for sheet in sheets:
        assert "immutable" in site.client.get(sheet).headers["cache-control"]
    assert site.client.get("/").headers["cache-control"] == "no-store"


def test_names_of_a_county_are_escaped(site: Server, tmp_path: Path) -> None:
    """Markup in a county's texts is shown as it was written."""
    path = tmp_path / "odd.json"
    liftplan.convert("tiny", path)
    name = "<script>alert(1)</script>"
    path.write_text(path.read_text(encoding="utf-8").replace("Tiny, solved by hand", name), encoding="utf-8")
    with path.open("rb") as file:
        county = site.client.post("/v1/counties", files={"file": ("<b>odd</b>.json", file)}).raise_for_status().json()
    for address in ("/", f"/counties/{county['id']}"):
        text = site.client.get(address).text
        assert name not in text
        assert "<b>odd" not in text
        assert "&lt;script&gt;alert(1)" in text
    site.client.delete(f"/v1/counties/{county['id']}").raise_for_status()


@pytest.mark.parametrize("address", ["//elsewhere.org", "https://elsewhere.org", "/\\elsewhere.org", "x", "/a\nb"])
def test_nobody_is_sent_elsewhere(address: str) -> None:
    """After a login or a choice of language one comes back to this server, whatever the address says."""
    assert inside(address) == "/"
    assert inside("/plans/j-1?a=b") == "/plans/j-1?a=b"


def test_posts_of_other_sites_are_refused(site: Server) -> None:
    """A page of another site cannot have anything done here."""
    answer = site.client.post("/counties/tiny/solve", headers={"origin": "https://elsewhere.org"})
    assert answer.status_code == 403


def test_lines_of_an_explanation_stay_together() -> None:
    """What is listed under a line of an explanation is shown under it."""
    first, second = paragraphs("One:\n  - two\n  - three\nFour.")
    assert (first.line, first.under) == ("One:", ["two", "three"])
    assert (second.line, second.under) == ("Four.", [])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_faults_are_told_on_a_page(language: str) -> None:
    """If liftplan itself fails, a visitor sees a page that says so, and no detail of the failure."""
    scope = {"type": "http", "method": "GET", "path": "/plans", "query_string": b"", "headers": [], "server": ("x", 80)}
    request = Request({**scope, "state": {"language": language, "who": LOCAL}})
    answer = asyncio.run(broken(request, ZeroDivisionError("secret")))
    assert answer.status_code == 500
    text = bytes(answer.body).decode()
    assert "ZeroDivisionError" in text
    assert "secret" not in text


@pytest.mark.parametrize("kind", ["villages", "funds", "projects", "households"])
def test_ids_of_every_script_are_understood(site: Server, plan: str, kind: str) -> None:
    """Ids of a county may be Chinese; one that is not there is missing, not misread."""
    answer = site.client.get(f"/plans/{plan}/{kind}/东村-01")
    assert answer.status_code == 404
    assert "东村-01" in answer.text


@pytest.mark.parametrize("part", ["feasibility", "curves"])
def test_a_scenario_is_taken_from_jobs_of_the_same_county(site: Server, plan: str, part: str) -> None:
    """Of plans and diagnoses of the county; other jobs are none for it."""
    check = site.ask(kind="diagnose", county="tiny")["id"]
    for job in (plan, check):
        assert site.client.get(f"/counties/tiny/{part}", params={"from": job}).status_code == 200
        assert site.client.get(f"/counties/zigui-2015/{part}", params={"from": job}).status_code == 404
        assert site.client.post(f"/counties/zigui-2015/{part}", data={"from": job}).status_code == 404


def test_uploads_of_the_same_content_share_their_pages(site: Server, tmp_path: Path) -> None:
    """A check or a curve that an identical upload has had already is shown at the address of the one that asks."""
    path = tmp_path / "county.json"
    liftplan.convert("tiny", path)
    made = []
    for _ in range(2):
        with path.open("rb") as file:
            made.append(site.client.post("/v1/counties", files={"file": (path.name, file)}).raise_for_status().json())
    addresses = []
    for county in made:
        answer = site.client.post(f"/counties/{county['id']}/feasibility")
        assert answer.status_code == 303
        addresses.append(answer.headers["location"])
        assert site.client.get(addresses[-1]).status_code == 200
        job = addresses[-1].rpartition("/")[2]
        assert site.client.get(f"/counties/{county['id']}/curves", params={"from": job}).status_code == 200
    assert addresses[0] != addresses[1]
    assert addresses[0].rpartition("/")[2] == addresses[1].rpartition("/")[2]
    site.over(job)
    for county in made:
        site.client.delete(f"/v1/counties/{county['id']}").raise_for_status()


def test_a_plan_on_the_way_says_how_its_search_goes(site: Server, plan: str) -> None:
    """While the search goes on its page is live; if it broke off, the page says so. Afterwards it says neither."""
    view = site.store / "jobs" / plan / "view.json"
    kept = view.read_text(encoding="utf-8")
    words = m("The search broke off. This is the best plan that was checked until then; it has no files.").text("en")
    assert words not in site.client.get(f"/plans/{plan}").text
    try:
        view.write_text(kept.replace('"on_the_way":false', '"on_the_way":true'), encoding="utf-8")
        page = site.client.get(f"/plans/{plan}").text
    finally:
        view.write_text(kept, encoding="utf-8")
    assert words in page
    assert 'data-figure="people_lifted">49<' in page


def test_a_plan_of_a_deleted_county_says_how_to_get_the_county_back(site: Server, tmp_path: Path) -> None:
    """Its scenario cannot be changed any more; the county is among the plan's files."""
    path = tmp_path / "gone.json"
    liftplan.convert("tiny", path)
    with path.open("rb") as file:
        county = site.client.post("/v1/counties", files={"file": (path.name, file)}).json()["id"]
    job = site.ask(county=county, overrides=["poverty_line + 1"])["id"]
    site.over(job)
    assert site.client.delete(f"/v1/counties/{county}").status_code == 204
    answer = site.client.get(f"/plans/{job}/change")
    assert answer.status_code == 404
    assert "county.zip" in answer.text


def test_a_repair_beyond_what_a_scenario_takes_is_told(site: Server) -> None:
    """A county under as many overrides as there may be has no room for those of a repair."""
    lines = ["policy.R3.minimum x 1.003"] * 1_000
    job = site.ask(kind="diagnose", county="tiny", overrides=lines)["id"]
    assert site.over(job)["outcome"]["status"] == "infeasible"
    address = f"/counties/tiny/feasibility/{job}/repair"
    answer = site.client.post(address, data={"kind": "yuan"}, headers={"origin": site.address.rstrip("/")})
    assert answer.status_code == 422
    assert "1,000" in answer.text
