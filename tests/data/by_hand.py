"""The index computed a second time, from the two files alone and with nothing of parindex.

Plain Python on strings and fractions, as a statistician would write it in an afternoon to check a published
result: it reads the criteria set with a YAML reader, the answers with a CSV reader, and knows only what the
shipped sets use. Slow, and without a word of explanation for anyone.
"""

import ast
import csv
import operator
from datetime import date, timedelta
from fractions import Fraction

import yaml


FACTS = ("unit", "type", "group", "late_days")
OPERATORS = {
    ast.Add: operator.add,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Eq: operator.eq,
}


def number(text: str) -> Fraction:
    return Fraction(text.strip().replace(",", "."))


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Of a number that is not negative."""
    scaled = value * 10**decimals
    return Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**decimals)


def percent(text: str) -> Fraction:
    part, slash, whole = text.rstrip("%").partition("/")
    return number(part) / number(whole) * 100 if slash else number(part)


def award(said: dict | None, maximum: Fraction) -> Fraction:
    if said is None:
        return Fraction(0)
    return number(said["points"]) if "points" in said else number(said["percent"]) * maximum / 100


class Calendar:
    """Working days, one after another."""

    def __init__(self, framework: dict) -> None:
        self.off = {date.fromisoformat(d) for d in framework.get("holidays", [])}
        self.on = {date.fromisoformat(d) for d in framework.get("worked_days", [])}

    def between(self, start: date, end: date, count: str) -> int:
        """Days after `start` up to `end`."""
        days = [start + timedelta(days=k + 1) for k in range((end - start).days)]
        if count == "working":
            days = [d for d in days if d in self.on or (d.weekday() < 5 and d not in self.off)]
        return len(days)


class Rules:
    """One method a kind: (rule, answer, maximum) to points."""

    def __init__(self, framework: dict) -> None:
        self.calendar = Calendar(framework)

    def __call__(self, rule: dict, text: str, maximum: Fraction) -> Fraction:
        points = getattr(self, rule["kind"])(rule, text, maximum)
        return min(half_up(points, int(rule["round"])), maximum) if "round" in rule else points

    def points(self, rule, text, maximum):
        return number(text)

    def choice(self, rule, text, maximum):
        return award(next(o for o in rule["options"] if o["id"] == text), maximum)

    def level_range(self, rule, text, maximum):
        level, _, points = text.partition(":")
        return number(points or next(o["to"] for o in rule["options"] if o["id"] == level))

    def all_or_nothing(self, rule, text, maximum):
        return maximum if len(self._met(rule, text)) == len(rule["conditions"]) else Fraction(0)

    def conditions(self, rule, text, maximum):
        return sum((award(c, maximum) for c in self._met(rule, text)), Fraction(0))

    def _met(self, rule, text):
        given = set(text.split(";"))
        return [c for c in rule["conditions"] if given & {"yes", "all"} or c["id"] in given]

    def steps(self, rule, text, maximum):
        value = number(text) if rule.get("input") == "number" else percent(text)
        tests = {
            "equals": operator.eq,
            "from": operator.ge,
            "above": operator.gt,
            "to": operator.le,
            "below": operator.lt,
        }
        fitting = [
            s for s in rule["steps"] if all(test(value, number(s[k])) for k, test in tests.items() if k in s)
        ]
        return award(fitting[0] if fitting else None, maximum)

    def proportional(self, rule, text, maximum):
        value = number(text) if rule.get("input") == "number" else percent(text)
        if value < number(rule.get("zero_below", "0")):
            return Fraction(0)
        return min(value / number(rule.get("full_at", "100")), 1) * maximum

    def linear(self, rule, text, maximum):
        zero, full = number(rule["zero_at"]), number(rule["full_at"])
        return min(max((percent(text) - zero) / (full - zero), Fraction(0)), 1) * maximum

    def count(self, rule, text, maximum):
        return min(number(text) * award(rule["each"], maximum), number(rule.get("cap", str(maximum))))

    def deduct(self, rule, text, maximum):
        return max(maximum - number(text) * award(rule["each"], maximum), Fraction(0))

    def deadline(self, rule, text, maximum):
        in_time = date.fromisoformat(text) <= date.fromisoformat(rule["due"])
        return award(rule["in_time"] if in_time else rule.get("late"), maximum)

    def days_after(self, rule, text, maximum):
        days = self.calendar.between(
            date.fromisoformat(rule["base"]), date.fromisoformat(text), rule["count"]
        )
        return next((award(s, maximum) for s in rule["steps"] if days <= int(s["within"])), Fraction(0))

    def per_day_late(self, rule, text, maximum):
        due, on = date.fromisoformat(rule["due"]), date.fromisoformat(text)
        charged = max(self.calendar.between(due, on, rule["count"]) - int(rule.get("free_days", "0")), 0)
        return max(maximum - charged * number(rule["each"]), Fraction(0))

    def survey_options(self, rule, text, maximum):
        counts = {name: int(n) for name, _, n in (part.partition("=") for part in text.split(";"))}
        weighted = sum(number(o["weight"]) * counts[o["id"]] for o in rule["options"])
        return weighted / sum(counts.values()) / 100 * maximum

    def satisfaction(self, rule, text, maximum):
        return percent(text) / 100 * maximum

    def branch(self, rule, text, maximum):
        name, _, inner = text.partition(":")
        return self(next(b["rule"] for b in rule["branches"] if b["id"] == name), inner.strip(), maximum)

    def formula(self, rule, text, maximum):
        known = {name: number(n) for name, _, n in (part.partition("=") for part in text.split(";"))}
        plain = rule["expression"].replace("×", "*").replace("÷", "/").replace("if(", "when(")
        return evaluate(ast.parse(plain, mode="eval").body, {**known, "maximum": maximum})


def evaluate(node: ast.expr, known: dict[str, Fraction]) -> Fraction:
    """Only what the shipped formulas use: + * / ==, numbers, names, if(…) and min(…)."""
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value))
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](evaluate(node.left, known), evaluate(node.right, known))
    if isinstance(node, ast.Compare):
        return OPERATORS[type(node.ops[0])](evaluate(node.left, known), evaluate(node.comparators[0], known))
    if node.func.id == "min":
        return min(evaluate(a, known) for a in node.args)
    return evaluate(node.args[1 if evaluate(node.args[0], known) else 2], known)


class Round:
    """A round from its two files: for each unit points, maximum, index, grade, rank, and every node."""

    def __init__(self, framework: str, answers: str) -> None:
        self.framework = yaml.load(framework, yaml.BaseLoader)
        self.rules = Rules(self.framework)
        self.units: dict[str, dict] = {}
        lines = [line for line in answers.splitlines() if not line.startswith("#")]
        for row in csv.DictReader(lines):
            facts = {k: row.get(k) or "" for k in FACTS}
            unit = self.units.setdefault(row["unit"], {**facts, "answers": {}, "nodes": {}, "hole": False})
            given = {row["criterion"]: row["answer"]} if "criterion" in row else row
            unit["answers"] |= {k: v for k, v in given.items() if k not in FACTS}
        for unit in self.units.values():
            self._index(unit)
            self._grade(unit)
        for unit in self.units.values():
            self._rank(unit)

    def _maximum(self, node: dict, unit: dict) -> Fraction:
        said = node["max"]
        return number(said.get(unit["type"], "0") if isinstance(said, dict) else said)

    def _covers(self, said: dict, unit: dict) -> bool:
        return unit["unit"] in said.get("units", []) or unit["type"] in said.get("types", [])

    def _node(self, node: dict, unit: dict, *, exempt: bool = False) -> tuple[Fraction, Fraction]:
        exempt = exempt or any(self._covers(e, unit) for e in node.get("exempt", []))
        if node.get("children"):
            below = [self._node(child, unit, exempt=exempt) for child in node["children"]]
            found = sum(p for p, _ in below), sum(m for _, m in below)
        else:
            found = self._leaf(node, unit, exempt=exempt)
        unit["nodes"][node["code"]] = found
        return found

    def _leaf(self, node: dict, unit: dict, *, exempt: bool) -> tuple[Fraction, Fraction]:
        maximum, text = self._maximum(node, unit), unit["answers"].get(node["code"], "").strip()
        if exempt or not maximum or text == "n/a":
            return Fraction(0), Fraction(0)
        if not text:
            unit["hole"] = True
            return Fraction(0), maximum
        if text == "no-case":
            assert node["no_case"] == "full"
            return maximum, maximum
        return self.rules(node["rule"], text, maximum), maximum

    def _extra(self, key: str, unit: dict) -> Fraction:
        said = self.framework.get(key, {"items": []})
        points = sum((self._node(n, unit)[0] for n in said["items"]), Fraction(0))
        return min(points, number(said["max"])) if "max" in said else points

    def _late(self, unit: dict) -> Fraction:
        days = int(unit["late_days"] or 0)
        steps = self.framework.get("late_submission", {}).get("steps", []) if days else []
        return sum(
            (
                number(s.get("points", "0")) + number(s.get("per_day", "0")) * (days - int(s["from_day"]) + 1)
                for s in steps
                if days >= int(s["from_day"])
            ),
            Fraction(0),
        )

    def _index(self, unit: dict) -> None:
        policy = self.framework["index"]
        below = [self._node(n, unit) for n in self.framework["tree"]]
        hole = unit["hole"] and policy.get("no_answer") == "unranked"
        points, maximum = sum(p for p, _ in below), sum(m for _, m in below)
        points += self._extra("bonus", unit) - self._extra("penalty", unit) - self._late(unit)
        points = max(points, Fraction(0))
        index = points if policy["policy"] == "total" else points / maximum * 100
        if "ceiling" in policy:
            index = min(index, number(policy["ceiling"]))
        unit |= {"points": points, "max": maximum, "index": None if hole else index}

    def _grade(self, unit: dict) -> None:
        said = self.framework.get("grades")
        unit["grade"] = None
        if said is None or unit["index"] is None:
            return
        ids = [b["id"] for b in said["bands"]]
        best = next(k for k, b in enumerate(said["bands"]) if unit["index"] >= number(b["min"]))
        for cap in said.get("caps", []):
            (test,) = cap["when"]
            points, maximum = unit["nodes"][test["node"]]
            if "points_below" in test:
                hit = -points < number(test["points_below"])
            else:
                hit = maximum > 0 and points / maximum * 100 < number(test["index_below"])
            best = max(best, ids.index(cap["at_most"])) if hit else best
        unit["grade"] = ids[best]

    def _ranked(self, unit: dict) -> bool:
        off = self.framework.get("ranking", {}).get("not_ranked", [])
        return unit["index"] is not None and not any(self._covers(o, unit) for o in off)

    def _key(self, unit: dict) -> tuple[Fraction, ...]:
        ranking = self.framework.get("ranking", {})
        index = unit["index"]
        if "precision" in ranking:
            index = half_up(index, int(ranking["precision"]))
        nodes = [unit["nodes"][code] for code in ranking.get("tie_breakers", [])]
        return (index, *(p / m if m else Fraction(-1) for p, m in nodes))

    def _rank(self, unit: dict) -> None:
        unit["rank"] = None
        if self._ranked(unit):
            group = [u for u in self.units.values() if u["group"] == unit["group"] and self._ranked(u)]
            unit["rank"] = 1 + sum(self._key(other) > self._key(unit) for other in group)
