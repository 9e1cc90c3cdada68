"""Getting a model or data set that isn't here: the offer, the progress, the opening."""
