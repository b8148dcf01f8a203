"""Skill as the user reads it: how many of the errors of one answer to all are gone."""

from visualiser.core.data.cell_text import NO_BREAK


def skill_text(skill: float, short: bool = False) -> str:
    """“97 % of the errors gone”, or in short “97 %”; “none” where nothing is gained."""
    if skill != skill:
        return "–"
    if skill <= 0:
        return "none" if short else "none of the errors gone"
    share = f"{100 * skill:.0f}{NO_BREAK}%"
    return share if short else f"{share} of the errors gone"
