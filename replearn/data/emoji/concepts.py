"""Emoji by what a common noun names: whole subgroups of Unicode, put together."""

# concept -> subgroups; what no noun names (symbols, weather, events, ...) is left out
_SUBGROUPS = {
    "face": "face-smiling face-affection face-tongue face-hand face-neutral-skeptical face-sleepy "
    "face-unwell face-hat face-glasses face-concerned face-negative face-costume",
    "hand": "hand-fingers-open hand-fingers-partial hand-single-finger hand-fingers-closed hands "
    "hand-prop",
    "person": "person person-gesture person-role person-fantasy person-activity person-sport "
    "person-resting person-symbol family",
    "animal": "animal-mammal animal-bird animal-amphibian animal-reptile animal-marine animal-bug",
    "plant": "plant-flower plant-other",
    "food": "food-fruit food-vegetable food-prepared food-asian food-marine food-sweet drink",
    "building": "place-building place-religious",
    "vehicle": "transport-ground transport-water transport-air",
    "clock": "time",
    "clothing": "clothing",
    "tool": "tool office writing household computer phone sound musical-instrument science medical",
    "flag": "flag country-flag subdivision-flag",
}
CONCEPTS = tuple(_SUBGROUPS)
CONCEPT_OF = {part: name for name, parts in _SUBGROUPS.items() for part in parts.split()}
