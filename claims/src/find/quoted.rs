//! Titles in quotation marks: a number in a title claims nothing.

use std::ops::Range;

use crate::lexicon::ends_with;
use crate::text::{Token, TokenKind};

/// Words a title has at most; more is somebody's speech.
const TITLE_TOKENS_MAX: usize = 16;

/// What stands between quotation marks and is a title.
pub(super) fn titles(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut titles = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Mark(mark) = token.kind else { continue };
        match (open, mark) {
            (None, '“' | '"' | '«' | '‘') => open = Some((at, mark)),
            (Some((from, '“')), '”')
            | (Some((from, '"')), '"')
            | (Some((from, '«')), '»')
            | (Some((from, '‘')), '’') => {
                let inner = tokens.get(from + 1..at).unwrap_or_default();
                if is_title(inner) && !is_speech(tokens, from) && !is_said(tokens, from, at) {
                    titles.push(from..at + 1);
                }
                open = None;
            }
            _ => {}
        }
    }
    titles
}

/// Words that tell who speaks.
const SAYS: [&str; 12] = [
    "nói",
    "chia sẻ",
    "cho biết",
    "cho hay",
    "khẳng định",
    "nhấn mạnh",
    "kể",
    "tâm sự",
    "bộc bạch",
    "phấn khởi",
    "trao đổi",
    "thông tin",
];

/// "“Cả 12 điểm trường đã có điện lưới”, thầy hiệu trưởng cho biết": a sentence that opens so is somebody's.
fn is_said(tokens: &[Token], open: usize, close: usize) -> bool {
    const NAME_MAX: usize = 14;
    let behind = tokens.get(close + 1..tokens.len().min(close + 1 + NAME_MAX)).unwrap_or_default();
    let first = open == 0 || tokens.get(open - 1).is_some_and(|mark| mark.is_mark('.'));
    let comma = behind.first().is_some_and(|mark| mark.is_mark(','));
    first && comma && (1..=behind.len()).any(|end| ends_with(behind, end, &SAYS) > 0)
}

/// "Bà Mẩy nói: “Nhà tôi có 4 sào ruộng”".
fn is_speech(tokens: &[Token], open: usize) -> bool {
    let colon = open.checked_sub(1).filter(|at| tokens.get(*at).is_some_and(|mark| mark.is_mark(':')));
    ends_with(tokens, colon.unwrap_or(open), &SAYS) > 0
}

fn is_title(inner: &[Token]) -> bool {
    let ends =
        inner.last().is_some_and(|token| matches!(token.kind, TokenKind::Mark('.' | ',' | '!' | '?' | ';')));
    !ends && inner.len() <= TITLE_TOKENS_MAX
}
