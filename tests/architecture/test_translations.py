"""Every sentence of the pages exists in both languages, and the catalogue holds nothing else."""

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from web_messages import (
    VIETNAMESE,
    modules,
    python_messages,
    template_messages,
    templates,
    untranslated_python,
    untranslated_words,
)


IN_BOTH_LANGUAGES = {"parts/500.html", "parts/design.html"}
NAMES = {"parindex", "CSV", "XLSX", "SHA"}
PROPER = ("Minh Họa",)


@pytest.fixture(scope="module")
def catalog(root):
    """The English catalogues as one: each room of pages has its own, `web/locale` is everybody's."""
    joined = Catalog(locale="en")
    for path in sorted((root / "src/parindex/web").rglob("locale/en/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                kept = joined.get(message.id) if message.id else None
                assert kept is None or kept.string == message.string, f"{path}: {message.id}"
                joined[message.id] = message
    return joined


@pytest.fixture(scope="module")
def asked(root):
    """Message -> where it is asked for."""
    found = {}
    for name, text in templates(root).items():
        if name not in IN_BOTH_LANGUAGES:
            found |= dict.fromkeys(template_messages(text), name)
    for name, source in modules(root).items():
        found |= dict.fromkeys(python_messages(source), name)
    return found


def _in(catalog):
    return {m.id if isinstance(m.id, str) else tuple(m.id): m for m in catalog if m.id}


def test_every_sentence_is_in_the_catalogue(catalog, asked):
    """In its exact words."""
    assert len(asked) > 100
    assert {m: place for m, place in asked.items() if m not in _in(catalog)} == {}


def test_the_catalogue_holds_nothing_that_no_page_says(catalog, asked):
    """Neither as a message nor as an obsolete one."""
    assert set(_in(catalog)) - set(asked) == set()
    assert list(catalog.obsolete) == []


def test_every_sentence_is_translated(catalog):
    """Not empty, not guessed, no Vietnamese left in it."""
    kept = _in(catalog)
    strings = {m: [s.string] if isinstance(s.string, str) else list(s.string) for m, s in kept.items()}
    assert [m for m, texts in strings.items() if not all(texts)] == []
    assert [m for m, message in kept.items() if message.fuzzy] == []
    left = {m: t for m, texts in strings.items() for t in texts if VIETNAMESE.search(_without_names(t))}
    assert left == {}


def test_placeholders_and_percent_signs_agree(catalog):
    """Every %(name)s of the Vietnamese stands in the English, and no % is lost when both are filled in."""
    wrong = []
    for message in _in(catalog).values():
        wrong += [(message.id, str(error)) for error in message.check()]
        texts = (
            [message.id, message.string] if isinstance(message.id, str) else [*message.id, *message.string]
        )
        filled = [text % _Anything() for text in texts]
        if len({f.count("%") for f in filled}) != 1 or len({f.count("\0") for f in filled}) != 1:
            wrong.append((message.id, filled))
    assert wrong == []


def test_the_catalogue_compiles(catalog):
    """To the file that Django reads, with every sentence in it."""
    made = io.BytesIO()
    write_mo(made, catalog)
    made.seek(0)
    assert set(_in(read_mo(made))) == set(_in(catalog))


def test_templates_say_nothing_outside_translations(root):
    """Also what is only heard: titles, labels, alternative texts."""
    said = {
        name: words
        for name, text in templates(root).items()
        if name not in IN_BOTH_LANGUAGES
        and (words := [w for w in untranslated_words(text) if w not in NAMES])
    }
    assert said == {}


def test_the_error_page_speaks_both_languages(root):
    """It is shown when nothing else works, so it cannot ask which language is wanted."""
    page = templates(root)["parts/500.html"]
    assert VIETNAMESE.search(page)
    assert 'lang="en"' in page


def test_python_says_nothing_outside_translations(root):
    """Vietnamese stands in gettext or beside its English."""
    assert {n: found for n, s in modules(root).items() if (found := untranslated_python(s))} == {}


def test_the_scan_finds_what_it_looks_for():
    """Each way of writing a sentence, and each way of forgetting to translate one."""
    text = (
        '{% translate "Một 5%" %}'
        "{% blocktranslate with n=x trimmed %}\n Có {{ n }}\n dòng{% endblocktranslate %}"
        "{% blocktranslate count n=x %}một{% plural %}nhiều{% endblocktranslate %}"
        '<a title="Tên">chữ {{ x }} trần</a><code>không</code>{# ghi chú #}'
    )
    assert template_messages(text) == {"Một 5%%", "Có %(n)s dòng", ("một", "nhiều")}
    assert untranslated_words(text) == ["Tên", "chữ", "trần"]
    source = '"""Mô tả."""\na = "Trần"\nb = gettext("Đã dịch")\nc = pick(f"Hai {a}", "Two")\n'
    assert untranslated_python(source) == ["2: Trần"]
    assert python_messages(source) == {"Đã dịch"}
    with pytest.raises(ValueError, match="line 1"):
        python_messages("gettext(a)")


def _without_names(text: str) -> str:
    for name in PROPER:
        text = text.replace(name, "")
    return text


class _Anything(dict):
    """Fills every placeholder."""

    def __missing__(self, key: str) -> str:
        return "\0"
