"""The planner's page: HTML made on the server, in the process of the service, over the same parts as `/v1`.

How to add a page
-----------------
1. A module in `routes/` with `router = APIRouter(include_in_schema=False)`; its line in `mounting.ROUTERS`.
   Endpoints take `request: Request`, `service: Parts`, `who: Viewer` or `who: Planner` (module `asking`: a role that is
   missing becomes a page that says so), and return `page(request, "name.html", **values)` (module `rendering`).
   What blocks (reading a file, the database) is done in plain `def` endpoints, which run in threads.
2. A template in `templates/` that begins with `{% extends "base.html" %}` and fills the blocks `title` and `content`
   (and `trail`, `tabs`, `scripts` where needed). Texts are `{{ m("literal {value}", value=...) }}`, as in Python:
   `make messages` collects them. What the county says in both languages goes through `|spoken`; numbers through
   `|count`, money through `|money` or `|exact`, shares through `|percent`.
3. A place in the menu, or a tab of a county or a plan: one line in `navigation`.
4. Scripts are ES modules in `static/`, loaded as `{{ static("name.js") }}` in block `scripts`; they import one another
   relatively. Nothing is written inside the page (the content policy forbids it): no `style=`, no `onclick=`; data goes
   into `data-` attributes.
5. What changes something is a form with `method="post"`, and answers with `see(address)` (303). `Guard` and `Access`
   refuse posts of other sites' pages. Errors (`Refusal`, `Unsound`) may simply be raised: they become a page.
"""
