//! Times that say nothing of a claim: of documents, meetings and terms.

use super::expression::{Expression, Role, dash_to, one};
use super::period::{self, Reading};
use crate::lexicon::{ends_with, starts_with};
use crate::text::{Token, TokenKind};

/// Tokens from "đánh giá" to the period that is judged at most.
const TOPIC_MAX: usize = 14;
/// Tokens of a document's number at most.
const DOCUMENT_MAX: usize = 12;

/// "Chiều 25/11, … họp đánh giá 10 tháng, với 126 đại biểu": what a meeting speaks of is not when it is.
pub(super) fn drop_topics(tokens: &[Token], found: &mut Vec<Expression>) {
    const MEETS: [&str; 3] = ["đánh giá", "sơ kết", "tổng kết"];
    let day = |said: &Expression| {
        said.role == Role::Own && said.time.from.is_some() && said.time.from == said.time.to
    };
    let Some(first) = found.iter().find(|said| day(said)).map(|said| said.tokens.end) else { return };
    found.retain(|said| {
        let open = first.max(said.tokens.start.saturating_sub(TOPIC_MAX));
        let meets = (open + 1..=said.tokens.start).rev().find(|end| ends_with(tokens, *end, &MEETS) > 0);
        let between = meets.and_then(|end| tokens.get(end..said.tokens.start)).unwrap_or_default();
        let clear =
            !between.iter().any(|token| token.is_number() || token.is_mark(',') || token.is_mark(';'));
        day(said) || meets.is_none() || !clear
    });
}

/// The end of a time that says nothing of a claim: the day of a document or of a meeting, a school year, a term of
/// office.
pub(super) fn end(tokens: &[Token], at: usize, reading: Reading) -> usize {
    const EVENTS: [&str; 15] = [
        "công bố",
        "phiên họp",
        "kỳ họp",
        "cuộc họp",
        "họp",
        "hội nghị",
        "buổi làm việc",
        "khởi công",
        "khánh thành",
        "hiệu lực",
        "hiệu lực từ",
        "hiệu lực kể từ",
        "buổi lễ",
        "lễ",
        "ký",
    ];
    // "(19/8/1945 – 19/8/2025)": what is remembered.
    let opens = at > 0 && tokens.get(at - 1).is_some_and(|mark| mark.is_mark('('));
    if let Some((from, _, end)) = period::at(tokens, at, reading).filter(|(from, to, _)| opens && from == to)
    {
        let second = dash_to(tokens, end, reading).filter(|(day, _)| day.year() > from.year() + 1);
        return second.map_or(at, |(_, end)| end);
    }
    let terms = starts_with(tokens, at, &["năm học", "nhiệm kỳ", "niên khóa", "khóa"]);
    if terms > 0 {
        return period::span(tokens, at + terms).map_or(at, |(_, _, end)| end);
    }
    let since = starts_with(tokens, at, &["từ", "kể từ"]);
    if since > 0 && at > 0 && one(tokens, at, reading).is_none() {
        return period::at(tokens, at + since, reading).map_or(at, |(_, _, end)| end);
    }
    // "trước ngày 15/12 trình kế hoạch": when a paper is due.
    let due = starts_with(tokens, at, &["trước", "chậm nhất", "chậm nhất là"]);
    if let Some((_, _, end)) = period::at(tokens, at + due, reading).filter(|_| due > 0) {
        let paper = ["trình", "báo cáo", "gửi", "ban hành", "tham mưu", "nộp", "để", "trả lời"];
        return if starts_with(tokens, end, &paper) > 0 { end } else { at };
    }
    let of_event = ends_with(tokens, at, &EVENTS) > 0;
    if !of_event && !is_document(tokens, at) {
        return at;
    }
    let day = period::at(tokens, at, reading).filter(|(from, to, _)| from == to || of_event);
    day.map_or(at, |(_, _, end)| end)
}

/// Behind the number of a document: "Công văn số 2917/SNNMT-CNTY ngày 02/10/2025".
fn is_document(tokens: &[Token], at: usize) -> bool {
    let is_part = |token: &Token| {
        token.is_number()
            || token.kind == TokenKind::Code
            || token.is_mark('/')
            || token.is_dash()
            || token.capital
    };
    let tail = tokens.get(..at).unwrap_or_default().iter().rev().take(DOCUMENT_MAX);
    let part = tail.take_while(|token| is_part(token)).count();
    let begin = at - part;
    let numbered = tokens.get(begin..at).unwrap_or_default().iter().any(|token| token.is_mark('/'));
    let named =
        ["số", "công văn", "quyết định", "nghị quyết", "kế hoạch", "báo cáo", "tờ trình", "thông báo"];
    part > 1 && numbered && (begin..begin + 2).any(|at| ends_with(tokens, at, &named) > 0)
}
