//! Checks that somebody asked to keep (`/soat-so/da-luu`), for who may write. Kept is the text and where the registers
//! stood; what was found is found again each time, as the reader may see it.

mod change;
mod list;
mod save;
mod show;

use mc_access::Actor;
use mc_base::{Hash32, Instant};
use mc_checking::{AsOf, CheckedText, Report};
use mc_ledger::hash::sha256;
use mc_port::{SavedCheck, SavedChecks};
use mc_ui::Link;

use super::found_as;
use crate::context::Page;
use crate::error::PageError;

pub(super) use change::{confirm, extend, forget};
pub(super) use list::list;
pub(super) use save::{fields, offered, save};
pub(super) use show::{file, program, show};

pub(super) const PATH: &str = "/soat-so/da-luu";
/// Days that a check is kept, from when it was saved or asked to be kept on.
const KEPT_DAYS: i64 = 180;
const DAY_MILLIS: i64 = 86_400_000;
/// The rules are those of the program: a number of their own would be forgotten once.
const RULES: &str = env!("CARGO_PKG_VERSION");
/// Characters of a title.
const TITLE_CHARS: usize = 100;

/// Where checks are kept. A server that keeps none has no such pages.
fn shelf<'p>(page: &'p Page<'_>) -> Result<&'p dyn SavedChecks, PageError> {
    page.app().saved().ok_or_else(PageError::no_page)
}

fn now(page: &Page<'_>) -> Instant {
    (page.app().settings().now)()
}

/// So many days after `from`.
const fn days_after(from: Instant, days: i64) -> Instant {
    Instant(from.0.saturating_add(days * DAY_MILLIS))
}

/// The way to what is kept, for who may keep something.
pub(super) fn link(page: &Page<'_>) -> Option<Link> {
    offered(page).map(|address| Link::new(t!("Các bài đã lưu"), address))
}

fn address(page: &Page<'_>, id: &str, act: &str) -> String {
    page.link(&format!("{PATH}/{id}{act}"))
}

/// The check that the path names, with its text. One that was deleted, one that ended and one that never was get the
/// same answer, which is also that to who may not see any.
fn open(page: &Page<'_>, segment: usize) -> Result<(SavedCheck, String), PageError> {
    shelf(page)?.saved_check(page.segment(segment), now(page))?.ok_or_else(PageError::no_page)
}

/// The pages above one of them.
fn above(page: &Page<'_>) -> Vec<Link> {
    let mut above = super::above(page);
    above.extend(link(page));
    above
}

/// The first line of a text, shortened.
fn title(text: &str) -> String {
    let line: Vec<&str> = text.trim_start().lines().next().unwrap_or_default().split_whitespace().collect();
    let line = line.join(" ");
    let Some((end, _)) = line.char_indices().nth(TITLE_CHARS) else { return line };
    let cut = line.get(..end).unwrap_or_default();
    let cut = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', '-']))
}

/// What is found for a reader without rights: it does not depend on who saves or looks.
fn plainly(
    page: &Page<'_>,
    text: &str,
    day: mc_base::Day,
    as_of: AsOf,
) -> Result<(CheckedText, Hash32), PageError> {
    let found = found_as(page, &Actor::public(), text.to_owned(), (day, Some(as_of)))?;
    let answer = serde_json::to_vec(&Report::lasting(&found));
    let digest = sha256(&answer.map_err(|error| PageError::Store(error.to_string()))?);
    Ok((found, digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_first_line_cut_between_words() {
        assert_eq!(title("\n\n  Nghị   quyết 57\t\nđi vào cuộc sống"), "Nghị quyết 57");
        assert_eq!(title(""), "");
        let whole = "chuyển đổi số, ".repeat(20);
        let long = title(&whole);
        let rest = whole.strip_prefix(long.trim_end_matches('…')).expect("a beginning");
        assert!(rest.starts_with([' ', ',']) && long.chars().count() <= TITLE_CHARS + 1, "{long}");
        assert_eq!(title(&"ố".repeat(500)), format!("{}…", "ố".repeat(TITLE_CHARS)));
    }
}
