"""How far shipped maps can be believed, and how models agree about neighbours."""

from functools import lru_cache

from replearn.results.map import EmbeddingMap, ModelComparison


def kept(dataset: str, model: str, projection: str, figure: str) -> float:
    """Return what a map keeps, from 0 to 1; the rank correlation from -1.

    Args:
        dataset, model, projection: of a map that ships.
        figure: "trustworthiness@10", "continuity@10", "neighbours kept@10", "rank correlation".
    """
    return float(_map(dataset, model, projection).preservation[figure])


def kept_of_nothing(figure: str) -> float:
    """Return what t-SNE at a perplexity of 2 keeps of a cloud without structure."""
    from replearn.studies.map.random_cloud import random_cloud

    return float(random_cloud().preservation[figure])


def explained(dataset: str, model: str, axes: str) -> float:
    """Return the share of the variance along the first axes, from 0 to 1."""
    from replearn.studies.map.embed import embed
    from replearn.studies.map.principal_axes import principal_axes

    return float(principal_axes(embed(dataset, model)).explained[: int(axes)].sum())


def voted(dataset: str, model: str) -> float:
    """Return the share of pictures whose ten nearest others vote for their label."""
    return float(_compared(dataset, model).models[0].accuracy.value)


def shared(dataset: str, first: str, second: str) -> float:
    """Return the share of the ten nearest that two models have in common."""
    return float(_compared(dataset, first, second).overlap[0, 1])


def cka(dataset: str, first: str, second: str) -> float:
    """Return the linear CKA of two models, from 0 to 1."""
    return float(_compared(dataset, first, second).cka[0, 1])


@lru_cache(maxsize=32)
def _map(dataset: str, model: str, projection: str) -> EmbeddingMap:
    from replearn.studies.map.embedding_map import embedding_map

    return embedding_map(dataset, model, projection)


@lru_cache(maxsize=32)
def _compared(dataset: str, *models: str) -> ModelComparison:
    from replearn.studies.map.agreement import compare_models

    return compare_models(dataset, models)
