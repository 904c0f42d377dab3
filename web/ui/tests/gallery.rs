//! Rules every component keeps, checked on the gallery, where each stands in all its states.

use std::collections::BTreeSet;

use mc_base::text::fold;
use mc_ui::gallery::{gallery, gallery_page, sample_layout};
use mc_ui::{Assets, CONTENT_SECURITY_POLICY, Html};
use scraper::{ElementRef, Html as Document, Selector};

fn select<'a>(page: &'a Document, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).collect()
}

fn sheet() -> &'static str {
    let file = Assets::all().iter().find(|file| file.name() == "app.css").expect("the stylesheet");
    std::str::from_utf8(file.bytes()).expect("text")
}

#[test]
fn samples_look_as_reviewed() {
    for (place, (name, html)) in gallery().iter().enumerate() {
        let slug = fold(name).replace(' ', "-");
        insta::assert_snapshot!(format!("{place:02}-{slug}"), html.as_str());
    }
}

#[test]
fn rendering_twice_gives_the_same() {
    assert_eq!(gallery_page(), gallery_page());
}

#[test]
fn nothing_is_styled_or_scripted_inline() {
    let page = Document::parse_document(gallery_page().as_str());
    for element in select(&page, "*") {
        for (name, _) in element.value().attrs() {
            assert!(name != "style" && !name.starts_with("on"), "{name} on {}", element.html());
        }
    }
    assert!(select(&page, "style").is_empty());
    for script in select(&page, "script") {
        assert!(script.value().attr("src").is_some() && script.inner_html().is_empty());
    }
    assert!(!CONTENT_SECURITY_POLICY.contains("unsafe"));
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    let page = Document::parse_document(gallery_page().as_str());
    let mut ids = BTreeSet::new();
    for element in select(&page, "[id]") {
        let id = element.value().attr("id").expect("an id");
        assert!(ids.insert(id.to_owned()), "id {id} stands twice");
    }
    for name in ["for", "aria-labelledby", "aria-describedby"] {
        for element in select(&page, &format!("[{name}]")) {
            for id in element.value().attr(name).expect("a value").split(' ') {
                assert!(ids.contains(id), "{name}={id} leads nowhere");
            }
        }
    }
    for link in select(&page, "a[href^='#']") {
        let href = link.value().attr("href").expect("an address");
        assert!(ids.contains(href.trim_start_matches('#')), "{href} leads nowhere");
    }
}

#[test]
fn every_control_has_a_label() {
    let page = Document::parse_document(gallery_page().as_str());
    let labelled: BTreeSet<&str> =
        select(&page, "label[for]").iter().filter_map(|label| label.value().attr("for")).collect();
    let controls = select(&page, "input:not([type=hidden]), select, textarea");
    assert!(controls.len() > 10);
    for control in controls {
        let id = control.value().attr("id").expect("an id");
        assert!(labelled.contains(id), "{id} has no label");
    }
}

#[test]
fn no_number_of_an_indicator_stands_without_its_handle() {
    let page = Document::parse_document(gallery_page().as_str());
    let numbers = select(&page, ".number");
    assert!(numbers.len() > 50);
    for number in numbers {
        let has = |name: &str| number.value().attr(name).is_some();
        let figure = ["data-indicator", "data-version", "data-place", "data-period", "data-position"];
        let list = ["data-register", "data-filter", "data-position"];
        assert!(
            figure.iter().all(|name| has(name)) || list.iter().all(|name| has(name)),
            "{}",
            number.html()
        );
    }
}

/// A decimal comma in a coordinate makes the shape vanish without any error.
#[test]
fn no_coordinate_has_a_comma() {
    let page = Document::parse_document(gallery_page().as_str());
    let drawing = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "dy", "d", "width", "height", "points"];
    let mut seen = 0;
    for element in select(&page, "svg, svg *") {
        for (name, value) in element.value().attrs().filter(|(name, _)| drawing.contains(name)) {
            assert!(!value.contains(','), "{name}={value}");
            assert!(!value.contains("NaN") && !value.contains("inf"), "{name}={value}");
            seen += 1;
        }
    }
    assert!(seen > 300);
}

#[test]
fn every_chart_draws_and_has_its_table() {
    let page = Document::parse_document(gallery_page().as_str());
    let figures = select(&page, "figure");
    assert_eq!(figures.len(), 6);
    for figure in figures {
        let id = figure.value().attr("id").expect("an id");
        let count = |selector: &str| figure.select(&Selector::parse(selector).expect("a selector")).count();
        assert_eq!(count("details table"), 1, "{id}");
        if count(".empty") == 0 {
            assert!(count("rect, circle, line") >= 3, "{id} draws too little");
            assert!(count("[role=img]") >= 1, "{id} has no name");
        }
    }
}

/// What the drawing says and what the table says are the same texts.
#[test]
fn labels_of_a_chart_stand_in_its_table() {
    let page = Document::parse_document(gallery_page().as_str());
    let mut seen = 0;
    for figure in select(&page, "figure") {
        let texts = |selector: &str| -> Vec<String> {
            let selector = Selector::parse(selector).expect("a selector");
            figure.select(&selector).map(|element| element.text().collect::<String>()).collect()
        };
        let table: BTreeSet<String> = texts("details td").into_iter().collect();
        for label in texts("svg text.value, svg [class^='on-']") {
            assert!(table.contains(&label), "{label} is drawn but not in the table");
            seen += 1;
        }
    }
    assert!(seen > 15);
}

#[test]
fn every_class_has_a_rule() {
    let page = Document::parse_document(gallery_page().as_str());
    let classes: BTreeSet<&str> = select(&page, "[class]").iter().flat_map(|e| e.value().classes()).collect();
    let without: Vec<_> =
        classes.into_iter().filter(|class| !sheet().contains(&format!(".{class}"))).collect();
    assert_eq!(without, Vec::<&str>::new());
}

#[test]
fn a_page_has_one_heading_and_its_landmarks() {
    let html = sample_layout(Html::text("…")).page();
    let page = Document::parse_document(html.as_str());
    for (selector, count) in [("main", 1), ("header", 1), ("footer", 1), ("a.skip[href='#noi-dung']", 1)] {
        assert_eq!(select(&page, selector).len(), count, "{selector}");
    }
    assert_eq!(select(&page, "nav.nav .wide a").len(), 9);
    assert_eq!(select(&page, "nav.nav .wide [aria-current]").len(), 1);
    assert_eq!(select(&Document::parse_document(gallery_page().as_str()), "h1").len(), 1);
    assert!(html.as_str().contains("Dữ liệu minh họa"));
}

#[test]
fn a_page_with_errors_says_so_in_its_title() {
    let mut layout = sample_layout(Html::text("…"));
    layout.has_errors = true;
    let page = layout.page();
    assert!(page.as_str().contains("<title>Lỗi: Trạm BTS · Minh Chứng</title>"));
}

#[test]
fn text_of_people_is_escaped_everywhere() {
    let mut layout = sample_layout(Html::text("<script>alert(1)</script>"));
    layout.query = "\"><script>".to_owned();
    layout.actor = "<script>".to_owned();
    layout.title = "</title><script>".to_owned();
    let page = layout.page();
    let document = Document::parse_document(page.as_str());
    assert_eq!(select(&document, "script").len(), 1);
}
