"""docs/data-quality.md, and the page that the program writes."""

from pathlib import Path

import pytest
from PIL import Image

from visualiser.app import quality_document
from visualiser.app.quality_document import PICTURES, effects, write_quality_document
from visualiser.core.corruption.registry import CORRUPTIONS

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_every_way_of_spoiling_has_its_place_and_picture(name: str) -> None:
    text = (DOCS / "data-quality.md").read_text(encoding="utf-8")
    corruption = CORRUPTIONS[name]
    assert f"### {corruption.title}\n" in text
    assert f"`--{corruption.flag}`" in text and corruption.story in text
    with Image.open(DOCS / PICTURES / f"{name}.png") as picture:
        assert picture.width > 1000


def test_the_page_is_written_from_real_runs(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {name: CORRUPTIONS[name] for name in ("symmetric_label_noise", "target_leakage")}
    monkeypatch.setattr(quality_document, "CORRUPTIONS", few)
    monkeypatch.setattr(quality_document, "SHOWN_ON", ("penguins",))
    monkeypatch.setattr(quality_document, "_STEPS", 5)
    write_quality_document(tmp_path)
    text = (tmp_path / "data-quality.md").read_text(encoding="utf-8")
    assert text.index("## Labels") < text.index("## Relevance")
    for effect in effects():
        change = effect.snapshot.changes[0]
        assert f"{change.changed:,} of {change.eligible:,}" in text
        assert (tmp_path / PICTURES / f"{effect.corruption.name}.png").stat().st_size > 10_000
