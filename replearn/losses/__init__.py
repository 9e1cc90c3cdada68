"""Losses that pull what belongs together and push the rest apart."""

LOSSES = {
    "nt-xent": "replearn.losses.nt_xent:nt_xent",
    "sup-con": "replearn.losses.sup_con:sup_con",
    "clip": "replearn.losses.clip:clip_loss",
    "siglip": "replearn.losses.siglip:siglip_loss",
    "moco": "replearn.losses.moco:moco_loss",
    "simsiam": "replearn.losses.simsiam:simsiam_loss",
}
