"""A small territory with indicators, and systems that hold tokens for parts of it."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from small_round import Small, open_small

from parindex.apps.indicators.actions import NewIndicator, define_indicator
from parindex.apps.indicators.models import Indicator, Token, Value
from parindex.apps.indicators.tokens import NewToken, create_token
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.time import legal_date


VALUES = "/api/v1/values"
ROW = {
    "indicator": "dung-han",
    "unit": "so-mot",
    "period": "2025",
    "numerator": 49533,
    "denominator": 62027,
    "as_of": "2025-12-31",
}


@dataclass
class Api:
    """The territory, and one system that may send two indicators of Sở Một alone."""

    small: Small
    token: Token
    secret: str
    client: Client = field(default_factory=Client)

    def send(self, *rows: object, secret: str | None = None, query: str = "", **headers: str):
        """A delivery of rows, each as its differences from `ROW`, and its answer."""
        sent = [{**ROW, **row} if isinstance(row, dict) else row for row in rows or [{}]]
        return self.post({"rows": sent}, secret=secret, query=query, **headers)

    def post(self, content: object, *, secret: str | None = None, query: str = "", **headers: str):
        """Whatever, as a delivery."""
        return self.client.post(
            VALUES + query,
            content,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret or self.secret}", **headers},
        )

    def get(self, path: str = VALUES, *, secret: str | None = None, **headers: str):
        """What is read."""
        return self.client.get(path, headers={"Authorization": f"Bearer {secret or self.secret}", **headers})

    def kept(self) -> list[Value]:
        """Every value of the territory."""
        return list(Value.objects.filter(unit__parent=self.small.territory).order_by("id"))

    def another(self, *units: Unit, indicators: object = None, days: int = 30) -> tuple[Token, str]:
        """Another system's token."""
        return token_for(self.small, units, indicators=indicators, days=days)


def token_for(small: Small, units, *, indicators=None, days=30, dossiers=False):
    """A token and what it is kept as; of every indicator unless some are named."""
    now = timezone.now()
    last = legal_date(now) + timedelta(days=days)
    new = NewToken("Một cửa", list(units), indicators, last, dossiers=dossiers)
    return create_token(territory=small.territory, new=new, by="person:1", at=now)


def open_api() -> Api:
    """See `Api`."""
    small, now = open_small(), timezone.now()
    for code, kind in (("dung-han", "share"), ("tin-bai", "count"), ("ngay-xu-ly", "number")):
        new = NewIndicator(code, f"Chỉ tiêu {code}", code, kind, "%", "Hệ thống")
        define_indicator(new=new, by="person:1", at=now)
    allowed = list(Indicator.objects.filter(code__in=["dung-han", "ngay-xu-ly"]))
    token, secret = token_for(small, [small.units["so-mot"]], indicators=allowed)
    return Api(small, token, secret)
