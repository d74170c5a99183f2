"""Works every published score out again, from the published files alone: python recompute_scores.py path/to/data/v1

Knows the method (its sections 1 to 5) and nothing of the program that made the files; needs Python 3.11 and no more.
Reads frameworks.json and answers.csv, compares with scorecards.csv, prints every difference, and ends with 1 if there
is one. Fractions are compared exactly, roots and logarithms to fifteen decimals.
"""

import csv
import json
import re
import sys
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

READING = ("place", "framework", "version", "assessment", "as_of")
NUMBER = r"(-?[0-9]+(?:\.[0-9]+)?)"
GUARDED = re.compile(r"'[=+\-@\t\r\n＝＋－＠]")
FIGURES = (
    "known", "low", "high", "coverage", "evidence_share", "estimate", "shown", "shown_point", "shown_low", "shown_high",
    "why_no_reading", "answered", "unknown", "not_applicable", "unscored",
)
ZERO, ONE = Fraction(0), Fraction(1)


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return [{k: v[1:] if GUARDED.match(v) else v for k, v in row.items()} for row in csv.DictReader(lines)]


# Section 1: what an answer is worth, as (u, low, high)

def of_steps(scale, text):
    steps = [step for step in scale["steps"] if step.get("role") != "unknown"]
    if "worth" not in steps[0]:  # the position counts, from the end that is not the best
        steps = steps[::-1] if scale["best"] == steps[0]["value"] else steps
        steps = [{**step, "worth": Fraction(nth, len(steps) - 1)} for nth, step in enumerate(steps)]
    worth = {step["value"].casefold(): Fraction(step["worth"]) for step in steps}
    if text in worth:
        ends = [worth[text]]
    elif text.startswith("at least "):
        ends = [worth[text[9:]], worth[scale["best"].casefold()]]
    else:
        ends = [worth[end.strip()] for end in text.split(" to ")]
    return min(ends), min(ends), max(ends)


def ends_of(text):
    """The two ends of a figure, None where open."""
    if found := re.fullmatch(f"{NUMBER} to {NUMBER}", text):
        return Fraction(found[1]), Fraction(found[2])
    if found := re.fullmatch(f"(?:over|above|more than|at least) {NUMBER}", text):
        return Fraction(found[1]), None
    if found := re.fullmatch(f"(?:under|below|less than|at most|up to) {NUMBER}", text):
        return None, Fraction(found[1])
    return Fraction(text), Fraction(text)


def position(x, posts, direction):
    low, high = Fraction(posts["low"]), Fraction(posts["high"])
    x = min(max(x, low), high)
    if direction == "target":
        aim = Fraction(posts["aim"])
        return (x - low) / (aim - low) if x <= aim else (high - x) / (high - aim)
    way = (x - low) / (high - low)
    if posts["curve"] == "logarithm":
        here, bottom, top = ((Decimal(n.numerator) / Decimal(n.denominator)).ln() for n in (x, low, high))
        way = Fraction((here - bottom) / (top - bottom))
    return 1 - way if direction == "lower-is-better" else way


def of_number(node, text):
    posts, direction, (low, high) = node["goalposts"], node["measure"]["direction"], ends_of(text)
    first = min(Fraction(posts["low"]), high) if low is None else low
    last = max(Fraction(posts["high"]), low) if high is None else high
    images = sorted(position(end, posts, direction) for end in (first, last))
    if direction == "target" and first < Fraction(posts["aim"]) < last:
        images[1] = ONE
    return sum(images) / 2, *images


def wilson(p, n, sign):
    z, exact = Fraction("1.959964"), ONE if sign > 0 else ZERO
    under = p * (1 - p) / n + z * z / (4 * n * n)
    root = Fraction((Decimal(under.numerator) / Decimal(under.denominator)).sqrt())
    return exact if p == exact else (p + z * z / (2 * n) + sign * z * root) / (1 + z * z / n)


def of_share(node, text, n):
    if count := re.fullmatch("([0-9]+) ?(?:of|/) ?([0-9]+)", text):
        low, high, n = Fraction(int(count[1]), int(count[2])), Fraction(int(count[1]), int(count[2])), count[2]
    else:
        low, high = ends_of(re.sub(" ?(%|percent|per cent)", "", text))
        low, high = ZERO if low is None else low / 100, ONE if high is None else high / 100
    u = (low + high) / 2
    if n:
        low, high = wilson(low, int(n), -1), wilson(high, int(n), 1)
    return (1 - u, 1 - high, 1 - low) if node["measure"]["direction"] == "lower-is-better" else (u, low, high)


def text_of(row):
    """The answer as written; a published figure is put into the same words."""
    if row["origin"] == "assessment":
        return " ".join(row["written"].split()).casefold()
    if row["figure_k"]:
        return f"{row['figure_k']} of {row['figure_n']}"
    low, high = row["figure_low"], row["figure_high"]
    return row["figure"] or (f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}")


def worth(scale, node, row):
    text = text_of(row)
    if scale["kind"] in ("ordinal", "answers"):
        return of_steps(scale, text)
    if scale["kind"] == "bands":
        band, count = int(text), scale["count"]
        return Fraction(2 * band - 1, 2 * count), Fraction(band - 1, count), Fraction(band, count)
    return of_number(node, text) if scale["kind"] == "number" else of_share(node, text, row["figure_n"])


def never_scored(scale, node):
    kind, direction = scale and scale["kind"], node.get("measure", {}).get("direction")
    if kind in (None, "text") or direction == "none" or (kind in ("number", "share") and direction is None):
        return True
    if kind == "number":
        return "goalposts" not in node or (direction == "target" and "aim" not in node["goalposts"])
    return kind == "share" and direction == "target"


