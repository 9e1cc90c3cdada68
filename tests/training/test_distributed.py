"""Two ranks of batch b give the gradients of one of batch 2b."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
import torch
from torch.nn import functional as F
from replearn.losses.clip import clip_loss
from replearn.losses.nt_xent import nt_xent
from replearn.losses.sup_con import sup_con
from replearn.training import distributed

distributed.start()
kind, out = sys.argv[1:]
torch.manual_seed(0)
layer = torch.nn.Linear(6, 4)
random = torch.Generator().manual_seed(1)
pictures = torch.randn(2, 8, 6, generator=random)
labels = torch.tensor([0, 1, 2, 0, 1, 2, 3, 3])
share = 8 // distributed.world_size()
mine = slice(distributed.rank() * share, (distributed.rank() + 1) * share)
first, second = (F.normalize(layer(view[mine]), dim=1) for view in pictures)
a, b = distributed.gathered(first), distributed.gathered(second)
all_labels = distributed.gathered(labels[mine])
loss = {
    "nt-xent": lambda: nt_xent(a, b, 0.3),
    "sup-con": lambda: sup_con(torch.cat([a, b]), all_labels.repeat(2), 0.3),
    "clip": lambda: clip_loss(a, b, torch.tensor(2.0)),
}[kind]()
loss.backward()
distributed.average_gradients(layer)
if distributed.rank() == 0:
    torch.save([loss.detach(), layer.weight.grad, layer.bias.grad], out)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("kind", ["nt-xent", "sup-con", "clip"])
def test_two_ranks_give_the_gradients_of_one(kind, tmp_path):
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    environment = {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}
    alone, together = tmp_path / "alone.pt", tmp_path / "together.pt"
    subprocess.run(
        [sys.executable, str(script), kind, str(alone)], check=True, env=environment, timeout=120
    )
    launch = [sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", "2"]
    launch += ["--master_port", str(free_port()), str(script), kind, str(together)]
    subprocess.run(launch, check=True, env=environment, timeout=180, capture_output=True)
    for one, two in zip(torch.load(alone), torch.load(together), strict=True):
        torch.testing.assert_close(one, two, atol=1e-5, rtol=0)
