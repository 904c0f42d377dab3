//! "3 trọng điểm là A, B và C": as many as are listed.

mod ordinals;

use super::Said;
use super::items::{self, Count};
use super::relation::{Relation, Tie, Verdict};
use crate::amount::Exact;
use crate::claim::{Hedge, Kind};
use crate::interval::Interval;
use crate::lexicon::starts_with;
use crate::text::{Document, Token, TokenKind};

/// Words before a list that is all there is.
const LISTS: [&str; 12] = [
    "gồm",
    "bao gồm",
    "gồm có",
    "là",
    "đó là",
    "cụ thể là",
    "lần lượt là",
    "gồm các",
    "như sau",
    "sau đây",
    "cụ thể",
    "sau",
];
/// Those that open a list by themselves.
const OPEN: [&str; 5] = ["gồm", "bao gồm", "gồm có", "đó là", "cụ thể là"];
/// Words before examples.
const EXAMPLES: [&str; 9] = [
    "như",
    "điển hình",
    "điển hình là",
    "điển hình như",
    "tiêu biểu là",
    "tiêu biểu như",
    "trong đó có",
    "nhất là",
    "chẳng hạn",
];
/// Nouns of what is announced to be listed.
const ANNOUNCED: [&str; 57] = [
    "nhóm",
    "giải pháp",
    "nhiệm vụ",
    "nội dung",
    "khâu",
    "bước",
    "điểm nghẽn",
    "trọng điểm",
    "lĩnh vực",
    "tiêu chí",
    "nguyên nhân",
    "hạng mục",
    "mục tiêu",
    "trụ cột",
    "đột phá",
    "chương trình",
    "vấn đề",
    "chuyên đề",
    "nghị quyết",
    "quyết định",
    "tồn tại",
    "hạn chế",
    "khó khăn",
    "bài học",
    "nguyên tắc",
    "yêu cầu",
    "phương châm",
    "nền tảng",
    "định hướng",
    "quan điểm",
    "thách thức",
    "yếu tố",
    "dấu ấn",
    "kiến nghị",
    "việc",
    "bài toán",
    "lợi thế",
    "thế mạnh",
    "nút thắt",
    "rào cản",
    "bất cập",
    "vướng mắc",
    "hợp phần",
    "phân hệ",
    "cấu phần",
    "ưu tiên",
    "đề xuất",
    "phương án",
    "kịch bản",
    "hướng",
    "lý do",
    "biện pháp",
    "động lực",
    "câu chuyện",
    "thông điệp",
    "khuyến nghị",
    "cam kết",
];
/// Tokens between the number and the word before the list.
const PHRASE_MAX: usize = 14;
/// A list longer than this is not looked through.
const LIST_MAX: i64 = 20;
/// A slip of so many is one; a larger gap may be kinds, not things.
const SLIP_MAX: i64 = 2;

/// What a word before a list says of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cue {
    /// All are named.
    All,
    /// "là": a list, or a property.
    Is,
    /// Some are named.
    Some,
    /// Behind other words: another count would be of something else.
    Far,
}

