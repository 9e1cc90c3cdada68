"""What a launch opens, from its options."""

import pytest

from replearn.core.errors import InputError
from replearn.ui.frame.serving.networks import at_once
from replearn.ui.frame.serving.options import parse


@pytest.fixture(autouse=True)
def _silent(monkeypatch):
    for name in ("FOLDERS", "HOST", "PORT", "SHARE", "ROOT_PATH"):
        monkeypatch.delenv(f"REPLEARN_{name}", raising=False)
    for name in ("SERVER_NAME", "SERVER_PORT", "SHARE", "ROOT_PATH"):
        monkeypatch.delenv(f"GRADIO_{name}", raising=False)


@pytest.mark.parametrize(
    ("arguments", "folders"),
    [
        ([], None),
        (["--host", "127.0.0.1"], None),
        (["--host", "0.0.0.0"], ()),
        (["--share"], ()),
        (["--share", "--folders", "/class"], ("/class",)),
        (["--folders", "/class"], ("/class",)),
    ],
)
def test_folders_are_closed_where_others_reach_the_page(arguments, folders):
    assert parse(arguments).folders == folders


def test_what_a_host_of_gradio_apps_sets_counts_where_ours_is_silent(monkeypatch):
    monkeypatch.setenv("GRADIO_SERVER_NAME", "0.0.0.0")
    monkeypatch.setenv("GRADIO_SERVER_PORT", "7861")
    monkeypatch.setenv("GRADIO_ROOT_PATH", "/demo")
    found = parse([])
    assert (found.host, found.port, found.root_path) == ("0.0.0.0", 7861, "/demo")
    assert found.folders == ()  # others reach it: no folder is open unless it is named
    monkeypatch.setenv("REPLEARN_HOST", "127.0.0.1")
    monkeypatch.setenv("REPLEARN_PORT", "7862")
    found = parse(["--root-path", "/other"])
    assert (found.host, found.port, found.root_path) == ("127.0.0.1", 7862, "/other")
    assert parse(["--port", "7863"]).port == 7863


def test_a_shared_page_is_shared_by_gradios_variable_too(monkeypatch):
    monkeypatch.setenv("GRADIO_SHARE", "True")
    assert parse([]).share
    assert parse([]).folders == ()


def test_a_port_that_is_no_number_names_its_variable(monkeypatch):
    monkeypatch.setenv("GRADIO_SERVER_PORT", "many")
    with pytest.raises(InputError, match="GRADIO_SERVER_PORT is 'many'"):
        parse([])


def test_work_that_is_stopped_twice_is_stopped():
    from replearn.ui.frame.stopping import Iterators

    running = Iterators({"event": iter(())})
    for _ in range(2):
        del running["event"]
    assert running == {}


def test_a_page_that_two_connections_waited_for_may_be_left_by_both():
    from replearn.ui.frame.stopping import OpenPages

    waiting = OpenPages(2)
    for page in ("a", "b", "c"):
        waiting[page] = []
    for _ in range(2):
        del waiting["b"]
    assert list(waiting) == ["c"]


def test_a_class_opens_and_fetches_what_its_teacher_named_and_nothing_else(monkeypatch):
    for name in ("TEACH", "DOWNLOADS", "TRAINING"):
        monkeypatch.delenv(f"REPLEARN_{name}", raising=False)
    found = parse(["--teach"])
    assert (found.folders, found.may_download, found.opens_folders) == ((), False, False)
    assert (found.fixed_model, found.may_train) == (None, False)
    assert parse([]).may_train
    assert not parse(["--host", "0.0.0.0"]).may_train
    assert parse(["--host", "0.0.0.0", "--training"]).may_train
    found = parse(["--teach", "--folders", "/class", "--downloads", "--models", "imagenet"])
    assert (found.folders, found.may_download, found.opens_folders) == (("/class",), True, True)
    assert found.fixed_model == "imagenet"
    assert parse(["--models", "imagenet"]).fixed_model is None
    monkeypatch.setenv("REPLEARN_TEACH", "1")
    assert parse([]).folders == ()


def test_what_takes_long_is_bounded_where_others_reach_the_page(monkeypatch):
    for name in ("TEACH", "PER_VISITOR", "IN_SUM", "MINUTES"):
        monkeypatch.delenv(f"REPLEARN_{name}", raising=False)

    def bounds(*arguments):
        found = parse(arguments)
        return found.per_visitor, found.in_sum, found.minutes

    assert bounds() == (None, None, None)
    assert bounds("--minutes", "5") == (None, None, 5)
    assert bounds("--host", "0.0.0.0") == bounds("--share") == bounds("--teach") == (1, 2, 30)
    assert bounds("--teach", "--per-visitor", "2", "--in-sum", "4") == (2, 4, 30)
    monkeypatch.setenv("REPLEARN_IN_SUM", "8")
    assert bounds("--teach") == (1, 8, 30)
    monkeypatch.setenv("REPLEARN_MINUTES", "long")
    with pytest.raises(InputError, match=r"REPLEARN_MINUTES is 'long'; .* such as 2"):
        parse([])


def test_a_bound_that_is_no_number_is_one_sentence(capsys):
    with pytest.raises(SystemExit):
        parse(["--in-sum", "0"])
    assert "'0' must be a whole number such as 2" in capsys.readouterr().err


def test_a_fixed_model_is_all_there_is_to_choose_from():
    from replearn.ui.frame.subject_names import choices

    models, compared, data = choices(parse(["--teach", "--models", "imagenet"]))
    assert (models, compared) == (["imagenet"], ["none"])
    assert "shapes" in data
    assert "get another…" not in data


def test_replicas_are_asked_for_by_option_or_variable(monkeypatch, capsys):
    for name in ("SERVE", "REPLICAS"):
        monkeypatch.delenv(f"REPLEARN_{name}", raising=False)
    assert parse([]).serve is None
    found = parse(["--serve", "ray", "--replicas", "5"])
    assert (found.serve, found.replicas, at_once(found)) == ("ray", 5, 7)
    assert at_once(parse([])) == 2
    for wrong, said in (
        (["--serve", "dask"], "'dask'; there is ray"),
        (["--replicas", "0"], "1 or more"),
    ):
        with pytest.raises(SystemExit):
            parse(wrong)
        assert said in capsys.readouterr().err
    monkeypatch.setenv("REPLEARN_SERVE", "ray")
    monkeypatch.setenv("REPLEARN_REPLICAS", "3")
    assert (parse([]).serve, parse([]).replicas) == ("ray", 3)
    monkeypatch.setenv("REPLEARN_REPLICAS", "many")
    with pytest.raises(InputError, match="REPLEARN_REPLICAS is 'many'"):
        parse([])
