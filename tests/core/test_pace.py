from replearn.core.pace import Pace, duration


def test_lines_tell_how_far_how_fast_and_how_long_yet():
    now = [0.0]
    lines = []
    pace = Pace(lines.append, every=1.0, clock=lambda: now[0])
    for done in range(0, 10_001, 100):
        pace(done, 10_000, "pictures embedded")
        now[0] += 0.5
    assert lines[0] == "200 of 10,000 pictures embedded, 200 a second, 49 s left"
    assert lines[-1] == "10,000 of 10,000 pictures embedded, 200 a second, 0 s left"
    assert len(lines) == 50


def test_other_work_has_its_own_clock_and_slow_work_its_decimals():
    now = [0.0]
    lines = []
    pace = Pace(lines.append, every=0.0, clock=lambda: now[0])
    pace(0, 1, "model opened")
    now[0] = 100.0
    pace(5, 9, "pictures embedded")
    now[0] = 104.0
    pace(7, 9, "pictures embedded")
    assert lines[-1] == "7 of 9 pictures embedded, 0.5 a second, 4 s left"
    assert lines[0] == "0 of 1 model opened"


def test_durations():
    assert [duration(s) for s in (0.4, 99, 130, 12_000)] == ["0 s", "99 s", "2 min", "3 h 20 min"]


def test_work_whose_name_changes_with_every_batch_is_still_spoken_of():
    now = [0.0]
    lines = []
    pace = Pace(lines.append, every=10.0, clock=lambda: now[0])
    for done in range(0, 241):
        pace(done, 240, f"answers, rotation {done}")
        now[0] += 0.125
    assert lines == [
        "80 of 240 answers, rotation 80, 8.0 a second, 20 s left",
        "160 of 240 answers, rotation 160, 8.0 a second, 10 s left",
        "240 of 240 answers, rotation 240, 8.0 a second, 0 s left",
    ]


def test_quick_work_says_nothing():
    lines = []
    pace = Pace(lines.append, every=10.0, clock=lambda: 5.0)
    for done in range(4):
        pace(done, 3, "texts encoded")
    assert lines == []