/// Lists behind the numbers of one sentence.
pub(super) fn find(document: &Document<'_>, sentence: usize, own: &[Said<'_>]) -> Vec<Relation> {
    let here: Vec<(usize, &Said<'_>)> =
        own.iter().enumerate().filter(|(_, said)| said.claim.sentence == sentence).collect();
    let one = |(at, said): &(usize, &Said<'_>)| {
        // "Hai xã còn tỷ lệ hộ nghèo trên 25% là A và B": a percentage may stand between.
        let behind = own.iter().skip(at + 1).find(|next| next.claim.unit != "%");
        let next = behind.filter(|next| next.claim.sentence == sentence);
        listed(document, said, next)
    };
    here.iter().filter_map(one).collect()
}

fn listed(document: &Document<'_>, said: &Said<'_>, next: Option<&Said<'_>>) -> Option<Relation> {
    let claim = said.claim;
    let stated = claim.value;
    let counted = claim.kind == Kind::Count && claim.hedge == Hedge::None && claim.value_to.is_none();
    if !counted || !stated.is_plain() || !(2..=LIST_MAX).contains(&stated.digits) || said.fraction.is_some() {
        return None;
    }
    let end = document.sentences.get(claim.sentence)?.tokens.end;
    let tokens = document.tokens.get(..end)?;
    let number = stated.digits;
    if is_announced(said)
        && let Some((told, all)) = ordinals::count(document, said.to, next.map(|next| next.from))
    {
        let verdict = if told == number { Verdict::Ok } else { Verdict::Mismatch };
        // Of many the first two may be told alone.
        let near = number.abs_diff(told) <= 1 && (all || told >= number);
        return near.then(|| relation(said, verdict, exact(told)));
    }
    let close = next.map_or(end, |next| next.from);
    let Some((cue, from)) = cue(tokens, said.to, close) else {
        let named =
            items::bracketed(tokens.get(said.to..)?).or_else(|| items::names(tokens.get(said.to..)?))?;
        return (named == number).then(|| relation(said, Verdict::Ok, exact(named)));
    };
    let items = sentence_items(tokens.get(from..)?);
    if items.is_empty() {
        let lines = lines(document, claim.sentence)?;
        let verdict = match number.abs_diff(lines) {
            0 => Verdict::Ok,
            1..=2 if cue == Cue::All && lines >= 2 => Verdict::Mismatch,
            _ => return None,
        };
        return Some(relation(said, verdict, exact(lines)));
    }
    // Numbers at the heads of the items make it a breakdown, not a list.
    let open = items.iter().any(|token| token.is_mark('…'))
        || items.windows(2).any(|pair| pair.iter().all(|token| token.is_mark('.')));
    // "3 mô hình là A, B và C; xã Y xây dựng 2 mô hình …": behind the list another clause counts again.
    let clause = items.iter().position(|token| token.is_mark(';')).map_or(items.len(), |close| close);
    let again = next.is_some_and(|next| next.alike(said) && next.from < from + clause);
    let breaks = items.first().is_some_and(Token::is_number) || again;
    if breaks || (open && cue != Cue::Some) {
        return None;
    }
    let count = items::count(items).filter(|count| count.most >= 2)?;
    if cue == Cue::Some {
        return Some(relation(said, Verdict::Insufficient, count));
    }
    let holds = (count.least..=count.most).contains(&number);
    let verdict = if holds {
        // "A, B và C": the "và" joins the last item, or stands inside it.
        if count.sure && number != count.likely { Verdict::Insufficient } else { Verdict::Ok }
    } else if count.sure && (cue != Cue::Far || is_numbered(items)) && is_slip(said, cue, items, count) {
        Verdict::Mismatch
    } else {
        return None;
    };
    Some(relation(said, verdict, count))
}

/// "(1) …; (2) …": whatever stands before them, the items are those of the list that is announced.
fn is_numbered(items: &[Token]) -> bool {
    matches!(items, [open, number, ..] if open.is_mark('(') && number.is_number())
}

fn exact(count: i64) -> Count {
    Count { least: count, most: count, likely: count, sure: true }
}

/// Whether it counts things that are announced to be listed: "ba thách thức".
fn is_announced(said: &Said<'_>) -> bool {
    ANNOUNCED.iter().any(|noun| said.claim.unit.starts_with(noun))
}

/// Whether another number in the list's place must be an error: things that are announced to be listed, or nearly
/// as many.
fn is_slip(said: &Said<'_>, cue: Cue, items: &[Token], count: Count) -> bool {
    let announced = is_announced(said);
    let number = said.claim.value.digits;
    let near = number.abs_diff(count.likely) <= SLIP_MAX.unsigned_abs();
    let clean = is_numbered(items) || !items::trimmed(items).iter().any(Token::is_number);
    // "ba xã chưa đạt tiêu chí môi trường là Pha Long, Cao Sơn, Sín Chéng và Lùng Phình": names alone.
    let named = cue == Cue::Is && items::names(items) == Some(count.likely);
    clean && (near || number < 10) && (announced || (near && (cue == Cue::All || named)))
}

/// The tokens of a list up to the end of its sentence.
fn sentence_items(items: &[Token]) -> &[Token] {
    let close = items.iter().position(|token| matches!(token.kind, TokenKind::Mark('.' | '!' | '?')));
    items.get(..close.unwrap_or(items.len())).unwrap_or_default()
}

/// Lines of a list behind a sentence that ends with a colon.
fn lines(document: &Document<'_>, sentence: usize) -> Option<i64> {
    let paragraph = document.sentences.get(sentence)?.paragraph;
    let mark = |at: usize| super::lines::mark(document, at);
    let first = mark(paragraph + 1)?;
    let nested = |at: &usize| mark(*at).is_some();
    let all = (paragraph + 1..document.paragraphs.len()).take_while(nested);
    let lines = all.filter(|at| mark(*at) == Some(first)).take(usize::try_from(LIST_MAX).unwrap_or(0) + 1);
    i64::try_from(lines.count()).ok()
}

fn relation(said: &Said<'_>, verdict: Verdict, count: Count) -> Relation {
    let number = said.claim.value.digits;
    let likely = count.likely;
    let expression = match verdict {
        Verdict::Mismatch => format!("kể ra {likely}, không phải {number}"),
        Verdict::Insufficient => format!("kể ra {likely}; bài nêu {number}"),
        Verdict::Ok | Verdict::OkTruncated => format!("kể ra {number}"),
    };
    let reason = match verdict {
        Verdict::Mismatch => format!("nếu {likely} thì khớp"),
        Verdict::Insufficient => "các tên kể ra chưa chắc là đủ".to_owned(),
        Verdict::Ok | Verdict::OkTruncated => String::new(),
    };
    let computed = Interval {
        low: Exact::from_integer(i128::from(count.least)),
        high: Exact::from_integer(i128::from(count.most)),
        low_open: false,
        high_open: false,
    };
    Relation {
        kind: Tie::ListCount,
        claims: vec![said.index],
        expression,
        computed: Some(computed),
        verdict,
        reason,
    }
}

/// The word before the list, and where the list begins.
fn cue(tokens: &[Token], from: usize, end: usize) -> Option<(Cue, usize)> {
    let colon = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(':'));
    let mut aside = false;
    for at in from..=end.min(from + PHRASE_MAX) {
        if colon(at) {
            return (!aside).then_some((Cue::All, at + 1));
        }
        let token = tokens.get(at)?;
        // Behind a comma the word stands at once: "4 nhóm nhiệm vụ, gồm: …".
        let within = |mark: char| matches!(mark, ',' | '%' | '/' | '“' | '”' | '"');
        if matches!(token.kind, TokenKind::Mark(mark) if !within(mark)) {
            return None;
        }
        if token.is_mark(',')
            && starts_with(tokens, at + 1, &LISTS) + starts_with(tokens, at + 1, &EXAMPLES) == 0
        {
            // "5 lĩnh vực được lựa chọn, triển khai, gồm: …": beyond other words only an open list is the number's.
            aside = true;
        }
        let (all, some) = (starts_with(tokens, at, &LISTS), starts_with(tokens, at, &EXAMPLES));
        // "hai khâu yếu nhất là …" names all of them.
        let most = starts_with(tokens, at, &["nhất là"]) > 0
            && !tokens.get(at - 1).is_some_and(|token| token.is_mark(','));
        let some = if most { 0 } else { some };
        if all == 0 && some == 0 {
            continue;
        }
        let words = all.max(some);
        if aside && !(colon(at + words) && starts_with(tokens, at, &OPEN) > 0) {
            continue;
        }
        let cue = match starts_with(tokens, at, &["là"]) {
            _ if colon(at + words) && all >= some => Cue::All,
            _ if some > all => Cue::Some,
            1 if words == 1 => Cue::Is,
            // "3 việc sau", "3 năm sau": a list only with its colon.
            _ if starts_with(tokens, at, &["sau", "cụ thể"]) == words => continue,
            _ => Cue::All,
        };
        let cue = if aside { Cue::Far } else { cue };
        return Some((cue, at + words + usize::from(colon(at + words))));
    }
    None
}
