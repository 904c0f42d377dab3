//! Of what place: the nearest that clause, sentence, paragraph or headline names; and of whose work.

mod bodies;
mod gazetteer;

use std::ops::Range;

pub use gazetteer::{Gazetteer, PlaceName};

use crate::find::Placed;
use crate::lexicon::{ends_with, starts_with};
use crate::text::{Document, Token, TokenKind};

/// A place that a sentence names.
#[derive(Clone, Debug)]
struct Mention {
    tokens: Range<usize>,
    code: String,
    province: bool,
    /// Code of the province around it.
    within: Option<String>,
    merged: bool,
}

/// Words for the province that the text speaks of.
const THE_PROVINCE: [&str; 8] = [
    "toàn tỉnh",
    "trên địa bàn tỉnh",
    "của tỉnh",
    "trong tỉnh",
    "cả tỉnh",
    "địa bàn toàn tỉnh",
    "tỉnh ta",
    "tỉnh đã",
];
/// Words for the commune that the text spoke of last, as the subject of a clause.
const THE_COMMUNE: [&str; 22] = [
    "toàn xã",
    "toàn phường",
    "trên địa bàn xã",
    "trên địa bàn phường",
    "xã đã",
    "phường đã",
    "xã có",
    "phường có",
    "xã hiện có",
    "phường hiện có",
    "xã đón",
    "phường đón",
    "xã đạt",
    "phường đạt",
    "xã thu",
    "phường thu",
    "xã còn",
    "phường còn",
    "xã tiếp nhận",
    "phường tiếp nhận",
    "xã thực hiện",
    "phường thực hiện",
];
const WORDS: [&str; 9] =
    ["tỉnh", "thành phố", "xã", "phường", "thị trấn", "đặc khu", "tp", "huyện", "thị xã"];

/// Gives each claim the place, the agency and the field that it is said of.
pub(crate) fn assign(document: &Document<'_>, claims: &mut [Placed], gazetteer: &Gazetteer) {
    places(document, claims, gazetteer);
    bodies::assign(document, claims, &gazetteer.agencies, &gazetteer.fields);
}

fn places(document: &Document<'_>, claims: &mut [Placed], gazetteer: &Gazetteer) {
    let mut spoken = Spoken::default();
    let mut headline: Option<Mention> = None;
    let mut over = true;
    let mut paragraph = usize::MAX;
    let mut earlier: Option<Mention> = None;
    let mut at = 0;
    for (index, sentence) in document.sentences.iter().enumerate() {
        let tokens = document.tokens_of(sentence);
        if sentence.paragraph != paragraph {
            (paragraph, earlier) = (sentence.paragraph, None);
        }
        let mentions = mentions(tokens, gazetteer, &mut spoken);
        let here = document.paragraphs.get(sentence.paragraph);
        // What stands over the text: its headline, or the lines before its first sentence.
        let open = tokens.last().is_some_and(|last| last.is_word() || last.is_number() || last.is_mark(')'));
        over = over && here.is_some_and(|paragraph| paragraph.heading || sentence.paragraph == 0 || open);
        if over && headline.is_none() {
            headline = mentions.first().cloned();
        }
        let aside = here.is_some_and(|paragraph| paragraph.aside);
        while let Some(placed) = claims.get_mut(at).filter(|placed| placed.claim.sentence == index) {
            let found = nearest(tokens, &mentions, &placed.tokens)
                .or(earlier.as_ref())
                .or(headline.as_ref().filter(|_| !aside));
            if let Some(mention) = found {
                placed.claim.scope.place = Some(mention.code.clone());
                placed.claim.scope.merged = mention.merged;
            }
            at += 1;
        }
        earlier = mentions.last().cloned().or(earlier);
    }
}

/// In the clause before or behind; then the nearest before in the sentence, then behind.
fn nearest<'m>(tokens: &[Token], mentions: &'m [Mention], claim: &Range<usize>) -> Option<&'m Mention> {
    let before = mentions.iter().rev().find(|mention| mention.tokens.end <= claim.start);
    let behind = mentions.iter().find(|mention| mention.tokens.start >= claim.end);
    let clear = |from: usize, to: usize, marks: &[char]| {
        !tokens
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .any(|token| matches!(token.kind, TokenKind::Mark(mark) if marks.contains(&mark)))
    };
    let in_clause = before.filter(|mention| clear(mention.tokens.end, claim.start, &[',', ';', '(']));
    let after = behind.filter(|mention| clear(claim.end, mention.tokens.start, &[',', ';', '(', ')', '.']));
    in_clause.or(after).or(before).or(behind)
}

/// What the text has spoken of last.
#[derive(Default)]
struct Spoken {
    /// Code of the province.
    province: Option<String>,
    /// The commune: its word and its mention.
    commune: Option<(String, Mention)>,
}

fn mentions(tokens: &[Token], gazetteer: &Gazetteer, spoken: &mut Spoken) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(mention) = address(tokens, at, gazetteer)
            .or_else(|| named(tokens, at, gazetteer, spoken.province.as_deref()))
        {
            if mention.province {
                spoken.province = Some(mention.code.clone());
            } else if let Some(word) = at.checked_sub(1).and_then(|word| tokens.get(word)) {
                spoken.commune = Some((word.norm.clone(), mention.clone()));
                // "Phường Sa Pa … Toàn tỉnh có 4.607 trạm": of the province around it.
                spoken.province = spoken.province.take().or_else(|| mention.within.clone());
            }
            at = mention.tokens.end;
            mentions.push(mention);
        } else if let Some(again) = again(tokens, at, spoken) {
            at = again.tokens.end;
            mentions.push(again);
        } else {
            at += 1;
        }
    }
    mentions
}

