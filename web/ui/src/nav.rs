//! Ways around: main sections, breadcrumb, tabs, pager.

use askama::Template;

use crate::html::component;
use crate::icon::Icon;
use crate::link::Link;

/// The nine top items, in the same order everywhere (interface guide 3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// Overview.
    Overview,
    /// Tasks.
    Tasks,
    /// Indicators.
    Indicators,
    /// Bottlenecks.
    Bottlenecks,
    /// Reports and conferences.
    Reports,
    /// Evidence: registers and files.
    Evidence,
    /// Fields.
    Fields,
    /// Verification.
    Verification,
    /// Administration.
    Administration,
}

impl Section {
    /// All, in order.
    pub const ALL: [Self; 9] = [
        Self::Overview,
        Self::Tasks,
        Self::Indicators,
        Self::Bottlenecks,
        Self::Reports,
        Self::Evidence,
        Self::Fields,
        Self::Verification,
        Self::Administration,
    ];

    /// The word in the navigation.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => t!("Tổng quan"),
            Self::Tasks => t!("Nhiệm vụ"),
            Self::Indicators => t!("Chỉ tiêu"),
            Self::Bottlenecks => t!("Điểm nghẽn"),
            Self::Reports => t!("Báo cáo & hội nghị"),
            Self::Evidence => t!("Kho minh chứng"),
            Self::Fields => t!("Lĩnh vực"),
            Self::Verification => t!("Kiểm chứng"),
            Self::Administration => t!("Quản trị"),
        }
    }
}

/// An item of the main navigation. What the reader may not open is left out, not greyed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NavItem {
    /// Word and address.
    pub link: Link,
    /// Whether the page lies in this section.
    pub current: bool,
}

/// Where the page lies; the last item is the page itself.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "breadcrumb.html")]
pub struct Breadcrumb {
    /// From the top down, without the page itself.
    pub above: Vec<Link>,
    /// The page.
    pub here: String,
}

/// One tab: a link to the same thing seen another way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tab {
    /// Word and address.
    pub link: Link,
    /// Whether it is the one shown.
    pub current: bool,
    /// Count beside the word, already written.
    pub count: Option<String>,
}

/// Tabs as links: they work without a script and can be bookmarked.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "tabs.html")]
pub struct Tabs {
    /// What the tabs choose between, for screen readers.
    pub label: String,
    /// The tabs.
    pub tabs: Vec<Tab>,
}

/// Paging by (key, position): no page numbers, because nothing counts 3.6 million records for them.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "pager.html")]
pub struct Pager {
    /// For example "100 dòng, hơn 10.000 bản ghi".
    pub summary: String,
    /// First page, when this is not it.
    pub first: Option<String>,
    /// Page before.
    pub previous: Option<String>,
    /// Page after.
    pub next: Option<String>,
    /// Other numbers of rows on a page; nothing where there is one only.
    pub sizes: Vec<Tab>,
}

component!(Breadcrumb, Tabs, Pager);
