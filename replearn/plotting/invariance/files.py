"""Invariance as files: means by level, and a row for every picture where they are known."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from replearn.results.invariance import Invariance, InvarianceCurve

MEASURES = ("cosine", "probability", "accuracy")


def curve_rows(found: Invariance) -> list[dict[str, Any]]:
    """Return one row per model, layer, measure and level: the mean, its 95 % interval and n."""
    return [
        {
            "factor": found.factor,
            "unit": found.unit,
            "model": curve.model,
            "fingerprint": curve.fingerprint,
            "layer": curve.layer,
            "measure": measure,
            "level": level,
            "value": mean.value,
            "low": mean.low,
            "high": mean.high,
            "n": mean.n,
            "chance": {"cosine": curve.chance, "accuracy": curve.chance_accuracy}.get(measure),
        }
        for curve in found.curves
        for measure in MEASURES
        for level, mean in zip(curve.levels, _means(curve, measure), strict=False)
    ]


def csv_text(rows: Sequence[dict[str, Any]]) -> str:
    """Return rows, all of one kind, as CSV with a heading."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def invariance_zip(measured: Sequence[Invariance]) -> bytes:
    """Return a zip of what was measured: curves.csv, pictures.csv where known, stamp.json."""
    curves = [row for found in measured for row in curve_rows(found)]
    pictures = [row for found in measured for row in found.rows()]
    stamps = [asdict(found.stamp) for found in measured]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("curves.csv", csv_text(curves))
        if pictures:
            bundle.writestr("pictures.csv", csv_text(pictures))
        bundle.writestr("stamp.json", json.dumps(stamps, indent=2, default=str))
    return buffer.getvalue()


def _means(curve: InvarianceCurve, measure: str) -> Sequence[Any]:
    return getattr(curve, measure)  # type: ignore[no-any-return]
