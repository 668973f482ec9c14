"""The table and the picture that the documentation shows, made from the results of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

BEGIN, END = "<!-- benchmark: begin -->", "<!-- benchmark: end -->"
_INTRODUCTION = f"""# Speed and memory

What `make bench` measured last. Numbers are medians of rounds in which everything is measured once, one
after the other, because machines do other things too; ratios within a run mean more than milliseconds.
The part between the two marks is written by the benchmark.

- **Whole model**: 6 x 1,000 citizens with 16 attitudes each, all governments, mechanisms and outcomes,
  from January 2021 to the horizon, under the status quo. A block of worlds is simulated as one array.
- **Kernel**: the compiled loop over citizens alone, read-outs included, with the very inputs of a month
  of the model.
- **Bound**: three loops measured alone and added: the kernel's attitudes through memory once, its random
  numbers, and as many of the model's own sigmoids as its read-outs need.
- **Objects**: the same rules of citizens (C1, C2, without the read-outs) as a Mesa model with one object
  for each citizen. Both are run from the same citizens under the same forcings, and their mean attitudes
  must agree within chance.
- **NumPy**: the same rules again, vectorised over the citizens of one world at a time.
- **Waiting**: two policies, ten projected years, one process for each policy; 2021 and 2022 are kept from a
  first call where processes are warm.
- **Experiments**: a trivial model of 12 months and 10 outcomes, one process. wbsim: `wbsim sweep` as a user starts it,
  every world with its months on disk, synced and hashed, results assembled; without the start of the process and the
  model itself. The others: their own loop over as many runs in memory, without the model itself.
- **Memory**: the largest sum over all processes of `wbsim compare` of the four main scenarios with two
  workers.

