"""Why a plan is as it is: explanations in households, projects, funds and rules, and what a change would bring."""