/// "toàn tỉnh", "phường đón 968.200 lượt khách": the place that the text spoke of.
fn again(tokens: &[Token], at: usize, spoken: &Spoken) -> Option<Mention> {
    let own = starts_with(tokens, at, &THE_PROVINCE);
    if own > 0 && is_base(tokens, at) {
        return None;
    }
    if let Some(code) = spoken.province.clone().filter(|_| own > 0) {
        return Some(Mention { tokens: at..at + own, code, province: true, within: None, merged: false });
    }
    let own = starts_with(tokens, at, &THE_COMMUNE);
    // "99 xã đã hoàn thành", "các xã có …": several, and none of them.
    let counted = at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
        before.is_number()
            || matches!(before.norm.as_str(), "các" | "mỗi" | "số" | "những" | "nhiều" | "cấp" | "một")
    });
    let (word, commune) = spoken.commune.as_ref().filter(|_| own > 0 && !counted)?;
    let same = tokens.get(at..at + own)?.iter().any(|token| token.norm == *word);
    same.then(|| Mention { tokens: at..at + own, ..commune.clone() })
}

/// "phường đón 968.200 lượt khách, chiếm 30,9% lượng khách toàn tỉnh": what the share is of, not where it is.
fn is_base(tokens: &[Token], at: usize) -> bool {
    const BASE: usize = 5;
    let before = tokens.get(at.saturating_sub(BASE)..at).unwrap_or_default();
    let percent = before.iter().rposition(|token| token.is_mark('%'));
    percent.is_some_and(|percent| before.iter().skip(percent + 1).all(Token::is_word))
}

/// "xã Bát Xát, tỉnh Lào Cai", "xã Bát Xát (Lào Cai)": one place, in the province behind it.
fn address(tokens: &[Token], at: usize, gazetteer: &Gazetteer) -> Option<Mention> {
    let place = named(tokens, at, gazetteer, None).filter(|place| !place.province)?;
    let between = behind_joint(tokens, place.tokens.end)?;
    let typed = starts_with(tokens, between, &["tỉnh", "thành phố", "tp"]);
    let province = named(tokens, between + typed, gazetteer, None).filter(|place| place.province)?;
    let own = named(tokens, at, gazetteer, Some(&province.code))?;
    Some(Mention { tokens: at..province.tokens.end, ..own })
}

/// Behind the comma, the bracket, the dash or the "thuộc" that joins a place to its province.
fn behind_joint(tokens: &[Token], at: usize) -> Option<usize> {
    let joins =
        tokens.get(at).is_some_and(|token| token.is_mark(',') || token.is_mark('(') || token.is_dash());
    let joined = usize::from(joins) + starts_with(tokens, at + usize::from(joins), &["thuộc", "của"]);
    (joined > 0).then_some(at + joined)
}

/// The place whose name begins at `at`: with its word before it, or a province alone.
fn named(tokens: &[Token], at: usize, gazetteer: &Gazetteer, home: Option<&str>) -> Option<Mention> {
    let first = tokens.get(at).filter(|token| token.is_word() && token.capital)?;
    let fits = |words: &[String]| {
        let mut next = at;
        words
            .iter()
            .all(|word| {
                while tokens.get(next).is_some_and(|token| token.is_dash() && next > at) {
                    next += 1;
                }
                let same = tokens.get(next).is_some_and(|token| token.capital && token.norm == *word);
                next += 1;
                same
            })
            .then_some(next)
    };
    let typed = ends_with(tokens, at, &WORDS);
    let word = tokens.get(at.checked_sub(typed)?..at).unwrap_or_default();
    let word: Vec<&str> = word.iter().map(|token| token.norm.as_str()).collect();
    let word = if word == ["tp"] { "thành phố".to_owned() } else { word.join(" ") };
    let candidates: Vec<(usize, &PlaceName)> = gazetteer
        .beginning(&first.norm)
        .filter_map(|(words, place)| Some((fits(words)?, place)))
        .filter(|(_, place)| {
            let same = crate::text::lower(&place.type_word) == word;
            if place.province.is_none() {
                // A province may have become a city since the text was written.
                typed == 0 || same || matches!(word.as_str(), "tỉnh" | "thành phố")
            } else {
                typed > 0 && same
            }
        })
        .collect();
    let longest = candidates.iter().map(|(end, _)| *end).max()?;
    let mut best: Vec<&PlaceName> =
        candidates.iter().filter(|(end, _)| *end == longest).map(|(_, place)| *place).collect();
    // Of places of one name the nearest: in the province spoken of, and one that is there today.
    let former = (longest..longest + 2).any(|at| tokens.get(at).is_some_and(|token| token.norm == "cũ"));
    best.sort_by_key(|place| {
        (place.merged != former, place.province.is_some() && place.province.as_deref() != home)
    });
    let place = best.first()?;
    // Names repeat from one province to the next.
    let only = best.iter().filter(|other| other.merged == place.merged).count() == 1;
    // A name alone that stands in another name is none: "Phân hiệu Đại học Thái Nguyên".
    Some(Mention {
        tokens: at..longest,
        code: place.code.clone(),
        province: place.province.is_none(),
        within: place.province.clone().filter(|_| only),
        merged: place.merged,
    })
}
