//! Numbers whose unit stands with another of the same list: "bác sĩ 4.135, điều dưỡng 5.789, khác 6.661 người".

use super::{Found, hedge, unit};
use crate::claim::Kind;
use crate::lexicon::{any_of, ends_with};
use crate::number::{Marks, Quantity, quantity};
use crate::text::{Token, TokenKind};

/// Words that name one item.
const NAME_MAX: usize = 9;
/// Items that are looked through for the unit.
const ITEMS_MAX: usize = 8;
/// Words that open a list of parts behind their total.
const OPENERS: [&str; 5] = ["gồm", "bao gồm", "trong đó", "chia ra", "cụ thể"];
/// Words that end an item's name and are no name: what follows them is no number of a thing.
const VERBS: [&str; 25] = [
    "nhất", "đạt", "tăng", "giảm", "từ", "đến", "lên", "xuống", "còn", "bằng", "hơn", "gần", "trên", "dưới",
    "số", "năm", "tháng", "ngày", "lúc", "vào", "quý", "giờ", "và", "khoảng", "hạng",
];

/// The claim that a number without a unit of its own makes in a list.
pub(super) fn claim(tokens: &[Token], value: Quantity, marks: Marks, last: Option<&Found>) -> Option<Found> {
    let fits = !value.in_words && value.amount.power == 0;
    let (from, end) = (value.tokens.start, value.tokens.end);
    if !fits || !ends_item(tokens.get(end)) || name(tokens, from).is_none() {
        return None;
    }
    // Below ten only what splits a total is a number of things: "12 đảng viên: khiển trách 7, cảnh cáo 5".
    let large = value.amount.digits >= 10;
    let behind = || behind(tokens, end, marks).filter(|_| large);
    let (unit, kind) = behind()
        .or_else(|| before(tokens, &value, last.filter(|last| large || last.kind == Kind::Count)?))?;
    let whole = value.amount.decimals == 0;
    (whole || kind != Kind::Count).then(|| Found {
        hedge: hedge::of(tokens, from, end),
        tokens: from..end,
        value,
        value_to: None,
        unit,
        kind,
        fraction: None,
    })
}

fn ends_item(token: Option<&Token>) -> bool {
    token.is_none_or(|token| {
        matches!(token.kind, TokenKind::Mark(',' | ';' | '.' | ')')) || token.norm == "và"
    })
}

/// Where the name of the item before token `from` begins: words behind a mark or a word that opens a list.
fn name(tokens: &[Token], from: usize) -> Option<usize> {
    let open = from.saturating_sub(NAME_MAX);
    let before = tokens.get(open..from)?;
    let starts = |token: &Token| !token.is_word() || token.norm == "và";
    let opened = (1..=before.len()).rev().find(|end| ends_with(before, *end, &OPENERS) > 0);
    let mark = before.iter().rposition(starts).map(|mark| mark + 1);
    let start = opened.max(mark)?;
    let verb = any_of(before.last(), &VERBS) && ends_with(before, before.len(), &["thiểu số"]) == 0;
    let named = start < before.len() && !verb;
    let parts = start > 0 && (opened == Some(start) || before.get(start - 1).is_some_and(parts_items));
    (named && parts).then_some(open + start)
}

fn parts_items(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark(',' | ';' | ':' | '(')) || token.norm == "và"
}

/// The unit of the next number of the list that has one.
fn behind(tokens: &[Token], mut end: usize, marks: Marks) -> Option<(String, Kind)> {
    for _ in 0..ITEMS_MAX {
        let joint = tokens
            .get(end)
            .filter(|token| matches!(token.kind, TokenKind::Mark(',' | ';')) || token.norm == "và");
        joint?;
        let at = (end + 1..end + 2 + NAME_MAX).find(|at| !tokens.get(*at).is_some_and(Token::is_word))?;
        let next = quantity(tokens, at, marks).filter(|_| name(tokens, at).is_some())?;
        end = next.tokens.end;
        if let Some(measured) = unit::at(tokens, end, marks) {
            return listed(measured.kind).then_some((measured.unit, measured.kind));
        }
    }
    None
}

/// The unit of the total that the list splits, or of the item before: "480 người: nam 265, nữ 215".
fn before(tokens: &[Token], value: &Quantity, last: &Found) -> Option<(String, Kind)> {
    let start = name(tokens, value.tokens.start)?;
    let between = tokens.get(last.tokens.end..start)?;
    let opened = between.iter().any(|token| token.is_mark(':') || token.is_mark('('))
        || (1..=between.len()).any(|end| ends_with(between, end, &OPENERS) > 0);
    let bare = last.tokens.end == last.value.tokens.end;
    let part = value.amount.exact() <= last.value.amount.exact();
    let short = between.len() <= NAME_MAX && !between.iter().any(Token::is_number);
    // "nam 612, nữ 412; tuổi cao nhất 78": a semicolon goes on only where semicolons part the items.
    let apart = |at: usize| {
        tokens.get(at).is_some_and(|token| matches!(token.kind, TokenKind::Mark(';' | ':' | '(')))
    };
    let led = name(tokens, last.value.tokens.start).and_then(|start| start.checked_sub(1));
    let same = !between.iter().any(|token| token.is_mark(';')) || led.is_some_and(apart);
    let goes_on = bare && between.len() == 1 && same || opened && part;
    (short && goes_on && listed(last.kind) && last.value_to.is_none()).then(|| (last.unit.clone(), last.kind))
}

fn listed(kind: Kind) -> bool {
    matches!(kind, Kind::Count | Kind::Measure | Kind::Money)
}
