import base64
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from gradio_client import Client, handle_file
from PIL import Image

import replearn
from replearn.core.settings import from_environment
from replearn.data.photos import Photos

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address():
    from replearn.ui.frame.page import build_page

    page = build_page(from_environment()).queue(max_size=100)
    _, url, _ = page.launch(
        prevent_thread_lock=True, quiet=True, max_file_size="20mb", _frontend=False
    )
    yield url
    page.close()


@pytest.fixture(scope="module")
def client(address):
    return Client(address, verbose=False, httpx_kwargs={"timeout": 120})


@pytest.fixture(scope="module")
def photos():
    found = Photos()
    return {found[i].id: str(found.path(i)) for i in range(len(found))}


def test_zero_shot_over_http_gives_the_studys_numbers(client, photos):
    labels = ["cheetah", "lion", "tower"]
    found = client.predict(
        handle_file(photos["cheetah1"]), "\n".join(labels), "photo-clip", api_name="/zero_shot"
    )
    exact = replearn.zero_shot(photos["cheetah1"], labels)
    assert found["labels"] == labels
    np.testing.assert_allclose(found["probabilities"], exact.probabilities, atol=1e-5)
    assert found["fingerprint"] == exact.fingerprint
    assert {"cosines", "temperature", "prompts"} <= set(found)


def test_explain_and_distort_over_http(client, photos):
    picture = handle_file(photos["cheetah1"])
    drawn, found = client.predict(picture, "cheetah", "photo-clip", "cam", api_name="/explain")
    assert np.array(found["values"]).shape == (7, 7)
    assert Image.open(drawn).size == (224, 224)
    drawn, found = client.predict(
        picture, "cheetah\nlion", "photo-clip", "contrast", 0.1, api_name="/distort"
    )
    exact = replearn.distort(photos["cheetah1"], "contrast", 0.1)
    assert Image.open(drawn).convert("RGB").tobytes() == exact.tobytes()
    assert found["changed"]["labels"] == ["cheetah", "lion"]
    assert found["cosine_to_clean"] < 1
    _, unasked = client.predict(picture, "", "photo-clip", "contrast", 0.1, api_name="/distort")
    assert unasked is None
    with pytest.raises(Exception, match="from 0 to 1"):
        client.predict(picture, "", "photo-clip", "contrast", 7, api_name="/distort")


def test_robustness_over_http(client):
    asked = ("shapes", "shapes-supervised", "rotation", [0, 90], 0, 20)
    found = client.predict(*asked, api_name="/robustness")
    assert [point["level"] for point in found["points"]] == [0, 90]
    assert found["points"][0]["n"] == 20
    assert found["chance"] == pytest.approx(1 / 8)
    with pytest.raises(Exception, match="missing from shapes-supervised"):
        client.predict("emoji", *asked[1:], api_name="/robustness")


def test_neighbours_over_http(client, photos):
    found = client.predict("photos", "photo-clip", "cheetah1", api_name="/neighbours")
    assert len(found["ids"]) == 11
    assert found["similarities"] == sorted(found["similarities"], reverse=True)
    asked = [
        {"text": "a big cat", "k": 2},
        {"image": handle_file(photos["lion"]), "k": 2},
        {"id": "lion", "k": 2},
    ]
    for query in asked:
        found = client.predict(dataset="photos", **query, api_name="/neighbours")
        assert len(found["ids"]) == 2
        assert "lion" in found["ids"] or query.get("id") == "lion"
    with pytest.raises(Exception, match="Give one of"):
        client.predict("photos", "photo-clip", api_name="/neighbours")


def test_project_over_http(client):
    found = client.predict("photos", "photo-clip", "pca", 0, {"dimensions": 3}, api_name="/project")
    exact = replearn.embedding_map("photos", "photo-clip", "pca", dimensions=3)
    np.testing.assert_allclose(found["coordinates"], exact.coordinates, atol=1e-5)
    assert found["ids"] == list(exact.ids)
    with pytest.raises(Exception, match="perplexity"):
        client.predict("photos", "photo-clip", "tsne", 0, {"perplexity": -1}, api_name="/project")


def test_the_parts_of_an_answer_over_http(client, photos):
    picture = handle_file(photos["cheetah1"])
    found = client.predict(picture, "shapes-clip", "a red cube", "", api_name="/decompose")
    exact = replearn.decompose(photos["cheetah1"], "shapes-clip", "a red cube").to_dict()
    assert found["score"] == pytest.approx(exact["score"], abs=1e-4)
    assert set(found) == set(exact)
    told = client.predict(picture, "photo-clip", "cheetah", "lion", api_name="/decompose")
    both = [
        client.predict(picture, "photo-clip", name, "", api_name="/decompose")["score"]
        for name in ("cheetah", "lion")
    ]
    assert told["score"] == pytest.approx(both[0] - both[1], abs=1e-3)


def test_a_picture_in_words_over_http(client, photos):
    picture = handle_file(photos["cheetah1"])
    found = client.predict(picture, "shapes-clip", 3, api_name="/concepts")
    exact = replearn.concepts(photos["cheetah1"], "shapes-clip", 3)
    assert found["words"] == list(exact.words)
    np.testing.assert_allclose(found["weights"], exact.weights, atol=1e-4)
    assert found["cosine"] == pytest.approx(exact.cosine, abs=1e-4)


@pytest.mark.parametrize("model", ["shapes-supervised", "shapes-clip-sae"])
def test_a_unit_over_http(client, model):
    found = client.predict(model, "", 5, "", api_name="/unit")
    exact = replearn.unit(model, index=5).to_dict()
    assert (found["unit"], found["layer"]) == (5, exact["layer"])
    assert found["responses"] == exact["responses"]
    assert found["selectivity"] == exact["selectivity"]


