"""docs/recipes.md names files that are there, so that a reader who follows it finds each example."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECIPES = dict(
    re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", (ROOT / "docs/recipes.md").read_text(), re.DOTALL | re.MULTILINE)
)


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_file_of_a_recipe_is_there(recipe: str) -> None:
    named = re.findall(r"`((?:[\w-]+/)+(?:[\w-]+\.\w+)?)`", RECIPES[recipe])

    assert [file for file in named if not (ROOT / file).exists()] == []


def test_there_is_a_recipe_for_what_is_added_most() -> None:
    assert {
        "An interface",
        "A screen for an interface",
        "A kind of application",
        "A command for the operator",
        "A table",
    } <= (RECIPES.keys())


def test_an_interface_has_one_subject_word_on_every_floor() -> None:
    files = [file.removesuffix(".py").split("/") for file in re.findall(r"`([\w/]+\.py)`", RECIPES["An interface"])]
    floors = {parts[0]: parts[-1].removeprefix("test_") for parts in files if parts[-1].endswith("facility_inquiry")}

    assert floors == dict.fromkeys(("schemas", "usecases", "tests"), "facility_inquiry")
