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
from .core.page_link import PageState
from .core.question import Question
from .core.statistics import Estimate, Proportion
from .data import load_dataset
from .data.framing import framed
from .encoders.registry import load_model, models
from .results.audit import Audit, Weat
from .results.audit.association import Association
from .results.distortions import (
    Distorted,
    ModelCurve,
    RobustnessCurve,
    RobustnessPoint,
    Trial,
    Walk,
)
from .results.dreams import DeepDreamed, Dream, DreamRow, Evolved, Fooled, Inversion, SmallestChange
from .results.features import FeatureFactors
from .results.groups import GroupReport
from .results.groups.comparison import GroupComparison
from .results.groups.search import GroupSearch
from .results.groups.slices import Slices
from .results.head_factors import HeadFactors
from .results.head_neighbours import HeadNeighbours
from .results.heat_map import HeatMap
from .results.invariance import Equivariance, Invariance, ShiftMap
from .results.many_pictures import CosineMatrix, Evaluation
from .results.map import EmbeddingMap, ModelComparison, Neighbours
from .results.matrix import FineTuningMatrix, MatrixCell
from .results.part_words import ConceptAccuracy, Concepts, HeadTexts, UnitWords
from .results.parts import Contributions
from .results.shape import Rendition, RenditionAccuracy, ShapeBias
from .results.shift import ShiftTable
from .results.stamp import Stamp
from .results.trust import Trust
from .results.unit import Filters, Unit, UnitAblation
from .results.zero_shot import ClassProbabilities, Probabilities
from .store.embedding_table import table_of
from .studies.distortions.distort import distort
from .studies.distortions.distorted_answer import distorted_answer
from .studies.distortions.robustness import robustness
from .studies.distortions.sweep import sweep
from .studies.dreams.aims import Aim
from .studies.dreams.dream import dream
from .studies.dreams.dream_choice import DreamChoice
from .studies.dreams.evolve import EvolveChoice, evolve
from .studies.dreams.fool import fool
from .studies.dreams.going_on import go_on
from .studies.dreams.interpolate import interpolate
from .studies.dreams.invert import invert
from .studies.dreams.smallest_change import smallest_change
from .studies.dreams.visualise import visualise
from .studies.generalisation.matrix import matrix, matrix_cell
from .studies.generalisation.shift import shift, shipped_shift_table
from .studies.groups.audit import audit
from .studies.groups.audit_options import AuditOptions
from .studies.groups.compare import compare_groups
from .studies.groups.groups import groups
from .studies.groups.mitigate import mitigate
from .studies.groups.search import search_groups
from .studies.groups.slices import slices
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
from .studies.parts.concept_accuracy import concept_accuracy
from .studies.parts.decompose import decompose
from .studies.parts.feature_factors import feature_factors
from .studies.parts.filters import filters
from .studies.parts.head_factors import head_factors
from .studies.parts.head_neighbours import head_neighbours
from .studies.parts.units.clip_dissect import unit_words
from .studies.parts.units.unit import unit
from .studies.parts.units.unit_ablation import without_unit
from .studies.parts.words import concepts, head_texts
from .studies.shape.photo_conflicts import photo_conflicts
from .studies.shape.renditions import rendition_accuracy, renditions
from .studies.shape.shape_bias import shape_bias
from .studies.training.factor_probe import factor_probe
from .studies.zero_shot.zero_shot import classify, cosine_matrix, zero_shot
from .training import train
from .ui.links.making import page_link

__version__: str
__all__ = [
    "Aim",
    "Association",
    "Audit",
    "AuditOptions",
    "CapabilityError",
    "ClassProbabilities",
    "ConceptAccuracy",
    "Concepts",
    "Contributions",
    "CosineMatrix",
    "DeepDreamed",
    "Distorted",
    "Dream",
    "DreamChoice",
    "DreamRow",
    "EmbeddingMap",
    "Equivariance",
    "Estimate",
    "Evaluation",
    "EvolveChoice",
    "Evolved",
    "FeatureFactors",
    "Filters",
    "FineTuningMatrix",
    "Fooled",
    "GroupComparison",
    "GroupReport",
    "GroupSearch",
    "HeadFactors",
    "HeadNeighbours",
    "HeadTexts",
    "HeatMap",
    "InputError",
    "Invariance",
    "Inversion",
    "MatrixCell",
    "ModelComparison",
    "ModelCurve",
    "ModelError",
    "Neighbours",
    "OfflineError",
    "PageState",
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
    "Slices",
    "SmallestChange",
    "Stamp",
    "StoppedError",
    "TrainingError",
    "Trial",
    "Trust",
    "Unit",
    "UnitAblation",
    "UnitWords",
    "Walk",
    "Weat",
    "audit",
    "classify",
    "compare_groups",
    "concept_accuracy",
    "concepts",
    "cosine_matrix",
    "decompose",
    "distort",
    "distorted_answer",
    "dream",
    "embed",
    "embedding_map",
    "equivariance",
    "evaluate",
    "evolve",
    "explain",
    "factor_probe",
    "feature_factors",
    "filters",
    "fool",
    "framed",
    "go_on",
    "groups",
    "head_factors",
    "head_neighbours",
    "head_texts",
    "interpolate",
    "invariance",
    "invert",
    "load_dataset",
    "load_model",
    "matrix",
    "matrix_cell",
    "mitigate",
    "models",
    "neighbours",
    "page_link",
    "photo_conflicts",
    "project",
    "rendition_accuracy",
    "renditions",
    "robustness",
    "search_groups",
    "shape_bias",
    "shift",
    "shift_map",
    "shipped_shift_table",
    "slices",
    "smallest_change",
    "suggest_labels",
    "sweep",
    "table_of",
    "train",
    "trust",
    "unit",
    "unit_words",
    "visualise",
    "without_unit",
    "zero_shot",
]
