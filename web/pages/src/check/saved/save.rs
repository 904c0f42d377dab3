//! Saving what was just found.

use mc_base::Seq;
use mc_checking::{AsOf, CheckedText, Standing};
use mc_claims::Verdict;
use mc_port::{SAVED_BYTES_MAX, SAVED_CHECKS_MAX, SaveError, SavedCheck};
use mc_ui::write::whole;
use mc_ui::{Link, Message, Tone};

use super::super::asked::Asked;
use super::super::{ask_again, later};
use super::{KEPT_DAYS, PATH, RULES, address, days_after, now, plainly, shelf};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;

/// The name under which it is saved: chosen when it is shown, so that two presses save it once.
const ID: &str = "ma";
/// The position at which it was shown.
const POSITION: &str = "lan-ghi";
const ID_CHARS: usize = 32;

/// Where a result is sent to be kept, for who may.
pub(in super::super) fn offered(page: &Page<'_>) -> Option<String> {
    (page.app().saved().is_some() && page.sink().is_some()).then(|| page.link(PATH))
}

/// What is sent with the text and its day.
pub(in super::super) fn fields(page: &Page<'_>) -> [(&'static str, String); 2] {
    [(ID, page.app().nonce()), (POSITION, page.snapshot().head().seq.0.to_string())]
}

/// Saves the text that was sent, as it stood when it was shown.
pub(in super::super) fn save(page: &Page<'_>) -> Result<Reply, PageError> {
    let shelf = shelf(page)?;
    let now = now(page);
    let sent = page.form().get(ID).filter(|id| is_name(id));
    let id = sent.map_or_else(|| page.app().nonce(), str::to_owned);
    if shelf.saved_check(&id, now)?.is_some() {
        return Ok(Reply::see_other(address(page, &id, "")));
    }
    if let Err(seconds) = page.app().pace().take(page.peer(), now) {
        return Ok(later(page, seconds));
    }
    let asked = Asked::of(page);
    let Some((text, day)) = asked.good.clone() else { return Ok(ask_again(page, None, &asked)) };
    let as_of = AsOf { position: position(page), day: page.real_today() };
    let (found, digest) = plainly(page, &text, day, as_of)?;
    let Counts { claims, mismatches, differing } = Counts::of(&found);
    let check = SavedCheck {
        id,
        day,
        position: as_of.position,
        checked_on: as_of.day,
        rules: RULES.to_owned(),
        digest,
        claims,
        mismatches,
        differing,
        saved_at: now,
        saved_by: page.viewer().id.clone(),
        kept_until: days_after(now, KEPT_DAYS),
    };
    match shelf.save_check(&check, &text) {
        Ok(()) => Ok(Reply::see_other(address(page, &check.id, ""))),
        Err(SaveError::Full { checks, bytes }) => Ok(full(page, checks, bytes)),
        Err(SaveError::Store(failure)) => Err(failure.into()),
    }
}

fn is_name(id: &str) -> bool {
    id.len() == ID_CHARS && id.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The position at which it was shown; the latest where none is said that is there.
fn position(page: &Page<'_>) -> Seq {
    let head = page.snapshot().head().seq;
    let sent = page.form().get(POSITION).and_then(|sent| sent.parse().ok()).map(Seq);
    sent.filter(|sent| *sent <= head).unwrap_or(head)
}

/// What a list says of a check.
struct Counts {
    claims: u64,
    mismatches: u64,
    differing: u64,
}

impl Counts {
    fn of(found: &CheckedText) -> Self {
        let wrong = found.checked.relations.iter().filter(|tie| tie.verdict == Verdict::Mismatch);
        let differing = found.registers.iter().filter(|held| held.standing == Standing::Different);
        Self {
            claims: found.checked.claims.len() as u64,
            mismatches: wrong.count() as u64,
            differing: differing.count() as u64,
        }
    }
}

/// There is no room: the text stays in the form.
fn full(page: &Page<'_>, checks: usize, bytes: u64) -> Reply {
    let sentence = t!(
        "Chưa lưu: nơi lưu đã đầy, có {checks} bài cộng {size} MB (nhiều nhất {most} bài, {room} MB). Hãy xóa bớt bài đã lưu rồi lưu lại.",
        checks = whole(checks as u64),
        size = whole(bytes.div_ceil(1 << 20)),
        most = whole(SAVED_CHECKS_MAX as u64),
        room = SAVED_BYTES_MAX >> 20
    );
    let mut message = Message::new(Tone::Warn, sentence);
    message.links.push(Link::new(t!("Các bài đã lưu"), page.link(PATH)));
    ask_again(page, Some(message), &Asked::kept(page))
}
