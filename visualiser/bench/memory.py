"""How much memory this process takes."""

import sys
from pathlib import Path


def resident_mb() -> float:
    """Resident memory now, in MB; NaN where the system does not say."""
    if sys.platform == "linux":
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1000
    elif sys.platform == "darwin":
        import resource

        # The largest so far, in bytes: macOS offers nothing smaller without another library.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return float("nan")