PARTS_REFUSED = [
    ("/decompose", ("PICTURE", "none such", "", ""), "none such"),
    ("/decompose", ("PICTURE", "pixels", "", ""), "can't be split over channels"),
    ("/decompose", ("PICTURE", "imagenet", "#1000", ""), "1000"),
    ("/decompose", (None, "shapes-clip", "", ""), "picture"),
    ("/decompose", ("PICTURE", "shapes-clip", 7, ""), "The value of target must be a text"),
    ("/concepts", ("PICTURE", "shapes-clip", 0), "1 to 64 words, not 0"),
    ("/concepts", ("PICTURE", "shapes-clip", "many"), "The value of k must be a finite number"),
    ("/concepts", ("PICTURE", "imagenet", 4), "reads no text"),
    ("/concepts", ("BROKEN", "shapes-clip", 4), "broken.png"),
    ("/unit", ("shapes-clip-sae", "", 256, ""), "units 0 to 255; there is no 256"),
    ("/unit", ("shapes-clip-sae", "blocks.1", 0, ""), "no layer 'blocks.1'; there are features"),
    ("/unit", ("shapes-clip-sae", "", -1, ""), "there is no -1"),
    ("/unit", ("shapes-clip-sae", "", None, ""), "The value of index must be"),
    ("/unit", ("pixels", "", 0, ""), "no layer whose output lies over the picture"),
    ("/unit", ("shapes-clip-sae", "", 0, "shpaes"), "Did you mean shapes"),
]


@pytest.mark.parametrize(("endpoint", "values", "said"), PARTS_REFUSED)
def test_parts_that_cannot_be_are_one_sentence(client, photos, tmp_path, endpoint, values, said):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG no more")
    files = {"PICTURE": photos["cheetah1"], "BROKEN": str(broken)}
    given = [handle_file(files[one]) if one in files else one for one in values]
    with pytest.raises(Exception) as caught:  # noqa: PT011  (what gradio_client raises)
        client.predict(*given, api_name=endpoint)
    message = str(caught.value)
    assert said in message
    assert "Traceback" not in message
    assert "\n" not in message
    assert len(message) < 500


def test_groups_over_http(client):
    found = client.predict("photos", "photo-clip", "label", "", "", api_name="/groups")
    exact = replearn.groups("photos", "photo-clip", ["label"])
    assert [row["group"] for row in found["groups"]] == [row.name for row in exact.rows]
    assert found["overall"]["value"] == exact.overall.value
    assert found["columns"] == list(exact.columns)
    with pytest.raises(Exception, match=r"no column 'lable'.*Did you mean label"):
        client.predict("photos", "photo-clip", "lable", "", "", api_name="/groups")
    with pytest.raises(Exception, match="slices want at least 100"):
        client.predict("photos", "photo-clip", "", api_name="/slices")


def test_a_data_sets_vectors_over_http(client):
    found = client.predict("photos", "photo-clip", api_name="/embed")
    table = replearn.embed("photos")
    vectors = np.frombuffer(base64.b64decode(found["vectors"]), "<f4").reshape(found["shape"])
    np.testing.assert_array_equal(vectors, table.vectors)
    assert tuple(found["ids"]) == table.ids
    assert found["labels"] == table.labels.tolist()
    assert found["fingerprint"] == table.origin.fingerprint
    with pytest.raises(Exception, match="Did you mean emoji"):
        client.predict("emoij", "photo-clip", api_name="/embed")


def bad_files(folder):
    (folder / "text.png").write_text("I am a text file")
    (folder / "cut.png").write_bytes(noise_file(folder).read_bytes()[:300])
    Image.new("1", (30_000, 30_000)).save(folder / "huge.png")
    return ["text.png", "cut.png", "huge.png"]


def noise_file(folder):
    path = folder / "noise.png"
    values = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(values).save(path)
    return path


def test_bad_pictures_labels_and_names_are_one_sentence_and_the_session_goes_on(
    client, photos, tmp_path
):
    asked = [(str(tmp_path / name), "cat\ndog", "photo-clip") for name in bad_files(tmp_path)]
    good = photos["cheetah1"]
    asked += [(good, "", "photo-clip"), (good, "x" * 10_000, "photo-clip"), (good, "cat", "none")]
    for picture, labels, model in asked:
        with pytest.raises(Exception) as caught:  # noqa: PT011  (what gradio_client raises)
            client.predict(handle_file(picture), labels, model, api_name="/zero_shot")
        message = str(caught.value)
        assert "Traceback" not in message
        assert len(message) < 500, message
        assert "/root" not in message
        assert "None" not in message[:4]
    found = client.predict(
        handle_file(good), "<b>cat</b>\ndog", "photo-clip", api_name="/zero_shot"
    )
    assert found["labels"] == ["<b>cat</b>", "dog"]


def test_two_clients_do_not_see_each_others_pictures(address, photos):
    def ask(picture):
        own = Client(address, verbose=False, httpx_kwargs={"timeout": 120})
        return own.predict(
            handle_file(photos[picture]), "cheetah\ntower", "photo-clip", api_name="/zero_shot"
        )

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, ["cheetah1", "tower"] * 3))
    for picture, answer in zip(["cheetah", "tower"] * 3, answers, strict=True):
        best = answer["labels"][int(np.argmax(answer["probabilities"]))]
        assert best == picture
    assert json.dumps(answers[0]["cosines"]) == json.dumps(answers[2]["cosines"])


def test_files_are_served_from_nowhere_else(address):
    import httpx

    for path in ("/etc/passwd", "requirements.txt", "replearn/cli.py", "../../etc/passwd"):
        assert httpx.get(f"{address}gradio_api/file={path}").status_code in {403, 404}
