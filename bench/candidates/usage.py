"""Writes CPU time and peak memory of this process at its end, as report-usage.mjs does for Node."""

import atexit
import json
import os
import resource


def _write() -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    with open(os.environ["DRIFTLINE_BENCH_USAGE"], "w") as file:
        json.dump({"cpuS": usage.ru_utime + usage.ru_stime, "peakMb": usage.ru_maxrss / 1024}, file)


if "DRIFTLINE_BENCH_USAGE" in os.environ:
    atexit.register(_write)
