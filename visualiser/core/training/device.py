"""Where to compute, and what to do when that is not to be had."""

import os
from dataclasses import dataclass

import torch

from visualiser.core.experiment import DeviceName

# Above this many operations a step, a second thread gains more than it costs. Measured: small
# models run twice as fast on one thread (docs/architecture.md, “Threads of torch”).
_ONE_THREAD_FLOPS = 1_500_000_000


@dataclass(frozen=True)
class DeviceChoice:
    """The device taken, and a sentence where it is not the one asked for."""

    device: torch.device
    advice: str = ""


def choose_device(name: DeviceName) -> DeviceChoice:
    """The device called `name`, or the CPU with a sentence that says why.

    “auto” takes CUDA, then MPS, then the CPU.
    """
    present = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if name == "auto":
        return DeviceChoice(torch.device(next(kind for kind, there in present.items() if there)))
    if present[name]:
        return DeviceChoice(torch.device(name))
    return DeviceChoice(
        torch.device("cpu"), f"This computer offers no {name.upper()} device: training on the CPU."
    )


def out_of_memory(error: BaseException) -> bool:
    """Whether an accelerator ran out of memory. MPS says so in words only."""
    return isinstance(error, torch.OutOfMemoryError) or (
        isinstance(error, RuntimeError) and "out of memory" in str(error)
    )


def set_threads(flops_per_step: int) -> int:
    """Choose torch's threads for the calling thread by the size of a step, and return them."""
    threads = 1 if flops_per_step < _ONE_THREAD_FLOPS else max(1, os.cpu_count() or 1)
    torch.set_num_threads(threads)
    return threads


def device_text(device: torch.device, threads: int) -> str:
    """“CPU, 1 thread”, or the accelerator's name."""
    if device.type == "cuda":
        return f"CUDA, {torch.cuda.get_device_name(device)}"
    if device.type == "mps":
        return "MPS"
    return f"CPU, {threads} thread{'s' if threads > 1 else ''}"
