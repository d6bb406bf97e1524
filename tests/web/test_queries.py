"""What a page costs the database: a small number of queries, whatever the number of units and of rounds."""

import pytest
from addresses import address, found
from django.db import connection
from django.test.utils import CaptureQueriesContext
from small_round import ACT, open_small

from parindex.apps.organisations.actions import NewUnit
from parindex.apps.results.actions import compute_result
from parindex.core.kernel.text import Text


MOST = 10
FOUR = "/so-sanh/?group=minh-hoa/2024/co-quan" + "".join(
    f"&unit={u}" for u in ("so-tu-phap", "so-noi-vu", "so-y-te", "so-xay-dung")
)
PAGES = [address(name, arguments) for name, arguments in found()]


@pytest.fixture
def cost(client):
    """How many queries a page takes once what never changes is known to the process."""

    def count(path: str) -> int:
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    return count


@pytest.mark.parametrize(("path", "most"), [*((p, MOST) for p in PAGES), (FOUR, MOST + 2)])
def test_no_page_costs_many_queries(cost, path, most):
    """The ranking of 124 communes no more than that of ten districts."""
    assert cost(path) <= most


OF_SMALL = [
    "/tinh-thu/2024/",
    "/tinh-thu/2024/khoi/",
    "/tinh-thu/2024/khoi/tra-loi.csv",
    "/tinh-thu/2024/khoi/tai-ve.json",
    "/tinh-thu/2024/khoi/don-vi-1/",
    "/tinh-thu/2024/khoi/don-vi-1/tai-ve.csv",
    "/tinh-thu/2024/khoi/don-vi-1/A1/",
    "/tinh-thu/2024/khoi/don-vi-1/A1/tai-ve.csv",
    "/so-sanh/?group=tinh-thu/2024/khoi",
    "/",
    "/cach-tinh/",
    "/du-lieu-mo/",
    "/bo-tieu-chi/",
    "/bo-tieu-chi/small/1/",
]


def _units(count):
    return [NewUnit(f"don-vi-{k}", Text(f"Đơn vị {k}", f"Unit {k}"), "so") for k in range(1, count + 1)]


def _answered(count, **round_):
    small = open_small(_units(count), **round_)
    small.answer(*((u, "A1", f"{k}/{k + 3}") for k, u in enumerate(small.units, start=1)))
    compute_result(round_=small.round, **ACT)
    return small


def _another_year(small, year):
    opened = small.open(str(year), year)
    compute_result(round_=opened, **ACT)


@pytest.fixture
def costs(cost):
    """Of every page of the small territory in a year."""
    return lambda year=2024: {path: cost(path.replace("2024", str(year))) for path in OF_SMALL}


def test_more_units_cost_no_more_queries(costs):
    """Two units in one year, thirty in another."""
    _answered(2)
    two = costs()
    _answered(30, code="khac", year=2031)
    assert costs(2031) == two


def test_more_years_cost_no_more_queries(costs):
    """Lists of rankings, the years of a unit, the choices of a comparison."""
    small = _answered(3)
    _another_year(small, 2025)
    few = costs()
    for year in range(2026, 2032):
        _another_year(small, year)
    assert costs() == few
