"""replearn: explore what vision models have learnt.

Three lines in a notebook:

    import replearn
    answer = replearn.zero_shot("cat.jpg", ["cat", "dog"])
    print(answer.top())

Nothing heavy is imported before something is computed.
"""

import importlib

__version__ = "0.1.0"

# name -> where it stands; imported on first use, so that `import replearn` is quick
_PUBLIC = {
    "zero_shot": "replearn.studies.zero_shot",
    "classify": "replearn.studies.zero_shot",
    "cosine_matrix": "replearn.studies.zero_shot",
    "evaluate": "replearn.studies.evaluate",
    "suggest_labels": "replearn.studies.evaluate",
    "explain": "replearn.studies.explain",
    "trust": "replearn.studies.trust",
    "embed": "replearn.studies.embed",
    "table_of": "replearn.store.embedding_table",
    "neighbours": "replearn.studies.neighbours",
    "embedding_map": "replearn.studies.embedding_map",
    "project": "replearn.studies.project",
    "distort": "replearn.studies.distort",
    "distorted_answer": "replearn.studies.distorted_answer",
    "robustness": "replearn.studies.robustness",
    "sweep": "replearn.studies.sweep",
    "invariance": "replearn.studies.invariance",
    "equivariance": "replearn.studies.equivariance",
    "shift_map": "replearn.studies.shift_map",
    "factor_probe": "replearn.studies.factor_probe",
    "renditions": "replearn.studies.renditions",
    "rendition_accuracy": "replearn.studies.renditions",
    "shape_bias": "replearn.studies.shape_bias",
    "matrix": "replearn.studies.matrix",
    "matrix_cell": "replearn.studies.matrix",
    "shift": "replearn.studies.shift",
    "shipped_shift_table": "replearn.studies.shift",
    "train": "replearn.training",
    "load_model": "replearn.encoders.registry",
    "models": "replearn.encoders.registry",
    "load_dataset": "replearn.data",
}
__all__ = ["__version__", *_PUBLIC]  # noqa: PLE0604  (keys of a literal dict: all strings)


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'replearn' has no attribute {name!r}")
    return getattr(importlib.import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
