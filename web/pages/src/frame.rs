//! What stands around a page: navigation, scope, position, who reads.

use axum::http::StatusCode;
use mc_access::{Actor, Role};
use mc_base::PlaceId;
use mc_ui::{Breadcrumb, Html, Layout, Link, NavItem, Notice, ReadPosition, Scope, ScopeLevel, Section};
use mc_ui::{lang, write};

use crate::account;
use crate::context::{PLACE, POSITION, Page};
use crate::language;
use crate::query::Query;
use crate::reply::Reply;
use crate::routes;
use crate::words::place_said;

/// The sections of the navigation and the register each leads to, where it is one.
const SECTIONS: [(Section, &str, &str); 8] = [
    (Section::Overview, "/", ""),
    (Section::Tasks, "/so/", "task"),
    (Section::Indicators, "/chi-tieu", ""),
    (Section::Bottlenecks, "/so/", "bottleneck"),
    (Section::Reports, "/so/", "conference"),
    (Section::Evidence, "/so", ""),
    (Section::Fields, "/so/", "spearhead_field"),
    (Section::Verification, "/kiem-chung", ""),
];

impl Page<'_> {
    /// The layout of a page of `section`, without its breadcrumb.
    #[must_use]
    pub fn layout(&self, title: impl Into<String>, section: Section, body: Html) -> Layout {
        let mut layout = Layout::new(title, place_said(self.app().home_name()), body);
        if self.snapshot().instance().illustrative {
            layout.notice = Some(Notice::illustrative(&write::day(self.real_today())));
        }
        if self.snapshot().sealed() {
            layout.notice = Some(Notice::sealed(layout.notice.take()));
        }
        layout.switch = self.in_other_language();
        layout.nav = self.nav(section);
        layout.scope = self.scope();
        let words = self.position_words();
        layout.position = if self.pinned() {
            ReadPosition::Pinned { words: words.0, now: self.here_with(POSITION, None) }
        } else {
            ReadPosition::Now { pin: Some(self.pin_link()) }
        };
        layout.updated_at = words.1;
        layout.actor = self.reader_words();
        layout.account = self.signed_in().map(|_| account::HOME.to_owned());
        layout.search_keeps =
            self.kept().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        layout.proof = Link::new(t!("Kiểm chứng trang này"), format!("/kiem-chung/ghi/{}", self.at()));
        layout.printed_at = write::date_time((self.app().settings().now)());
        layout.print_code = format!("ghi-{}", self.at());
        layout
    }

    /// The same page, period and position in the other language. A page that answers a form is asked for again by
    /// the address of the form, where it has one: what was typed is not in it.
    fn in_other_language(&self) -> Option<String> {
        (self.reads() || routes::is_form(self.path())).then(|| self.other_language(self.query(), self.path()))
    }

    /// An address in the other language.
    pub(crate) fn other_language(&self, query: &Query, path: &str) -> String {
        query.clone().with(language::PARAMETER, Some(lang().other().tag())).address(path)
    }

    /// This page with its position in the address.
    #[must_use]
    pub fn pin_link(&self) -> String {
        let query = self.query().clone().with(POSITION, Some(&format!("ghi-{}", self.at())));
        query.address(self.path())
    }

    /// A page with a breadcrumb: what lies above it, and its own title.
    #[must_use]
    pub fn page(&self, section: Section, above: Vec<Link>, title: &str, body: Html) -> Reply {
        Reply::html(self.framed(section, above, title, body).page())
    }

    /// The same where something sent was wrong: its title says so.
    #[must_use]
    pub fn refused(&self, section: Section, above: Vec<Link>, title: &str, body: Html) -> Reply {
        let mut layout = self.framed(section, above, title, body);
        layout.has_errors = true;
        Reply::html(layout.page()).status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The layout of a page with a breadcrumb.
    pub(crate) fn framed(&self, section: Section, above: Vec<Link>, title: &str, body: Html) -> Layout {
        let mut layout = self.layout(title, section, body);
        let mut all = vec![Link::new(t!("Tổng quan"), self.link("/"))];
        all.extend(above);
        layout.breadcrumb = Some(Breadcrumb { above: all, here: title.to_owned() });
        layout
    }

    /// Who reads: sign-in name, agency and role of an account.
    fn reader_words(&self) -> String {
        let viewer = self.viewer();
        let role = actor_words(viewer);
        if self.signed_in().is_none() {
            return role;
        }
        let agency = viewer.agency.as_ref().and_then(|agency| self.snapshot().agency_name(&agency.0));
        [Some(viewer.id.clone()), agency, Some(role)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn nav(&self, current: Section) -> Vec<NavItem> {
        let item = |(section, path, register): (Section, &str, &str)| {
            let address = if register.is_empty() {
                path.to_owned()
            } else {
                format!("{path}{}", self.snapshot().schema(register)?.slug)
            };
            let link = Link::new(section.title(), self.link(&address));
            Some(NavItem { link, current: section == current })
        };
        SECTIONS.into_iter().filter_map(item).collect()
    }

    /// From the country down to the place of the page. A root without code is a heading of lists, no scope.
    fn scope(&self) -> Scope {
        let tree = self.snapshot().places();
        let mut line = tree.ancestors(self.place());
        line.reverse();
        let level = |id: PlaceId| {
            let code = tree.code(id);
            let here = id == self.place();
            let href = (!here).then(|| self.here_with(PLACE, Some(code)));
            (here || !code.is_empty()).then(|| ScopeLevel { name: self.place_name(id), href })
        };
        Scope { levels: line.into_iter().filter_map(level).collect() }
    }

    /// The position and its instant in words.
    fn position_words(&self) -> (String, String) {
        let number = write::whole(i128::from(self.at().0));
        let head = self.snapshot().head();
        let recorded = if self.at() == head.seq {
            Some(head.recorded_at)
        } else {
            self.snapshot().commit(self.at()).ok().flatten().map(|commit| commit.recorded_at)
        };
        match recorded {
            Some(instant) => (
                t!("lần ghi {number} ({day})", number, day = write::day(instant.day())),
                write::date_time(instant),
            ),
            None => (t!("lần ghi {number}", number), String::new()),
        }
    }
}

/// Who somebody is, as the head of the page says it.
#[must_use]
pub fn actor_words(actor: &Actor) -> String {
    let role = match actor.role {
        Role::Leader => t!("Lãnh đạo Ban Chỉ đạo"),
        Role::Member => t!("Thành viên Ban Chỉ đạo"),
        Role::StandingAgency => t!("Cơ quan thường trực"),
        Role::FocalOfficer => t!("Đầu mối"),
        Role::CommuneOfficer => t!("Công chức xã"),
        Role::Inspector => t!("Kiểm tra, thanh tra, kiểm toán"),
        Role::Administrator => t!("Quản trị"),
        Role::IllustrativeVisitor => t!("Khách minh họa"),
        Role::Public => t!("Khách xem"),
    };
    role.to_owned()
}
