//! Pages while the measure of an indicator is being built.

use axum::http::StatusCode;
use mc_port::{Sink as _, declare_indicator};
use mc_register::system;
use mc_stories::small;

use crate::site::Site;

const FIGURE: &str = "/chi-tieu/cot-dang-phat?ky=2025";

/// A world in which the second version of the number of masts is declared and not yet counted.
fn declared() -> Site {
    let site = Site::illustrative(true);
    let all = small::indicators();
    let mut masts = all.into_iter().find(|it| it.id == "masts").expect("declared");
    masts.version = 2;
    masts.num.id = "masts_2".to_owned();
    masts.num.filter = Some("state = 'live' OR height > 500".to_owned());
    site.queue.with(|writer| writer.build_at_once(0));
    let declaration = declare_indicator(&small::register(system::INDICATOR), &masts);
    site.queue.commit(small::request(vec![declaration])).expect("the declaration");
    site
}

#[test]
fn a_figure_says_that_it_is_being_counted_and_then_appears() {
    let site = declared();
    for address in [FIGURE, "/chi-tieu", "/"] {
        let page = site.get(address);
        assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.first("main"));
    }
    assert!(site.get(FIGURE).first("main").contains("đang tính"), "{}", site.get(FIGURE).first("main"));
    assert!(site.get("/chi-tieu").first("main").contains("đang tính"));
    for address in ["?ky=2025&theo=place", "?ky=2025&theo=operator", "/vi-sao?ky=2025-11&tu_ky=2025-10"] {
        let page = site.get(&format!("/chi-tieu/cot-dang-phat{address}"));
        assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.first("main"));
    }
    site.queue.settle(&mut |_| {}).expect("it is built");
    let page = site.get(FIGURE).first("main");
    assert!(!page.contains("đang tính") && page.contains('2'), "{page}");
}
