"""How long commands take to start, beside Python itself: ``make bench`` prints it."""

import resource
import subprocess
import sys

from support.districts import ROOT

WAYS = {
    "python -c pass": ("-c", "pass"),
    "gen --help": ("-m", "generator", "--help"),
    "gen check กอส.yaml": ("-m", "generator", "check", "กอส.yaml"),
}


def start_up(turns: int = 9) -> None:
    """Seconds of computing, the least of some turns that the ways take one after the other."""
    least = dict.fromkeys(WAYS, 1e9)
    for _ in range(turns):
        for way, words in WAYS.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, *words],
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            least[way] = min(least[way], used)
    bare = least["python -c pass"]
    print("\n| command | s of computing | beside Python alone |\n|---|---|---|")
    for way, used in least.items():
        print(f"| {way} | {used:.3f} | +{used - bare:.3f} |", flush=True)


if __name__ == "__main__":
    start_up()
