//! What of a figure has no list behind it, and where totals and lists contradict each other.

use mc_figure::{Basis, Definition, TOTALS};
use mc_importing::cover::{contradiction, overlap, total_words};
use mc_port::{TOTALS_MAX, TotalsAsked};
use mc_ui::write::whole;
use mc_ui::{Link, Message, Tone};

use super::ask::{self, Ask};
use super::lens::{Lens, Reading};
use crate::error::PageError;
use crate::records::filter;

/// Totals named on the page, and contradictions.
const SHOWN_MAX: usize = 10;

/// One message naming the totals in the figure, and one for each contradiction.
///
/// # Errors
/// When the store fails.
pub(super) fn messages(lens: &Lens<'_>, ask: &Ask, reading: &Reading) -> Result<Vec<Message>, PageError> {
    let mut messages = Vec::new();
    let Some(figure) = reading.shown().filter(|figure| figure.basis != Basis::Counted) else {
        return Ok(messages);
    };
    let request = lens.request(&figure.id, reading.period);
    let totals = lens.snapshot.totals(&TotalsAsked::Behind(request), None, TOTALS_MAX)?;
    let slug = lens.snapshot.schema(TOTALS).map_or_else(String::new, |schema| schema.slug.clone());
    let link = |key: &str, text: String| Link::new(text, ask::record(&slug, key, &[]));
    let all = || Link::new(t!("Mở danh sách các số tổng"), list(lens, ask, &reading.definition));
    if !totals.rows.is_empty() {
        let title = match totals.count {
            1 => t!("Trong số này có một số tổng chưa có danh sách").to_owned(),
            count => {
                let count = whole(i128::from(count));
                t!("Trong số này có {count} số tổng chưa có danh sách", count)
            }
        };
        let mut message = Message::new(Tone::Info, title);
        let shown = totals.rows.iter().take(SHOWN_MAX);
        message.links =
            shown.map(|standing| link(&standing.total.key, total_words(lens.snapshot, standing))).collect();
        message.links.extend((totals.rows.len() > SHOWN_MAX).then(all));
        messages.push(message);
    }
    let mut said: Vec<Message> = Vec::new();
    for standing in &totals.rows {
        let words = [contradiction(lens.snapshot, standing), overlap(lens.snapshot, standing)];
        for words in words.into_iter().flatten() {
            // Of two totals that name each other, the first says it.
            if said.iter().any(|message| message.title == words) {
                continue;
            }
            let mut message = Message::new(Tone::Warn, words);
            message.links = vec![link(&standing.total.key, t!("Mở số tổng").to_owned())];
            said.push(message);
        }
    }
    let more = said.len().saturating_sub(SHOWN_MAX);
    messages.extend(said.into_iter().take(SHOWN_MAX));
    let mut rest = Vec::new();
    if more > 0 {
        let count = whole(more as u64);
        rest.push(t!("Còn {count} chỗ khác cần xem lại giữa số tổng và danh sách.", count));
    }
    if totals.next.is_some() {
        let count = whole(TOTALS_MAX as u64);
        rest.push(t!("Trang này chỉ đối chiếu {count} số tổng đầu với danh sách.", count));
    }
    if !rest.is_empty() {
        let mut message = Message::new(Tone::Warn, rest.join(" "));
        message.links = vec![all()];
        messages.push(message);
    }
    Ok(messages)
}

/// The list of the totals in a figure's place, of its measure where it has one.
pub(super) fn list(lens: &Lens<'_>, ask: &Ask, definition: &Definition) -> String {
    let slug = lens.snapshot.schema(TOTALS).map_or_else(String::new, |schema| schema.slug.clone());
    let mut pairs = vec![("dv", ask.dv.clone())];
    let measure = filter::parameter("measure");
    if definition.den.is_none() {
        pairs.push((&measure, definition.num.id.clone()));
    }
    ask::address(&format!("/so/{slug}"), &pairs)
}