def faults_of(scale, node, row):
    """What is wrong with an answer: its worth, or (section 5) that it counts or does not."""
    year, reason = row["year"], row["reason"]
    fresh = bool(year) and 0 <= int(row["as_of"][:4]) - int(year) <= node["tolerance"] and not row["scope"]
    if row["state"] != "not-applicable" and (row["state"] == "unscored") != never_scored(scale, node):
        yield "its state is not what the framework says"
    elif row["state"] == "answered" and not fresh:
        yield "it counts, and no figure of its place and of a usable year is there"
    elif row["state"] == "unknown" and fresh and reason not in ("too-few-respondents", "deciding-answer-unknown"):
        yield "it does not count, and a figure of a usable year is there"
    elif row["state"] == "answered":
        told, mine = [Fraction(row[name]) for name in ("worth", "worth_low", "worth_high")], worth(scale, node, row)
        rooted = scale["kind"] == "share" or node.get("goalposts", {}).get("curve") == "logarithm"
        if any(abs(a - b) > (Fraction(1, 10**15) if rooted else 0) for a, b in zip(told, mine, strict=True)):
            yield f"it is worth {' '.join(map(str, told))}, recomputed {' '.join(map(str, mine))}"


# Section 2: the tree. Numbers are (S, L, U, c, evidence), None where nothing remains; counts are by state.

STATES = ("answered", "unknown", "not-applicable", "unscored")


def read_tree(nodes, construct, answers, found):
    parts = []
    for node in nodes:
        row = answers.get(node["id"])
        if node["level"] != "indicator":
            numbers, counts = read_tree(node.get("children", ()), construct, answers, found)
            if counts:
                found[node["id"]] = numbers, counts
                parts.append((Fraction(node["weight"]), numbers, counts))
        elif row and row["construct"] == construct:
            numbers = (ZERO, ZERO, ONE, ZERO, ZERO) if row["state"] == "unknown" else None
            if row["state"] == "answered":
                told = (Fraction(row[name]) for name in ("worth", "worth_low", "worth_high"))
                numbers = (*told, ONE, Fraction(int(row["grade_number"]) >= 2))
            parts.append((Fraction(node["weight"]), numbers, [row["state"] == state for state in STATES]))
    counts = [sum(column) for column in zip(*(part[2] for part in parts), strict=True)]
    remaining = [part for part in parts if part[1]]
    total = sum(weight for weight, _, _ in remaining)
    return [sum(w * n[k] for w, n, _ in remaining) / total for k in range(5)] if remaining else None, counts


# Section 3: what is shown

def published(numbers, counts):
    row = dict(zip(("answered", "unknown", "not_applicable", "unscored"), map(str, counts), strict=True))
    if numbers is None:
        parted = counts[2] and counts[3]
        why = "not-applicable-or-unscored" if parted else "unscored" if counts[3] else "not-applicable"
        return row | {"shown": "no-reading", "why_no_reading": why}
    known, low, high, coverage, _ = numbers
    row |= zip(("known", "low", "high", "coverage", "evidence_share"), map(str, numbers), strict=True)
    row["estimate"] = str(known / coverage) if coverage else ""
    if coverage < Fraction(1, 3):
        return row | {"shown": "not-enough-known"}
    row |= {"shown": "range", "shown_low": str(floor(low * 100)), "shown_high": str(ceil(high * 100))}
    if coverage >= Fraction(2, 3):
        row |= {"shown": "point", "shown_point": str(floor(known / coverage * 100 + Fraction(1, 2)))}
    return row


def main(folder):
    with localcontext() as context:
        context.prec = 50
        compared, differences = compare(folder)
    print(*differences, sep="\n", end="\n" if differences else "")
    print(f"{compared} scores compared, {len(differences)} differences")
    return 1 if differences else 0


def compare(folder):
    text = (folder / "frameworks.json").read_text("utf-8")
    frameworks = {(row["id"], row["version"]): row for row in json.loads(text, parse_float=Fraction)["rows"]}
    differences, readings, nodes, mine, compared = [], {}, {}, {}, 0
    for name, framework in frameworks.items():
        todo = [*framework["tree"]]
        for node in todo:
            nodes[*name, node["id"]] = node
            todo += node.get("children", ())
    scales = {(f["id"], f["version"], scale["id"]): scale for f in frameworks.values() for scale in f.get("scales", ())}
    for row in rows_of(folder / "answers.csv"):
        readings.setdefault(tuple(row[k] for k in READING), {})[row["indicator"]] = row
        framework = row["framework"], row["version"]
        node = nodes[*framework, row["indicator"]]
        for fault in faults_of(scales.get((*framework, node.get("scale"))), node, row):
            differences.append(f"{row['place']} {row['framework']} {row['as_of']} {row['indicator']}: {fault}")
    for key, answers in readings.items():
        for construct in ("practice", "outcome", "plan"):
            found = {}
            numbers, counts = read_tree(frameworks[key[1:3]]["tree"], construct, answers, found)
            if "total_because" in frameworks[key[1:3]] and counts:
                found["total"] = numbers, counts
            mine |= {(*key, construct, node): published(*reading) for node, reading in found.items()}
    for row in rows_of(folder / "scorecards.csv"):
        key = (*(row[k] for k in READING), row["construct"], "total" if row["level"] == "total" else row["node"])
        score = mine.pop(key, None)
        compared += 1
        words = " ".join(filter(None, key))
        if score is None:
            differences.append(f"{words}: a score is published, and none can be recomputed")
            continue
        for name in FIGURES:
            if row[name] != (told := score.get(name, "")):
                differences.append(f"{words}: {name} is {row[name] or 'empty'}, recomputed {told or 'empty'}")
    differences += [f"{' '.join(filter(None, key))}: the score is missing" for key in mine]
    return compared, differences


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
