"""Many who share one computer: who asks, whose a run is, who goes first and for how long."""
