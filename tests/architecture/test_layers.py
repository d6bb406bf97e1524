"""What the import contracts cannot see: foreign keys, and what an import brings with it."""

import ast
import os
import subprocess
import sys

import pytest
from django.apps import apps


ORDER = [
    "audit",
    "schedule",
    "search",
    "notices",
    "organisations",
    "access",
    "frameworks",
    "evidence",
    "indicators",
    "plans",
    "news",
    "inspections",
    "surveys",
    "assessments",
    "results",
    "briefings",
    "publications",
    "improvement",
    "papers",
]


def _level(model):
    """Where a model's application stands; models of Django itself stand below all."""
    return ORDER.index(model._meta.app_label) if model._meta.app_label in ORDER else -1


def _ours():
    return [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("parindex.")]


def test_every_application_has_its_place():
    """A new one must be given a line here and in the import contract."""
    assert {m._meta.app_label for m in _ours()} <= set(ORDER)
    assert len({m._meta.app_label for m in _ours()}) >= len(ORDER) - 1


@pytest.mark.parametrize("model", _ours(), ids=lambda m: m._meta.label)
def test_no_relation_points_upwards(model):
    """A foreign key written as a string is an import as well."""
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if _level(field.related_model) > _level(model)
    ]
    assert upward == []


def test_the_core_keeps_no_clock_and_no_dice(modules, root):
    """Its results come from its arguments: nothing asks for the time, the environment or unseeded chance."""
    asked = {"now", "today", "utcnow", "getenv", "environ", "default_rng", "urandom", "random"}
    kernel = [p for p in modules if str(p.relative_to(root)).startswith("src/parindex/core/kernel")]
    found = [
        f"{path.name}:{node.lineno} {node.attr}"
        for path in kernel
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in asked and not _is_numpy_random(node)
    ]
    assert kernel
    assert found == []


def _is_numpy_random(node):
    """`np.random`, whose generators the robustness analysis seeds."""
    return node.attr == "random" and isinstance(node.value, ast.Name) and node.value.id == "np"


@pytest.mark.slow
def test_the_site_starts_without_the_engines_that_count_dossiers(tmp_path):
    """They take a second to load; only the page that counts waits for them, once."""
    asked = "import django; django.setup(); import parindex.config.urls, sys; print(*sys.modules)"
    own = {"DJANGO_SETTINGS_MODULE": "parindex.config.settings", "PARINDEX_HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, **own}, capture_output=True, text=True, check=True
    )
    assert {"ibis", "duckdb"} & set(run.stdout.split()) == set()
