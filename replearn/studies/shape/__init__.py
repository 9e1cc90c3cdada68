"""Does it go by form or by texture? Renditions, cue conflict, patches alone."""
