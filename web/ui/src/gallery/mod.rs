//! Every component in its states, with invented data: the page `/mau` and the set the tests look at.

mod charts;
mod figures;
mod forms;
mod lists;
mod texts;

use askama::Template;

use crate::block::Notice;
use crate::html::{Html, component};
use crate::layout::{Layout, ReadPosition, Scope, ScopeLevel};
use crate::link::Link;
use crate::nav::{Breadcrumb, NavItem, Section};

/// A name long enough to break lines that a short one would not.
const LONG_NAME: &str = "Ban Quản lý dự án đầu tư xây dựng các công trình hạ tầng kỹ thuật số, chuyển đổi số và đổi \
     mới sáng tạo khu vực biên giới phía Bắc";

/// All components, each with a name that stays the same.
#[must_use]
pub fn gallery() -> Vec<(&'static str, Html)> {
    let mut all = figures::samples();
    all.extend(texts::samples());
    all.extend(lists::samples());
    all.extend(forms::samples());
    all.extend(charts::samples());
    all
}

/// The gallery as one page.
#[must_use]
pub fn gallery_page() -> Html {
    let samples = gallery();
    let mut layout = sample_layout(Page { samples: &samples }.html());
    layout.title = "Bộ mẫu giao diện".to_owned();
    layout.page()
}

/// A layout with everything filled.
#[must_use]
pub fn sample_layout(body: Html) -> Layout {
    let mut layout = Layout::new("Trạm BTS", "Tỉnh Minh Họa", body);
    layout.notice = Some(Notice::illustrative("17/11/2025"));
    layout.nav = Section::ALL
        .iter()
        .map(|section| NavItem {
            link: Link::new(section.title(), "/mau"),
            current: *section == Section::Indicators,
        })
        .collect();
    layout.breadcrumb = Some(Breadcrumb {
        above: vec![Link::new("Tổng quan", "/"), Link::new("Chỉ tiêu", "/chi-tieu")],
        here: "Trạm BTS".to_owned(),
    });
    layout.scope = Scope {
        levels: vec![
            ScopeLevel { name: "Việt Nam".to_owned(), href: Some("/mau?dv=vn".to_owned()) },
            ScopeLevel { name: "Tỉnh Minh Họa".to_owned(), href: None },
        ],
    };
    layout.position = ReadPosition::Now { pin: Some("/mau?tai=ghi-20852".to_owned()) };
    layout.updated_at = "17/11/2025 18:00".to_owned();
    layout.actor = "Khách minh họa".to_owned();
    layout.search_keeps = vec![("dv".to_owned(), "MH".to_owned())];
    layout.printed_at = "17/11/2025 18:05".to_owned();
    layout.print_code = "ghi-20852".to_owned();
    layout
}

#[derive(Template)]
#[template(path = "gallery.html")]
struct Page<'a> {
    samples: &'a [(&'static str, Html)],
}

component!(Page<'_>);
