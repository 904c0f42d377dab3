//! One of those kept: the text read again where the registers stood then, and whether the answer is still the same.

use askama::Template;
use mc_base::{Instant, date};
use mc_checking::{AsOf, CheckedText, Report};
use mc_port::SavedCheck;
use mc_ui::{Html, Link, Message, Section, Tone, write};
use serde_json::{Value, json};

use super::super::document::{self, As};
use super::super::found::{self, Files, Setting};
use super::super::{AS, DAY, PATH as CHECK, TEXT, found_as};
use super::change::may_be_kept_on;
use super::{KEPT_DAYS, RULES, above, address, now, open, plainly, title};
use crate::context::Page;
use crate::error::PageError;
use crate::record::actor_words;
use crate::reply::{Cache, Reply};

#[derive(Template)]
#[template(path = "check/saved.html")]
struct SavedView {
    /// On what it stands.
    stands: String,
    commit: Link,
    /// Since when and until when it is here.
    kept: String,
    /// Where the answer is no more the one that was saved.
    changed: Option<Message>,
    /// Address and word of the form that keeps it on.
    extend: Option<(String, String)>,
    forget: String,
    /// The form that checks the text anew: its address, fields and values.
    again: String,
    sent: [(&'static str, String); 2],
}

/// What is found in a kept text now.
struct Reopened {
    check: SavedCheck,
    /// As the reader may see it.
    found: CheckedText,
    /// A reader without rights gets what one got when it was saved.
    same: bool,
}

impl Reopened {
    fn of(page: &Page<'_>, segment: usize) -> Result<Self, PageError> {
        let (check, text) = open(page, segment)?;
        let as_of = AsOf { position: check.position, day: check.checked_on };
        // First what is shown: the search for reasons ends when the snapshot is held for a while.
        let found = found_as(page, page.viewer(), text, (check.day, Some(as_of)))?;
        let (_, digest) = plainly(page, &found.text, check.day, as_of)?;
        Ok(Self { same: digest == check.digest, check, found })
    }
}

pub(in super::super) fn show(page: &Page<'_>) -> Result<Reply, PageError> {
    let Reopened { check, found, same } = Reopened::of(page, 2)?;
    let heading = title(&found.text);
    let view = SavedView {
        stands: stands(&check),
        commit: Link::new(t!("Xem lần ghi ấy"), page.link(&format!("/kiem-chung/ghi/{}", check.position))),
        kept: kept(&check),
        changed: (!same).then(|| changed(&check)),
        extend: may_be_kept_on(&check, now(page))
            .then(|| (address(page, &check.id, "/giu"), t!("Giữ thêm {days} ngày", days = KEPT_DAYS))),
        forget: address(page, &check.id, "/xoa"),
        again: page.link(CHECK),
        sent: [(TEXT, found.text.clone()), (DAY, date::short(page.real_today()))],
    };
    let files = Files { action: address(page, &check.id, "/tep"), sent: Vec::new(), keep: None };
    let setting = Setting { heading: heading.clone(), about: Html::of(&view), files };
    let body = Html::of(&found::view(page, &found, setting));
    Ok(page.page(Section::Verification, above(page), &heading, body).cache(Cache::NoStore))
}

fn stands(check: &SavedCheck) -> String {
    t!(
        "Soát ngày {day}, theo sổ ở lần ghi {position}, bộ quy tắc {rules}.",
        day = write::day(check.saved_at.day()),
        position = write::whole(check.position.0),
        rules = check.rules
    )
}

fn kept(check: &SavedCheck) -> String {
    t!(
        "Lưu lúc {when}, người lưu: {who}; giữ đến {until}.",
        when = write::date_time(check.saved_at),
        who = actor_words(&check.saved_by),
        until = write::day(check.kept_until.day())
    )
}

/// Why the answer is another one, as far as it can be told.
fn changed(check: &SavedCheck) -> Message {
    let sentence = if check.rules == RULES {
        t!(
            "Kết quả dưới đây khác kết quả lúc lưu, dù bộ quy tắc vẫn là {now}: chỉ tiêu, địa bàn hoặc cách nói trong bài đã được khai báo khác đi.",
            now = RULES
        )
    } else {
        t!(
            "Kết quả dưới đây khác kết quả lúc lưu: bộ quy tắc khi đó là {then}, nay là {now}.",
            then = check.rules,
            now = RULES
        )
    };
    Message::new(Tone::Warn, sentence)
}

/// A file of it to take along.
pub(in super::super) fn file(page: &Page<'_>) -> Result<Reply, PageError> {
    let wanted = page.form().get(AS).and_then(As::of);
    let wanted = wanted.ok_or_else(|| PageError::bad(t!("“dang” cần là docx hoặc xlsx.")))?;
    document::reply(page, &Reopened::of(page, 2)?.found, wanted)
}

/// The same for programs.
pub(in super::super) fn program(page: &Page<'_>) -> Result<Reply, PageError> {
    let Reopened { check, found, same } = Reopened::of(page, 4)?;
    let written = |error: serde_json::Error| PageError::Store(error.to_string());
    let answer: Value = serde_json::to_value(Report::of(&found)).map_err(written)?;
    let body = json!({
        "id": check.id,
        "date": check.day.to_string(),
        "checked_on": check.checked_on.to_string(),
        "position": check.position.0,
        "rules": check.rules,
        "digest": check.digest.to_string(),
        "unchanged": same,
        "saved_at": stamp(check.saved_at),
        "saved_by": check.saved_by,
        "kept_until": stamp(check.kept_until),
        "answer": answer,
    });
    Ok(Reply::new("application/json", body.to_string()).cache(Cache::NoStore))
}

/// As RFC 3339 has it.
fn stamp(instant: Instant) -> String {
    let seconds = instant.millis_of_day() / 1_000;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}+07:00", instant.day())
}
