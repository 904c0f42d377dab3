//! What of a figure has no list behind it, and where totals and lists contradict each other.

use mc_figure::{Basis, TOTALS};
use mc_importing::cover::{contradiction, total_words};
use mc_port::TotalsAsked;
use mc_ui::{Link, Message, Tone};

use super::ask;
use super::lens::{Lens, Reading};
use crate::error::PageError;

/// Totals named on the page.
const SHOWN_MAX: usize = 10;

/// One message naming the totals in the figure, and one for each contradiction.
///
/// # Errors
/// When the store fails.
pub(super) fn messages(lens: &Lens<'_>, reading: &Reading) -> Result<Vec<Message>, PageError> {
    let mut messages = Vec::new();
    let Some(figure) = reading.shown().filter(|figure| figure.basis != Basis::Counted) else {
        return Ok(messages);
    };
    let request = lens.request(&figure.id, reading.period);
    let totals = lens.snapshot.totals(&TotalsAsked::Behind(request))?;
    let slug = lens.snapshot.schema(TOTALS).map_or_else(String::new, |schema| schema.slug.clone());
    let link = |key: &str, text: String| Link::new(text, ask::record(&slug, key, &[]));
    if !totals.is_empty() {
        let title = match totals.len() {
            1 => t!("Trong số này có một số tổng chưa có danh sách").to_owned(),
            count => t!("Trong số này có {count} số tổng chưa có danh sách", count),
        };
        let mut message = Message::new(Tone::Info, title);
        let shown = totals.iter().take(SHOWN_MAX);
        message.links =
            shown.map(|standing| link(&standing.total.key, total_words(lens.snapshot, standing))).collect();
        messages.push(message);
    }
    for standing in &totals {
        if let Some(words) = contradiction(lens.snapshot, standing) {
            let mut message = Message::new(Tone::Warn, words);
            message.links = vec![link(&standing.total.key, t!("Mở số tổng").to_owned())];
            messages.push(message);
        }
    }
    Ok(messages)
}
