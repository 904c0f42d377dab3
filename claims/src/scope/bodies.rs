//! Whose number it is: the agency that acts in its clause, and the field of work that the text names for it.

use std::collections::HashMap;
use std::ops::Range;

use crate::find::Placed;
use crate::lexicon::{Phrases, any_of, ends_with, starts_with};
use crate::text::{Document, Paragraph, Token, TokenKind, tokens};

/// Names that a text may use, each as the tokens that it consists of.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, Vec<Vec<String>>>);

impl Names {
    pub(super) fn of(names: &[String]) -> Self {
        let mut by_word: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for name in names {
            let mut words = Vec::new();
            tokens(name, 0..name.len(), &mut words);
            let words: Vec<String> = words.into_iter().map(|token| crate::text::lower(&token.norm)).collect();
            if let Some(first) = words.first() {
                by_word.entry(first.clone()).or_default().push(words);
            }
        }
        for names in by_word.values_mut() {
            names.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        Self(by_word)
    }

    /// The end of the longest name that begins at `at`.
    fn end(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let names = self.0.get(&tokens.get(at)?.norm)?;
        let fits = |words: &&Vec<String>| {
            let found = tokens.get(at..at + words.len()).unwrap_or_default();
            found.len() == words.len()
                && found.iter().zip(words.iter()).all(|(token, word)| token.norm == *word)
        };
        names.iter().find(fits).map(|words| at + words.len())
    }
}

/// Words before an agency that speaks, is asked or is told, but whose number it is not.
const NOT_ITS: [&str; 22] = [
    "theo",
    "theo báo cáo của",
    "báo cáo của",
    "số liệu của",
    "thông tin từ",
    "thống kê của",
    "đại diện",
    "lãnh đạo",
    "giám đốc",
    "phó giám đốc",
    "chánh văn phòng",
    "trưởng ban",
    "đồng chí",
    "ý kiến của",
    "đề nghị của",
    "nghe",
    "giao",
    "yêu cầu",
    "đề nghị",
    "phối hợp với",
    "cùng với",
    "gửi",
];
/// Words behind an agency that only speaks of the number.
const SPEAKS: [&str; 12] = [
    "báo cáo",
    "cho biết",
    "cho hay",
    "thông tin",
    "công bố",
    "đề nghị",
    "đề xuất",
    "tham mưu",
    "trình",
    "chủ trì",
    "đánh giá",
    "kiến nghị",
];
/// Words that open the number of a place, whoever acted before.
const OF_ALL: [&str; 8] =
    ["toàn tỉnh", "cả tỉnh", "trên địa bàn", "toàn xã", "toàn phường", "cả nước", "toàn quốc", "tỉnh đã"];
/// Words that put an agency behind its number: "2 trung tâm dữ liệu do Văn phòng Tỉnh ủy quản lý".
const DOES: [&str; 4] = ["do", "của", "thuộc", "tại"];
/// Words that name a field of work.
const IN_FIELD: [&str; 6] = ["lĩnh vực", "trong lĩnh vực", "ngành", "công tác", "về lĩnh vực", "về công tác"];
/// Tokens between an agency and its number at most.
const REACH: usize = 80;
/// Tokens of a paragraph's number, and of "Về", before a field at most.
const LEAD: usize = 4;

/// Gives each claim its agency and its field, as written.
pub(super) fn assign(document: &Document<'_>, claims: &mut [Placed], agencies: &Names, fields: &Names) {
    let mut heading: Option<String> = None;
    let (mut field, mut acting): (Option<String>, Option<String>) = (None, None);
    let mut paragraph = usize::MAX;
    let mut at = 0;
    for (index, sentence) in document.sentences.iter().enumerate() {
        let tokens = document.tokens_of(sentence);
        let Some(here) = document.paragraphs.get(sentence.paragraph) else { continue };
        if sentence.paragraph != paragraph {
            (paragraph, acting) = (sentence.paragraph, None);
            heading = heading.filter(|_| !is_headed(here));
            field.clone_from(&heading);
        }
        if is_headed(here) {
            // "1. Nông nghiệp": the number is a sentence of its own.
            heading = opened(document, tokens, fields).or(heading);
        }
        field = named_field(document, tokens, fields).or(field);
        let mentions = mentions(tokens, agencies);
        let carried = acting.clone().filter(|_| mentions.is_empty() && !has(tokens, &OF_ALL));
        while let Some(placed) = claims.get_mut(at).filter(|placed| placed.claim.sentence == index) {
            let own = owner(tokens, &mentions, &placed.tokens);
            let written = own.and_then(|own| written(document, tokens, own));
            placed.claim.scope.agency = written.or_else(|| carried.clone());
            placed.claim.scope.sector.clone_from(&field);
            at += 1;
        }
        let leads =
            |mention: &&Range<usize>| acts(tokens, mention) && ends_with(tokens, mention.start, &DOES) == 0;
        let acts = mentions.iter().rev().find(leads);
        acting = acts.and_then(|acts| self::written(document, tokens, acts)).or(acting);
    }
}

fn is_headed(paragraph: &Paragraph) -> bool {
    paragraph.heading && !paragraph.aside
}

fn has(tokens: &[Token], phrases: &Phrases) -> bool {
    (0..tokens.len()).any(|at| starts_with(tokens, at, phrases) > 0)
}

fn written(document: &Document<'_>, tokens: &[Token], at: &Range<usize>) -> Option<String> {
    let (first, last) = (tokens.get(at.start)?, tokens.get(at.end.checked_sub(1)?)?);
    document.text.get(first.at.start..last.at.end).map(str::to_owned)
}

/// The agencies that a sentence names, each with the place behind its name: "Công an tỉnh", "UBND xã Bát Xát".
fn mentions(tokens: &[Token], agencies: &Names) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let capital = tokens.get(at).is_some_and(|token| token.capital && token.is_word());
        match agencies.end(tokens, at).filter(|_| capital) {
            Some(end) => {
                let typed = usize::from(any_of(tokens.get(end), &["tỉnh", "xã", "phường", "huyện"]))
                    .max(starts_with(tokens, end, &["thành phố", "thị xã"]));
                let named =
                    tokens.iter().skip(end + typed).take_while(|token| token.capital && token.is_word());
                let end = end + typed + if typed > 0 { named.count() } else { 0 };
                found.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether the agency does what is told, and does not only speak of it.
fn acts(tokens: &[Token], mention: &Range<usize>) -> bool {
    ends_with(tokens, mention.start, &NOT_ITS) == 0 && starts_with(tokens, mention.end, &SPEAKS) == 0
}

/// The agency whose number it is: the nearest that acts before it, with nothing between that opens another's; or the one
/// behind that it is said to be of.
fn owner<'m>(
    tokens: &[Token],
    mentions: &'m [Range<usize>],
    claim: &Range<usize>,
) -> Option<&'m Range<usize>> {
    let between = |from: usize, to: usize| tokens.get(from..to).unwrap_or_default();
    let next = mentions.partition_point(|mention| mention.end <= claim.start);
    let does = mentions.get(next).filter(|mention| {
        let words = between(claim.end, mention.start);
        words.len() <= REACH
            && ends_with(tokens, mention.start, &DOES) > 0
            && words.iter().all(Token::is_word)
    });
    let before = next.checked_sub(1).and_then(|before| mentions.get(before));
    let acting = before.filter(|mention| claim.start - mention.end <= REACH).filter(|mention| {
        let words = between(mention.end, claim.start);
        let ended = words.iter().any(|token| matches!(token.kind, TokenKind::Mark(';' | ':')));
        acts(tokens, mention) && !ended && !has(words, &OF_ALL)
    });
    does.or(acting)
}

/// "trong lĩnh vực y tế", "ngành giáo dục": the last that a sentence names; or what it begins with: "Về đất đai, …".
fn named_field(document: &Document<'_>, tokens: &[Token], fields: &Names) -> Option<String> {
    let named = |at: usize| {
        let end = fields.end(tokens, at).filter(|_| ends_with(tokens, at, &IN_FIELD) > 0)?;
        written(document, tokens, &(at..end))
    };
    (0..tokens.len()).rev().find_map(named).or_else(|| opened(document, tokens, fields))
}

/// "1. Y tế", "Về đất đai, …", "Nông nghiệp: …": the field that a line begins with.
fn opened(document: &Document<'_>, tokens: &[Token], fields: &Names) -> Option<String> {
    let about = (0..=LEAD).find(|at| any_of(tokens.get(*at), &["về"])).map(|about| about + 1);
    // Before it stands no more than its number: "1.", "a)", "II."
    let numbered = |at: &usize| {
        let before = tokens.get(..*at).unwrap_or_default();
        before.iter().all(|token| !token.is_word() || token.norm.chars().all(|c| "ivxabcd".contains(c)))
    };
    let mut begins = about.into_iter().chain((0..=LEAD).filter(numbered));
    let (begins, end) = begins.find_map(|at| Some((at, fields.end(tokens, at)?)))?;
    let ends = tokens.get(end).is_none_or(|next| !next.is_word());
    ends.then(|| written(document, tokens, &(begins..end))).flatten()
}
