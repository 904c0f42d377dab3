//! `cover`: lists take the place of a total, confirmed by whoever runs the command.

use std::process::ExitCode;

use anyhow::bail;
use mc_access::Actor;
use mc_base::{Day, date};
use mc_figure::cover::Confirmation;
use mc_importing::cover::{amount_words, cover, standing};
use mc_port::{Sink as _, Source as _};
use mc_sqlite::{Layout, Store};
use serde_json::json;

use super::Hands;
use crate::cli::Cover;
use crate::output::Output;

pub fn run(layout: &Layout, args: &Cover, out: &Output, hands: &Hands) -> anyhow::Result<ExitCode> {
    let actor = Actor::operator();
    let store = Store::open(layout)?;
    let snapshot = store.snapshot(&actor)?;
    let total = standing(snapshot.as_ref(), &args.total)?;
    let proposed = total.proposal().map(|proposal| proposal.from);
    let from = match &args.from {
        Some(text) => match Day::parse_iso(text) {
            Some(day) => Some(day),
            None => bail!("--from là “{text}”; cần một ngày viết như 2025-11-01."),
        },
        None => proposed,
    };
    let confirmed = Confirmation {
        by: args.by,
        from,
        lists: None,
        reason: args.reason.clone(),
        document: args.document.clone(),
    };
    let request = cover(snapshot.as_ref(), &actor, &total, &confirmed, String::new())?;
    let receipt = hands.0.commit(request)?;
    let (amount, by) = (total.total.amount, args.by.unwrap_or(total.total.amount));
    let from = from.unwrap_or(total.total.day);
    let machine = json!({
        "ok": true,
        "seq": receipt.seq.0,
        "total": args.total,
        "amount": amount,
        "by": by,
        "remaining": amount - by,
        "from": from.to_string(),
    });
    out.result(&machine, || {
        let words = |amount| amount_words(snapshot.as_ref(), &total, amount);
        let rest =
            if by == amount { "không còn gì".to_owned() } else { format!("còn {}", words(amount - by)) };
        format!(
            "Đã ghi ở lần ghi {}: từ ngày {}, số tổng {} giảm {}, {rest}.",
            receipt.seq,
            date::short(from),
            words(amount),
            words(by)
        )
    });
    Ok(ExitCode::SUCCESS)
}
