"""Nothing in a page loads from outside, and what would is found."""

from __future__ import annotations

import pytest

from gladi.reports.sealed import outside, sealed

STATISTICS = (
    '<html><head lang="en"><script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>'
    "<script>window.dataLayer=[];function gtag(){dataLayer.push(arguments)}gtag('js', new Date())</script>"
    "<script>const viewer = 1</script></head><body><a href='https://example.com/'>a link waits for a click</a></body></html>"
)


@pytest.mark.parametrize(
    "page",
    [
        "<script src='https://elsewhere/x.js'></script>",
        "<link rel=stylesheet href=//elsewhere/x.css>",
        "<img src='x.png'>",
        "<img srcset='https://elsewhere/x.png 2x'>",
        "<p style='background:url(https://elsewhere/x.png)'>",
        "<style>@import 'https://elsewhere/x.css';</style>",
        '<style>b{background:url("//elsewhere/x.png")}</style>',
        "<form action='https://elsewhere/'></form>",
    ],
)
def test_what_loads_from_outside_is_found(page: str) -> None:
    assert len(outside(page)) == 1


def test_what_lies_inside_or_waits_for_a_click_is_not() -> None:
    page = "<a href='https://elsewhere/'>x</a><a href='#x'>y</a><img src='data:image/png;base64,x'><style>b{c:url(#d)}</style>"

    assert outside(page) == []


def test_a_sealed_page_has_lost_its_statistics_and_kept_the_rest() -> None:
    page = sealed(STATISTICS)

    assert outside(STATISTICS) == ["https://www.googletagmanager.com/gtag/js?id=G-1"]
    assert outside(page) == []
    assert "gtag" not in page
    assert "const viewer = 1" in page
    assert "https://example.com/" in page


def test_the_browser_is_told_to_refuse_what_a_script_would_fetch() -> None:
    page = sealed(STATISTICS)

    assert page.startswith('<html><head lang="en"><meta http-equiv="Content-Security-Policy" content="default-src \'none\';')
    assert "connect-src data: blob:;" in page
