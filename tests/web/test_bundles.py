"""The published bundle on the page of open data: found, fetched, verified."""

from xml.etree import ElementTree

import pytest

from parindex.apps.assessments.models import Round
from parindex.apps.audit.signing import published_keys
from parindex.apps.publications.models import Publication
from parindex.core.formats.bundle_check import check_bundle


BUNDLE = "/du-lieu-mo/goi-ket-qua/minh-hoa/2024/1.zip"


@pytest.fixture
def published(world):
    """The year in which the department of culture is sixth, as the demonstration publishes it."""
    return Publication.objects.get(round__territory__code="minh-hoa", round__code="2024")


def test_a_visitor_finds_fetches_and_verifies_it(published, client, read):
    """By the page's own link and the page's own key."""
    page = read("/du-lieu-mo/")
    assert BUNDLE in page.links
    assert "dữ liệu minh họa" in page.root.text.partition("Gói kết quả đã công bố")[2]
    assert "parindex verify minh-hoa-2024-1.parindex.zip" in page.root.text
    assert published.sha256 in page.root.text
    answer = client.get(BUNDLE)
    assert "minh-hoa-2024-1.parindex.zip" in answer.headers["Content-Disposition"]
    keys = client.get("/du-lieu-mo/khoa-cong-khai.pem").content
    assert keys.decode() == published_keys()
    checked = check_bundle(answer.content, "b", keys)
    assert (checked.differences, checked.signer) == ([], True)


def test_the_page_of_a_publication_shows_three_lines_that_do(published, client, read):
    """Installed, fetched by the addresses of the line, checked under the name that it is fetched as."""
    for prefix in ("", "/en"):
        page = read(f"{prefix}/du-lieu-mo/cong-bo/minh-hoa/2024/1/")
        shown = page.content.partition("<pre")[2].partition("<code>")[2].partition("</code>")[0]
        install, fetch, verify = shown.splitlines()
        assert install == "pip install parindex"
        curl, _, name, bundle, _, keys = fetch.split()
        assert (curl, verify.split()[2:]) == ("curl", [name, "--key", keys.rpartition("/")[2]])
        fetched = [client.get(url.removeprefix("http://testserver")).content for url in (bundle, keys)]
        assert check_bundle(fetched[0], name, fetched[1]).signer


def test_publications_are_followed_by_a_feed(published, client):
    """Each with its page, also in English."""
    for prefix in ("", "/en"):
        answer = client.get(prefix + "/du-lieu-mo/cong-bo.atom")
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(answer.content)
        links = [e.get("href") for e in feed.iter("{http://www.w3.org/2005/Atom}link")]
        (page,) = [link for link in links if link.endswith("/cong-bo/minh-hoa/2024/1/")]
        assert client.get(page).status_code == 200


def test_what_was_published_inside_stays_inside(published, client, read):
    """Neither listed nor fetched."""
    Round.objects.filter(pk=published.round_id).update(audience=Round.Audience.INSIDE)
    assert published.sha256 not in read("/du-lieu-mo/").root.text
    assert client.get(BUNDLE).status_code == 404
