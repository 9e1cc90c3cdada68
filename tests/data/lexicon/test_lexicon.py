import gzip
from pathlib import Path

import pytest

from replearn.core.errors import InputError
from replearn.data.lexicon import lexicon, read, senses
from replearn.data.lexicon.build import write_table
from replearn.data.lexicon.lookup import with_sense
from replearn.data.lexicon.words import subject
from replearn.data.wordnet import imagenet_taxonomy


def test_the_table_agrees_with_the_smaller_one_of_the_taxonomy():
    taxonomy, table = imagenet_taxonomy(), lexicon()
    for wnid, node in taxonomy.nodes.items():
        row = table.row_of[wnid]
        assert {table.wnids[above] for above in table.parents[row]} == set(node.parents)
        assert set(node.lemmas) <= set(table.words[row])


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("puffin", "puffin", "seabird"),
        ("Dogs", "dog", "canine"),
        ("a photo of a house finch.", "house finch", "finch"),
        ("house finches", "house finch", "finch"),
        ("French_fries", "french fries", "potato"),
        ("a red car", "car", "motor vehicle"),
        ("a bad photo of the large dog", "dog", "canine"),
        ("tiger", "tiger", "big cat"),  # WordNet's first sense is a person
        ("leopard", "leopard", "big cat"),  # and here the fur
        ("pen", "pen", "writing implement"),  # a female swan, too
        ("crane bird", "crane", "wading bird"),
        ("plate", "plate", "flatware"),  # home plate is called so too, and more often in prose
        ("plates", "plate", "flatware"),
        ("clip", "clip", "fastener"),
        ("seal", "seal", "pinniped mammal"),
        ("baby", "infant", "child"),
        ("bananas", "banana", "edible fruit"),  # and a herb
        ("chicken", "chicken", "domestic fowl"),
        ("buses", "bus", "public transport"),
        ("vases", "vase", "vessel"),
        ("ponies", "pony", "equine"),
        ("cacti", "cactus", "plant"),
        ("hooves", "hoof", "animal foot"),
        ("skis", "ski", "runner"),
    ],
)
def test_a_label_is_looked_up(text, word, kind):
    sense = senses(text)[0]
    assert word in sense.words
    assert kind in sense.chain


def test_senses_of_imagenets_names_are_found_more_often_than_by_wordnets_own_order():
    taxonomy, table = imagenet_taxonomy(), lexicon()
    taken = usual = several = 0
    for wnid, name in zip(taxonomy.classes, taxonomy.class_names, strict=True):
        entries = table.rows.get(name.casefold(), [])
        if len(entries) > 1 and any(table.wnids[row] == wnid for *_, row in entries):
            several += 1
            taken += read(name)[0].sense.wnid == wnid
            usual += table.wnids[min(entries)[2]] == wnid
    assert several > 150
    assert taken > 1.5 * usual


def test_a_sense_that_is_chosen_may_be_any_of_a_words():
    (plate,) = read("plate (base)")
    assert plate.sense.words[0] == "home plate"
    (reading,) = read("plate")
    assert reading.doubtful


def test_a_sentence_gives_its_head_nouns_with_their_adjectives():
    found = read("a photo of a brown dog running on the beach")
    assert [reading.phrase for reading in found] == ["brown dog running", "beach"]
    assert [reading.sense.words[0] for reading in found] == ["dog", "beach"]


@pytest.mark.parametrize(
    "text", ["", "a photo", "joyful", "none of these", "zqx", "something", "galaxy", "galaxies"]
)
def test_what_is_no_thing_has_no_sense(text):
    assert read(text) == ()
    assert senses(text) == ()


def test_two_likely_senses_are_told_and_one_can_be_chosen():
    (reading,) = read("crane")
    assert reading.doubtful
    assert {sense.hint for sense in reading.senses} == {"lifting device", "wading bird"}
    for sense in reading.senses:
        (chosen,) = read(with_sense("crane", sense))
        assert chosen.sense == sense
        assert not chosen.doubtful
        assert chosen.phrase == "crane"
        # choosing again replaces the choice
        assert with_sense(with_sense("crane", reading.sense), sense) == f"crane ({sense.hint})"
    (other,) = read("crane (nonsense)")
    assert other.sense == reading.sense
    assert not read("puffin")[0].doubtful


def test_a_prompt_without_what_it_says_of_the_picture():
    assert subject("a photo of a cat.") == "cat"
    assert subject("itap of my dog") == "dog"
    assert subject("a photo") == "photo"
    assert subject("art of the horse") == "art of the horse"


def test_the_table_is_made_from_wordnets_files(tmp_path: Path):
    with pytest.raises(InputError, match=r"data\.noun isn't in"):
        write_table(tmp_path, tmp_path / "out.gz")
    with gzip.open(Path("assets/wordnet/nouns.tsv.gz"), "rt") as file:
        lines = file.read().splitlines()
    assert all(line.count("\t") == 2 for line in lines)
    assert lines == sorted(lines)
    assert len(lines) == len(lexicon().wnids)
