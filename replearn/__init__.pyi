"""The public names: verbs, what they return, and the errors that they raise."""

from .core.errors import (
    CapabilityError,
    InputError,
    ModelError,
    OfflineError,
    ReplearnError,
    StoppedError,
    TrainingError,
)
from .core.question import Question
from .core.statistics import Estimate, Proportion
from .data import load_dataset
from .data.framing import framed
from .encoders.registry import load_model, models
from .results.distortions import (
    Distorted,
    ModelCurve,
    RobustnessCurve,
    RobustnessPoint,
    Trial,
    Walk,
)
from .results.head_neighbours import HeadNeighbours
from .results.heat_map import HeatMap
from .results.invariance import Equivariance, Invariance, ShiftMap
from .results.many_pictures import CosineMatrix, Evaluation
from .results.map import EmbeddingMap, ModelComparison, Neighbours
from .results.matrix import FineTuningMatrix, MatrixCell
from .results.part_words import Concepts, HeadFactors, HeadTexts
from .results.parts import Contributions
from .results.shape import Rendition, RenditionAccuracy, ShapeBias
from .results.shift import ShiftTable
from .results.stamp import Stamp
from .results.trust import Trust
from .results.unit import Filters, Unit
from .results.zero_shot import ClassProbabilities, Probabilities
from .store.embedding_table import table_of
from .studies.distortions.distort import distort
from .studies.distortions.distorted_answer import distorted_answer
from .studies.distortions.robustness import robustness
from .studies.distortions.sweep import sweep
from .studies.generalisation.matrix import matrix, matrix_cell
from .studies.generalisation.shift import shift, shipped_shift_table
from .studies.heat_maps.explain import explain
from .studies.heat_maps.trust import trust
from .studies.invariance.equivariance import equivariance
from .studies.invariance.invariance import invariance
from .studies.invariance.shift_map import shift_map
from .studies.many_pictures.evaluate import evaluate, suggest_labels
from .studies.map.embed import embed
from .studies.map.embedding_map import embedding_map
from .studies.map.neighbours import neighbours
from .studies.map.project import project
from .studies.parts.decompose import decompose
from .studies.parts.filters import filters
from .studies.parts.head_factors import head_factors
from .studies.parts.head_neighbours import head_neighbours
from .studies.parts.unit import unit
from .studies.parts.words import concepts, head_texts
from .studies.shape.renditions import rendition_accuracy, renditions
from .studies.shape.shape_bias import shape_bias
from .studies.training.factor_probe import factor_probe
from .studies.zero_shot.zero_shot import classify, cosine_matrix, zero_shot
from .training import train

__version__: str
__all__ = [
    "CapabilityError",
    "ClassProbabilities",
    "Concepts",
    "Contributions",
    "CosineMatrix",
    "Distorted",
    "EmbeddingMap",
    "Equivariance",
    "Estimate",
    "Evaluation",
    "Filters",
    "FineTuningMatrix",
    "HeadFactors",
    "HeadNeighbours",
    "HeadTexts",
    "HeatMap",
    "InputError",
    "Invariance",
    "MatrixCell",
    "ModelComparison",
    "ModelCurve",
    "ModelError",
    "Neighbours",
    "OfflineError",
    "Probabilities",
    "Proportion",
    "Question",
    "Rendition",
    "RenditionAccuracy",
    "ReplearnError",
    "RobustnessCurve",
    "RobustnessPoint",
    "ShapeBias",
    "ShiftMap",
    "ShiftTable",
    "Stamp",
    "StoppedError",
    "TrainingError",
    "Trial",
    "Trust",
    "Unit",
    "Walk",
    "classify",
    "concepts",
    "cosine_matrix",
    "decompose",
    "distort",
    "distorted_answer",
    "embed",
    "embedding_map",
    "equivariance",
    "evaluate",
    "explain",
    "factor_probe",
    "filters",
    "framed",
    "head_factors",
    "head_neighbours",
    "head_texts",
    "invariance",
    "load_dataset",
    "load_model",
    "matrix",
    "matrix_cell",
    "models",
    "neighbours",
    "project",
    "rendition_accuracy",
    "renditions",
    "robustness",
    "shape_bias",
    "shift",
    "shift_map",
    "shipped_shift_table",
    "suggest_labels",
    "sweep",
    "table_of",
    "train",
    "trust",
    "unit",
    "zero_shot",
]
