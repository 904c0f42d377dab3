//! Rules that a record breaks though it was kept: what it says for itself, or that somebody should look again.

use mc_port::Version;
use mc_register::{Field, Schema, Severity};
use mc_ui::{Html, Message, Tone};

use crate::context::Page;
use crate::said::Said as _;
use crate::words;

/// What stands above a record about the rules it breaks.
pub(super) fn messages(page: &Page<'_>, schema: &Schema, version: &Version) -> Vec<Message> {
    let (explained, others): (Vec<_>, Vec<_>) =
        version.flags.iter().partition(|flag| flag.severity == Severity::Explain);
    let mut messages = Vec::new();
    if !explained.is_empty() {
        let rules: Vec<&str> = explained.iter().map(|flag| flag.message.said()).collect();
        let mut message = Message::new(Tone::Info, t!("Có giải trình: {rules}", rules = rules.join(" ")));
        message.body = Html::text(&said(page, schema, version));
        messages.push(message);
    }
    messages.extend(
        others
            .into_iter()
            .map(|flag| Message::new(Tone::Warn, t!("Cần xem lại: {flag}", flag = flag.message.said()))),
    );
    messages
}

fn said(page: &Page<'_>, schema: &Schema, version: &Version) -> String {
    let Some([document, reason]) = schema.explanation() else { return String::new() };
    let text = |field: &Field| {
        let text = version.values.get(&field.no).and_then(|value| words::text(page.snapshot(), field, value));
        text.unwrap_or_else(|| words::absence(field, version).unwrap_or(words::UNKNOWN.said()).to_owned())
    };
    t!("Văn bản: {document}. Lý do: {reason}", document = text(document), reason = text(reason))
}
