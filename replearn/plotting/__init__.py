"""Results drawn as Plotly figures or PIL pictures."""
