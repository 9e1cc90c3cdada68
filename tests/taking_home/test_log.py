"""What a session keeps: in order, bounded, one entry for a slider that was dragged."""

import copy
import gc
import io
import threading
from pathlib import Path

import pytest
from PIL import Image

from replearn.taking_home import log as log_module
from replearn.taking_home.carried import cleaned


def codes(log):
    return [one.code for one in log.entries]


def test_a_dragged_slider_leaves_its_last_answer_alone(log, clock, asked):
    for level in range(50):
        log.add(asked(level))
        clock.now += 0.1
    assert codes(log) == ["ask(49)"]


def test_answers_that_one_stayed_with_are_kept_in_order(log, clock, asked):
    for level in range(3):
        log.add(asked(level))
        clock.now += log_module.ON_THE_WAY
    assert codes(log) == ["ask(0)", "ask(1)", "ask(2)"]


def test_another_question_in_between_keeps_both(log, asked, upload):
    log.add(asked(1, picture=upload("cat.png")))
    log.add(asked(2, tab="Parts"))
    log.add(asked(3, picture=upload("cat.png")))
    assert [one.tab for one in log.entries] == ["Distortions", "Parts", "Distortions"]


def test_the_same_question_again_is_one_entry(log, clock, asked):
    log.add(asked(1))
    clock.now += 60
    log.add(asked(2))
    log.add(asked(1))  # the slider goes back: 2 was on the way
    assert codes(log) == ["ask(1)"]


def test_the_oldest_go_where_there_are_too_many(log, clock, asked):
    for level in range(log_module.MOST + 5):
        log.add(asked(level))
        clock.now += 60
    assert len(log.entries) == log_module.MOST
    assert codes(log)[0] == "ask(5)"
    assert log.left_out == 5


def test_large_pictures_take_the_oldest_entries_with_them(log, clock, asked, upload, monkeypatch):
    paths = [upload("cat.png", folder=str(i)) for i in range(3)]
    monkeypatch.setattr(log_module, "LARGEST", 2 * Path(paths[0]).stat().st_size)
    for path in paths:
        log.add(asked(picture=path))
        clock.now += 60
    assert codes(log) == ["ask('pictures/cat-2.png', 0)", "ask('pictures/cat-3.png', 0)"]
    assert set(log.pictures()) == {"pictures/cat-2.png", "pictures/cat-3.png"}
    assert log.left_out == 1


def test_a_picture_is_copied_when_it_is_asked_about(log, asked, upload):
    path = upload("my cat (1).PNG")
    content = Path(path).read_bytes()
    log.add(asked(picture=path))
    Path(path).unlink()  # uploads are kept for a day
    assert log.pictures() == {"pictures/my-cat-1.png": content}
    assert codes(log) == ["ask('pictures/my-cat-1.png', 0)"]


def test_a_picture_that_is_gone_already_is_no_fault(log, asked, tmp_path):
    log.add(asked(picture=str(tmp_path / "gone.png")))
    assert log.entries == ()


def test_two_pictures_of_one_name_stay_two(log, asked, upload):
    log.add(asked(picture=upload("cat.png", "red", "a")))
    log.add(asked(picture=upload("Cat.png", "blue", "b")))
    assert codes(log) == ["ask('pictures/cat.png', 0)", "ask('pictures/Cat-2.png', 0)"]
    colours = [
        Image.open(io.BytesIO(one)).convert("RGB").getpixel((0, 0))
        for one in log.pictures().values()
    ]
    assert colours == [(255, 0, 0), (0, 0, 255)]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("..png", "picture.png"),
        ("a b'c\".JPG", "a-b-c.jpg"),
        ("katze ü.png", "katze-ü.png"),
        ("x" * 200 + ".png", "x" * 60 + ".png"),
        ("###.png", "picture.png"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert cleaned(Path(name).name) == clean


def test_pictures_of_the_report_are_small(log, asked):
    log.add(asked())
    ((content, caption),) = log.entries[0].shots
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, max(picture.size)) == ("PNG", 320)
    assert caption == "a blue one"


def test_a_copy_starts_empty_and_a_log_takes_its_files_with_it(log, asked, upload):
    log.add(asked(picture=upload("cat.png")))
    assert copy.deepcopy(log).entries == ()
    other = copy.deepcopy(log)
    other.add(asked(picture=upload("cat.png")))
    folder = other._carried.file("pictures/cat.png").parent
    assert folder.is_dir()
    del other
    gc.collect()
    assert not folder.exists()
    assert log.pictures()


def test_answers_at_the_same_moment_are_all_kept(log, asked):
    threads = [
        threading.Thread(target=log.add, args=(asked(i, tab=f"tab {i}"),)) for i in range(20)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(log.entries) == 20