{BEGIN}
{END}
"""
#: Load average of the minute before from which the machine counts as busy: assumed, half a core.
QUIET = 0.5
_LOOPS = {"memory": "#bbbbbb", "random numbers": "#777777", "sigmoids": "#444444"}


def table(results: dict[str, Any]) -> str:
    """The results as Markdown."""
    whole, alone = results["whole"], results["citizens"]
    lines = [
        f"Measured on {results.get('taken', 'a date that was not kept')}: {results['machine']}; "
        + ", ".join(f"{name} {v}" for name, v in results["versions"].items())
        + ".",
        "",
        "| block of worlds | ms a world, one process | of it on the processor | ms a world, two at once | "
        "two against one | by processor time | outside the kernel |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for block, row in whole["blocks"].items():
        mark = "**" if int(block) == whole["best_block"] else ""
        lines.append(
            f"| {mark}{block}{mark} | {row['one']:.1f} | {row['processor']:.1f} | {row['two']:.1f} | "
            f"{row['speedup']:.2f} x | {row['undisturbed']:.2f} x | {row['outside']:.0%} |"
        )
    lines += ["", f"A world is {whole['months']} months.", *_busy(results["load_before"]), ""]
    lines += [
        "| a month of the citizens | ns an attitude update | lowest to highest |",
        "| --- | ---: | ---: |",
    ]
    labels = {
        "kernel": "kernel",
        "memory": "bound: attitudes through memory",
        "random numbers": "bound: random numbers",
        "sigmoids": f"bound: {alone['sigmoids_per_citizen_month']} sigmoids a citizen",
        "numpy": "NumPy over the citizens of one world",
        "objects": "one Mesa object a citizen",
    }
    for name, label in labels.items():
        each = alone["nanoseconds"][name]
        lines.append(f"| {label} | {each['median']:.2f} | {each['lowest']:.2f} to {each['highest']:.2f} |")
    same = alone["same_means"]
    verdict = "agree" if same["holds"] else "do NOT agree"
    lines += [
        "",
        f"The kernel takes {results['kernel_over_bound']:.2f} times the bound; objects take "
        f"{results['ratio_object_mesa']:.0f} times the kernel, NumPy {results['ratio_numpy_loop']:.1f} times. "
        f"Mean attitudes of objects and kernel {verdict} within chance: "
        f"{same['count']} means after {same['months']} months, mean squared difference {same['mean_square']:.2f} "
        f"standard errors (1 by chance), largest {same['largest']:.1f}.",
        "",
    ]
    other = alone["same_means_numpy"]
    lines[-2] += (
        f" NumPy: {'agree' if other['holds'] else 'do NOT agree'}, {other['mean_square']:.2f} "
        f"and {other['largest']:.1f}."
    )
    parts = (_target_lines, _memory_lines, _waiting_lines, _experiment_lines)
    return "\n".join(lines + [line for part in parts for line in part(results)])


#: What was aimed at: name, where it stands in the results, which way, the aim, and how it is shown.
TARGETS = (
    ("kernel against the bound", ("kernel_over_bound",), "at most", 1.5, "{:.2f} x"),
    ("ms a world, two cores, best block", ("ms_per_world",), "at most", 15.0, "{:.1f}"),
    ("objects against the kernel", ("ratio_object_mesa",), "at least", 400.0, "{:.0f} x"),
    ("NumPy against the kernel", ("ratio_numpy_loop",), "at least", 5.0, "{:.1f} x"),
    ("outside the kernel, best block", ("outside_kernel_share",), "at most", 0.25, "{:.0%}"),
    ("two processes against one", ("two_core_speedup",), "at least", 1.9, "{:.2f} x"),
    ("64 worlds, two policies, s", ("interactive", "64"), "at most", 1.5, "{:.2f}"),
    ("16 worlds, two policies, s", ("interactive", "16"), "at most", 0.5, "{:.2f}"),
    ("start to first result, s", ("interactive", "start"), "at most", 3.0, "{:.2f}"),
    ("first compilation, s", ("interactive", "compile"), "at most", 20.0, "{:.1f}"),
    (
        "µs a world of a sweep beyond the model",
        ("sweeps", "microseconds_beyond_the_model", "100 points x 1,000 worlds", "median"),
        "at most",
        5.0,
        "{:.1f}",
    ),
    ("two workers of a sweep against one", ("sweeps", "two_workers", "median"), "at least", 1.9, "{:.2f} x"),
)


def _target_lines(results: dict[str, Any]) -> list[str]:
    lines = ["| what was aimed at | aim | measured | reached |", "| --- | ---: | ---: | --- |"]
    for name, place, way, aim, shape in TARGETS:
        value: Any = results
        for step in place:
            value = value[step]
        reached = value <= aim if way == "at most" else value >= aim
        lines.append(
            f"| {name} | {way} {shape.format(aim)} | {shape.format(value)} | {'yes' if reached else '**no**'} |"
        )
    return [
        *lines,
        "",
        "Why what is not reached is not, and what was tried: [NOTES.md](../benchmarks/NOTES.md).",
        "",
    ]


def _busy(load: float | None) -> list[str]:
    """A warning where other programs kept the machine busy before the benchmark began."""
    if load is None or load < QUIET:
        return []
    return [
        "",
        f"**The machine was busy: {load:.1f} programs ran on average in the minute before.** Wall times, and two "
        "against one, are worse than those of a quiet machine; processor times and ratios within a round less so.",
    ]


def _waiting_lines(results: dict[str, Any]) -> list[str]:
    waits, growth = results["interactive"], results["scaling"]
    return [
        "",
        "| waiting for two policies | seconds | wanted |",
        "| --- | ---: | ---: |",
        f"| 64 worlds, warm processes | {waits['64']:.2f} | 1.5 |",
        f"| 16 worlds, warm processes | {waits['16']:.2f} | 0.5 |",
        f"| 16 worlds, processes started for it | {waits['start']:.2f} | 3 |",
        f"| 2 worlds of one policy, nothing compiled yet | {waits['compile']:.1f} | 20 |",
        "",
        f"Four times the work, blocks of 16: worlds take {growth['worlds']:.2f} times as long (in blocks of the same "
        f"size), citizens {growth['citizens']:.2f} times (1,000 to 4,000 a state), months {growth['months']:.2f} times "
        "(36 to 144).",
    ]


def _experiment_lines(results: dict[str, Any]) -> list[str]:
    found = results["sweeps"]
    lines = ["", "| experiments with a trivial model | µs a world beyond the model |", "| --- | ---: |"]
    for name, value in found["microseconds_beyond_the_model"].items():
        lines.append(f"| `wbsim sweep`, {name} | {value['median']:.1f} |")
    for name, value in found["other_tools"].items():
        lines.append(f"| {name} | {'not installed' if value is None else f'{value:.0f}'} |")
    peaks = "; ".join(
        f"{int(worlds):,} worlds {used:.0f} MB" for worlds, used in found["peak_megabytes_by_worlds"].items()
    )
    speedup = found["two_workers"]
    return [
        *lines,
        "",
        f"Two workers are {speedup['median']:.2f} times one on a sweep of the whole model (8 points x 256 worlds, "
        f"{speedup['lowest']:.2f} to {speedup['highest']:.2f} in rounds). Peak of the largest process of a sweep of "
        f"the trivial model: {peaks}.",
    ]


def _memory_lines(results: dict[str, Any]) -> list[str]:
    measured = {worlds: used for worlds, used in results["memory_megabytes"].items() if used}
    if not measured:
        return ["Memory was not measured: this system does not tell the memory of other processes."]
    years = results["effort"]["memory_years"]
    lines = [
        f"| `wbsim compare`, {years} projected years | peak MB, all processes | shared pages counted once | seconds |",
        "| --- | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {worlds} worlds | {used['resident']:.0f} | {used['proportional']:.0f} | {used['seconds']:.0f} |"
        for worlds, used in measured.items()
    ]
    if len(measured) > 1:
        (few, least), *_, (many, most) = measured.items()
        slope = (most["proportional"] - least["proportional"]) / (int(many) - int(few))
        lines += ["", f"Each further world takes {1e3 * slope:.0f} kB."]
    return lines


def write(results: dict[str, Any], path: Path) -> None:
    """Put the table between the marks of the page at `path`, which is made where there is none."""
    text = path.read_text(encoding="utf-8") if path.exists() else _INTRODUCTION
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise SystemExit(f"{path}: needs the lines {BEGIN} and {END} once each, in this order")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    picture = "![Milliseconds a world by block size, and the kernel beside its bound](speed.png)"
    path.write_text(f"{before}{BEGIN}\n\n{table(results)}\n\n{picture}\n\n{END}{after}", encoding="utf-8")


def draw(results: dict[str, Any], path: Path) -> None:
    """Two panels: the whole model by block size, and the kernel beside its bound."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), width_ratios=(3, 2))
    blocks = results["whole"]["blocks"]
    sizes = list(map(int, blocks))
    for key, label, colour in (("one", "one process", "#777777"), ("two", "two at once", "#0072b2")):
        left.plot(sizes, [row[key] for row in blocks.values()], marker="o", color=colour, label=label)
    left.legend(frameon=False, loc="lower left")
    left.set(xscale="log", xticks=sizes, xticklabels=sizes, xlabel="worlds in a block")
    left.set(ylabel="ms wall a world", ylim=(0, None), title="Whole model")
    left.minorticks_off()
    each = results["citizens"]["nanoseconds"]
    base = 0.0
    for name, colour in _LOOPS.items():
        right.barh(0, each[name]["median"], left=base, color=colour, label=name)
        base += each[name]["median"]
    right.legend(frameon=False, fontsize=8, loc="lower right")
    right.barh(1, each["kernel"]["median"], color="#0072b2")
    right.set(
        yticks=(0, 1), yticklabels=("bound", "kernel"), ylim=(-0.6, 1.6), xlabel="ns an attitude update"
    )
    right.set_title(f"Citizens ({results['ratio_object_mesa']:.0f} times faster than objects)")
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    plt.close(figure)
