"""Pages beside the page: who may read them, and what they let a browser do."""

import gradio as gr
import pytest
from gradio.routes import App
from starlette.testclient import TestClient

from replearn.core.settings import Settings
from replearn.lessons.shelf import lessons
from replearn.ui.lessons.classroom import classroom
from replearn.ui.lessons.routes import lesson_routes

FIRST = lessons()[0]


@pytest.fixture
def served():
    def client(settings):
        with (
            gr.Blocks(analytics_enabled=False) as page,
            gr.Tabs(),
            gr.Tab("Train <b>", id="training"),
        ):
            gr.Dropdown(label="Which run", elem_id="run-shown")
        page.auth = [tuple(settings.auth.split(":"))] if settings.auth else None
        page.auth_message = None
        routes = lesson_routes(settings)
        return TestClient(App.create_app(page, app_kwargs={"routes": routes}))

    return client


def test_a_lesson_prints_with_the_address_by_which_it_was_asked_for(served):
    found = served(Settings()).get(f"/lessons/{FIRST.name}/print")
    assert found.status_code == 200
    assert found.headers["content-security-policy"].startswith("default-src 'none'")
    assert 'href="http://testserver/?tab=' in found.text
    assert FIRST.title in found.text
    assert "Train &lt;b&gt; (" in found.text  # as the page calls it
    assert "Which run " in found.text
    proxied = {"x-forwarded-host": "school.example/demo", "x-forwarded-proto": "https"}
    found = served(Settings()).get(f"/lessons/{FIRST.name}/print", headers=proxied)
    assert 'href="https://school.example/demo/?tab=' in found.text


def test_a_lesson_that_isnt_there_is_a_sentence(served):
    found = served(Settings()).get("/lessons/nothing/print")
    assert found.status_code == 404
    assert found.text.startswith("There is no lesson 'nothing'; choose one of")
    assert found.headers["content-type"].startswith("text/plain")


def test_a_teachers_own_lesson_prints_whatever_its_name(served, tmp_path):
    (tmp_path / "00 mine & more.md").write_text("# Mine\n\n## A step\n\nText.\n\npage: models\n")
    client = served(Settings(lessons=tmp_path))
    found = client.get("/lessons/00%20mine%20%26%20more/print")
    assert found.status_code == 200
    assert 'href="http://testserver/?tab=models&amp;' in found.text


def test_a_password_guards_what_is_printed(served):
    client = served(Settings(auth="class:secret"))
    path = f"/lessons/{FIRST.name}/print"
    assert client.get(path).status_code == 401
    assert client.post("/login", data={"username": "class", "password": "wrong"}).is_error
    assert client.get(path).status_code == 401
    assert client.post("/login", data={"username": "class", "password": "secret"}).is_success
    assert client.get(path).status_code == 200


def test_the_class_is_seen_by_its_token_alone_and_only_when_it_is_taught(served):
    token = classroom().token
    client = served(Settings(teach=True))
    assert "What the class answered" in client.get(f"/class/{token}").text
    assert client.get(f"/class/{token}x").status_code == 404
    assert client.get("/class/%C3%A4").status_code == 404
    assert served(Settings()).get(f"/class/{token}").status_code == 404
