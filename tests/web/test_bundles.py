"""The published bundle on the page of open data: found, fetched, verified."""

import pytest
from site_world import AT

from parindex.apps.assessments.models import Round
from parindex.apps.audit.signing import published_keys
from parindex.apps.publications.actions import publish
from parindex.core.formats.bundle_check import check_bundle


@pytest.fixture
def published(world, settings, tmp_path):
    """The year in which the department of culture is sixth, in a home of its own."""
    settings.PARINDEX_HOME = tmp_path
    return publish(round_=Round.objects.get(territory__code="minh-hoa", code="2024"), by="test", at=AT)


def test_a_visitor_finds_fetches_and_verifies_it(published, client, read):
    """By the page's own link and the page's own key."""
    page = read("/du-lieu-mo/")
    assert "parindex verify minh-hoa-2024-1.parindex.zip" in page.root.text
    assert published.sha256 in page.root.text
    answer = client.get(f"/du-lieu-mo/goi-ket-qua/{published.sha256}.zip")
    content = b"".join(answer.streaming_content)
    assert "attachment" in answer.headers["Content-Disposition"]
    keys = client.get("/du-lieu-mo/khoa-cong-khai.pem").content
    assert keys.decode() == published_keys()
    checked = check_bundle(content, "b", keys)
    assert (checked.differences, checked.signer) == ([], True)


def test_what_was_published_inside_stays_inside(published, client, read):
    """Neither listed nor fetched; nor is what is not there."""
    Round.objects.filter(pk=published.round_id).update(audience=Round.Audience.INSIDE)
    assert published.sha256 not in read("/du-lieu-mo/").root.text
    assert client.get(f"/du-lieu-mo/goi-ket-qua/{published.sha256}.zip").status_code == 404
    assert client.get(f"/du-lieu-mo/goi-ket-qua/{'0' * 64}.zip").status_code == 404
