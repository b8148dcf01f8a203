"""Skill as the user reads it: how many of the errors of one answer to all are gone."""

from visualiser.core.data.cell_text import NO_BREAK


def skill_text(skill: float) -> str:
    """“97 %”; “none” where nothing is gained, “–” where it was not measured."""
    if skill != skill:
        return "–"
    return f"{100 * skill:.0f}{NO_BREAK}%" if skill > 0 else "none"
