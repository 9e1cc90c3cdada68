// Its buttons are wired in visit.js, which also knows whether it is shown at all.
