//! The page around every page.

use askama::Template;

use crate::assets::Assets;
use crate::block::Notice;
use crate::html::{Html, component};
use crate::icon::Icon;
use crate::link::Link;
use crate::nav::{Breadcrumb, NavItem};
use crate::say::{Lang, lang};

/// Content security policy of every page: nothing inline, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Which state of the ledger the page reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadPosition {
    /// What is known now; `pin` is the address that keeps the numbers.
    Now {
        /// Address with the position in it; `None` where the page shows nothing of the ledger.
        pin: Option<String>,
    },
    /// A fixed position.
    Pinned {
        /// In words, for example "lần ghi 20.852 (31/10/2025)".
        words: String,
        /// The same page without position.
        now: String,
    },
}

/// Province, district of the view, and the way up and down: commune, province, country.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// Levels; the current one has no address.
    pub levels: Vec<ScopeLevel>,
}

/// One level of the scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScopeLevel {
    /// Name, for example "Tỉnh Lào Cai".
    pub name: String,
    /// The same page in that scope; `None` for the current one.
    pub href: Option<String>,
}

/// Everything a page needs around its body.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "layout.html")]
pub struct Layout {
    /// Title of the page without the product's name.
    pub title: String,
    /// The page shows errors: its title begins with "Lỗi:".
    pub has_errors: bool,
    /// Language.
    pub lang: Lang,
    /// This page in the other language; `None` where it was sent to and cannot be asked for.
    pub switch: Option<String>,
    /// Whose instance it is, for example "Tỉnh Lào Cai".
    pub province: String,
    /// Strip above everything.
    pub notice: Option<Notice>,
    /// Main navigation.
    pub nav: Vec<NavItem>,
    /// Where the page lies; `None` on the start page.
    pub breadcrumb: Option<Breadcrumb>,
    /// Scope.
    pub scope: Scope,
    /// Ledger position.
    pub position: ReadPosition,
    /// "17/11/2025 18:00".
    pub updated_at: String,
    /// Name, agency and role of the person, always shown.
    pub actor: String,
    /// Where the person's own sessions and password are; `None` without an account.
    pub account: Option<String>,
    /// What stands in the search box.
    pub query: String,
    /// Hidden fields of the search form that keep the scope: name and value.
    pub search_keeps: Vec<(String, String)>,
    /// Where this page can be verified.
    pub proof: Link,
    /// Help, in the same place on every page.
    pub help: Link,
    /// Code printed at the foot of a printed page, for example the position.
    pub print_code: String,
    /// When the page was made, for its print: "17/11/2025 18:00".
    pub printed_at: String,
    /// After how many seconds the page is loaded again where there is no script: it shows something going on.
    pub refresh_seconds: Option<u32>,
    /// The page itself: exactly one `h1`.
    pub body: Html,
}

impl Layout {
    /// A page with the least around it.
    #[must_use]
    pub fn new(title: impl Into<String>, province: impl Into<String>, body: Html) -> Self {
        Self {
            title: title.into(),
            has_errors: false,
            lang: lang(),
            switch: None,
            province: province.into(),
            notice: None,
            nav: Vec::new(),
            breadcrumb: None,
            scope: Scope::default(),
            position: ReadPosition::Now { pin: None },
            updated_at: String::new(),
            actor: String::new(),
            account: None,
            query: String::new(),
            search_keeps: Vec::new(),
            proof: Link::new(t!("Kiểm chứng trang này"), "/kiem-chung"),
            help: Link::new(t!("Trợ giúp"), "/tro-giup"),
            print_code: String::new(),
            printed_at: String::new(),
            refresh_seconds: None,
            body,
        }
    }

    /// The whole document.
    #[must_use]
    pub fn page(&self) -> Html {
        self.html()
    }

    /// The place of the page, where it is not the instance's own.
    fn elsewhere(&self) -> Option<&str> {
        let here = self.scope.levels.iter().rev().find(|level| level.href.is_none())?;
        Some(here.name.as_str()).filter(|name| *name != self.province)
    }

    fn style(&self) -> &'static str {
        Assets::url("app.css")
    }

    fn script(&self) -> &'static str {
        Assets::url("app.js")
    }

    fn favicon(&self) -> &'static str {
        Assets::url("icon.svg")
    }

    fn fonts(&self) -> Vec<&'static str> {
        Assets::fonts()
    }
}

component!(Layout);
