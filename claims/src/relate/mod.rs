//! Which numbers the text ties together: looked for sentence by sentence, by the words between them.

mod beyond;
mod bridge;
mod change;
mod complement;
mod derived;
mod enumeration;
mod fits;
mod hundred;
mod implied;
mod items;
mod judge;
mod label;
mod left;
mod levels;
mod lines;
mod list;
mod mean;
mod parts;
mod reason;
mod relation;
mod scene;
mod share;
mod states;
mod sum;
mod table;

pub use reason::slip;
pub use relation::{Relation, Tie, Verdict};

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::claim::{Claim, Direction, Kind};
use crate::find::{Fraction, Placed};
use crate::lexicon::{Phrases, ends_with};
use crate::text::{Document, Token, TokenKind};

use judge::Stated;
use relation::Formula;
use scene::Scene;

/// A claim in its sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'d> {
    /// Index among all claims.
    index: usize,
    claim: &'d Claim,
    tokens: &'d [Token],
    from: usize,
    to: usize,
    fraction: Option<Fraction>,
    bracketed: bool,
    direction: Option<Direction>,
    /// Its line in the text.
    line: usize,
    /// The mark of its line, where that is one of a list.
    item: Option<char>,
}

impl<'d> Said<'d> {
    /// Whether one of `phrases` stands in the `window` tokens before it.
    fn follows(&self, phrases: &Phrases, window: usize) -> bool {
        self.distance_to(phrases, window).is_some()
    }

    /// Tokens between the nearest of `phrases` and it.
    fn distance_to(&self, phrases: &Phrases, window: usize) -> Option<usize> {
        let open = self.from.saturating_sub(window);
        (open + 1..=self.from)
            .rev()
            .find(|end| ends_with(self.tokens, *end, phrases) > 0)
            .map(|end| self.from - end)
    }

    /// The tokens between this and a later claim of the same sentence.
    fn until(&self, later: &Said<'_>) -> &'d [Token] {
        self.tokens.get(self.to..later.from).unwrap_or_default()
    }

    /// Whether both count the same thing: "giấy" and "giấy chứng nhận", "xã" of "xã, phường".
    fn alike(&self, other: &Said<'_>) -> bool {
        let within = |one: &str, other: &str| {
            one.strip_prefix(other).is_some_and(|rest| rest.starts_with(' '))
                || (one.contains(", ") && one.split(", ").any(|part| part == other))
        };
        let (one, two) = (self.claim.unit.as_str(), other.claim.unit.as_str());
        // "mẫu" counts samples, and measures land.
        let kinds = [self.claim.kind, other.claim.kind];
        let kind = kinds.iter().all(|kind| matches!(kind, Kind::Count | Kind::Measure));
        let named = |one: &str, two: &str| within(one, two) || pupils(one, two) || is_body(one, two);
        // "kiểm tra 1.356 lượt cơ sở, phát hiện 174 cơ sở vi phạm"
        let times = |one: &str, two: &str| one.strip_prefix("lượt ") == Some(two);
        let named = |one: &str, two: &str| named(one, two) || times(one, two);
        let same = one == two || named(one, two) || named(two, one);
        (kind || self.claim.kind == other.claim.kind) && same
    }

    fn same_sentence(&self, other: &Said<'_>) -> bool {
        self.claim.sentence == other.claim.sentence
    }

    /// Whether it stands in brackets.
    fn is_bracketed(&self) -> bool {
        self.bracketed
    }

    fn value(&self) -> crate::amount::Exact {
        self.claim.value.exact()
    }

    /// The way of a change; none of a level that a change reaches: "giảm còn 46 em", "tăng từ 40 lên 50".
    fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// A level: no change, no percentage of something else.
    fn is_level(&self) -> bool {
        self.direction().is_none()
    }
}

/// "58/65 xã, phường …, còn 7 đơn vị": the general word for what was named.
fn is_body(general: &str, named: &str) -> bool {
    const BODIES: [&str; 6] = ["xã", "phường", "huyện", "sở", "cơ quan", "trường"];
    matches!(general, "đơn vị" | "địa phương")
        && BODIES.iter().any(|body| {
            named.strip_prefix(body).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
        })
}

/// "756 học sinh, trong đó có 412 em nữ": those who are told by a shorter word.
fn pupils(unit: &str, other: &str) -> bool {
    matches!(unit, "em" | "cháu") && matches!(other, "học sinh" | "trẻ em" | "trẻ" | "thiếu nhi")
}

/// Whether one of `phrases` stands in `tokens`.
fn has(tokens: &[Token], phrases: &Phrases) -> bool {
    (1..=tokens.len()).any(|end| ends_with(tokens, end, phrases) > 0)
}

fn has_mark(tokens: &[Token], marks: &[char]) -> bool {
    tokens.iter().any(|token| matches!(token.kind, TokenKind::Mark(mark) if marks.contains(&mark)))
}

/// Words before a level that a change leads to or from.
const REACHED: [&str; 16] = [
    "còn",
    "xuống",
    "lên",
    "từ",
    "lên mức",
    "xuống mức",
    "lên tới",
    "lên đến",
    "còn khoảng",
    "còn gần",
    "còn hơn",
    "lên khoảng",
    "lên gần",
    "lên hơn",
    "lên trên",
    "xuống dưới",
];
/// Tokens of a bracket that are looked through.
const BRACKET_MAX: usize = 40;
/// Claims that are looked at together: a paragraph beyond it is read in parts, so that time grows with length.
const SCENE_MAX: usize = 64;

/// Cells of a table that are looked at together.
const CELLS_MAX: usize = 512;
/// Slips that are searched for in one text: a text with more errors is not one that a person wrote.
const SEARCHES_MAX: u32 = 256;
/// Claims before a paragraph among which a whole or a base may stand.
const EARLIER_MAX: usize = 48;
/// Numbers of a text times the words around them that are looked through for ties: many times what a report of a
/// hundred pages has.
const WORK_MAX: usize = 5_000_000;
/// Numbers for which a fit is looked for in one text; it is more than a hundred pages hold.
const LOOKS_MAX: u32 = 3_072;

/// All relations of a text: each paragraph is read as a whole, with the one before it.
///
/// The second is the claim before which the looking ended, where a text is too dense to be looked through.
pub(crate) fn relations(document: &Document<'_>, claims: &[Placed]) -> (Vec<Relation>, Option<usize>) {
    let plain: Vec<&Claim> = claims.iter().map(|placed| &placed.claim).collect();
    let mut relations = Vec::new();
    let mut before: Vec<Said<'_>> = Vec::new();
    let mut earlier: Vec<Said<'_>> = Vec::new();
    let mut looks_left = WORK_MAX;
    let mut settled: BTreeSet<usize> = BTreeSet::new();
    let (searches, looks) = (Cell::new(SEARCHES_MAX), Cell::new(LOOKS_MAX));
    for group in lines::groups(document) {
        let own = group.flat_map(|at| said(document, claims, at)).filter(|said| !is_cell(claims, said));
        let own: Vec<Said<'_>> = own.collect();
        for part in own.chunks(SCENE_MAX) {
            let from = before.first().or(part.first()).map_or(0, |first| first.from);
            let words = part.last().map_or(0, |last| last.to.saturating_sub(from));
            let Some(left) = looks_left.checked_sub(part.len() * words) else {
                return (relations, part.first().map(|first| first.index));
            };
            looks_left = left;
            let scene = Scene {
                claims: &plain,
                before: &before,
                earlier: &earlier,
                own: part,
                settled: &settled,
                searches: &searches,
                looks: &looks,
            };
            let found = of_scene(document, &scene);
            let said = found.iter().filter(|relation| relation.verdict != Verdict::Insufficient);
            settled.extend(said.flat_map(|relation| relation.claims.iter().copied()));
            relations.extend(found);
            before = part.to_vec();
            earlier.extend(part);
            earlier.drain(..earlier.len().saturating_sub(EARLIER_MAX));
        }
    }
    relations.extend(of_tables(document, claims, &plain, (&searches, &looks)));
    (relations, None)
}

fn is_cell(claims: &[Placed], said: &Said<'_>) -> bool {
    claims.get(said.index).is_some_and(|placed| placed.cell.is_some())
}

/// What the cells of each table tell of each other.
fn of_tables(
    document: &Document<'_>,
    claims: &[Placed],
    plain: &[&Claim],
    (searches, looks): (&Cell<u32>, &Cell<u32>),
) -> Vec<Relation> {
    if claims.iter().all(|placed| placed.cell.is_none()) {
        return Vec::new();
    }
    let all: Vec<Said<'_>> =
        (0..document.paragraphs.len()).flat_map(|at| said(document, claims, at)).collect();
    let table =
        |said: &Said<'_>| claims.get(said.index).and_then(|placed| placed.cell).map(|cell| cell.table);
    let settled = BTreeSet::new();
    let mut found = Vec::new();
    let mut from = 0;
    while from < all.len() {
        let rest = all.get(from..all.len().min(from + CELLS_MAX)).unwrap_or_default();
        let of = rest.first().and_then(table);
        // A number with a unit of its own may stand among the cells.
        let to =
            from + rest.iter().rposition(|said| of.is_some() && table(said) == of).map_or(1, |last| last + 1);
        if of.is_some() {
            let before = all.get(from.saturating_sub(EARLIER_MAX)..from).unwrap_or_default();
            let own = all.get(from..to).unwrap_or_default();
            let scene =
                Scene { claims: plain, before, earlier: &[], own, settled: &settled, searches, looks };
            found.extend(table::find(&scene, claims));
        }
        from = to;
    }
    found
}

fn of_scene(document: &Document<'_>, scene: &Scene<'_, '_>) -> Vec<Relation> {
    let mut stated = Vec::new();
    left::find(scene, &mut stated);
    parts::find(scene, &mut stated);
    stated.retain(|stated| !judge::is_elsewhere(scene, stated));
    share::find(scene, &mut stated);
    beyond::find(scene, &mut stated);
    change::find(scene, &mut stated);
    mean::find(scene, &mut stated);
    let mut found: Vec<Relation> = stated.iter().filter_map(|stated| judge::judged(scene, stated)).collect();
    found.extend(hundred::find(scene, &stated));
    let (first, last) = (scene.own.first(), scene.own.last());
    let sentences =
        first.zip(last).map_or(0..0, |(first, last)| first.claim.sentence..last.claim.sentence + 1);
    for sentence in sentences {
        found.extend(list::find(document, sentence, scene.own));
    }
    fits::find(scene, &mut found);
    let confirmed = share::confirmed::find(scene, &found);
    found.extend(confirmed);
    let confirmed = left::confirmed::find(scene, &found);
    found.extend(confirmed);
    let confirmed = change::confirmed::find(scene, &found);
    found.extend(confirmed);
    let whole = hundred::runs(scene.own, &found);
    found.extend(whole);
    let split = hundred::split(scene, &found);
    found.extend(split);
    let lone = share::lone(scene.own, &found);
    found.extend(lone);
    let lone = derived::find(scene.own, &found);
    found.extend(lone);
    let lone = mean::span::lone(scene.own, &found);
    found.extend(lone);
    let implied = implied::find(scene.own, &found);
    found.extend(implied);
    found
}

fn said<'d>(document: &'d Document<'_>, claims: &'d [Placed], paragraph: usize) -> Vec<Said<'d>> {
    let line = paragraph;
    let Some(paragraph) = document.paragraphs.get(paragraph) else { return Vec::new() };
    let item = lines::mark(document, line);
    let first = claims.partition_point(|placed| placed.claim.sentence < paragraph.sentences.start);
    let of = claims.iter().enumerate().skip(first);
    let of = of.take_while(|(_, placed)| placed.claim.sentence < paragraph.sentences.end);
    let said = of.filter_map(|(index, placed)| {
        let start = document.sentences.get(placed.claim.sentence)?.tokens.start;
        Some(Said {
            index,
            claim: &placed.claim,
            tokens: &document.tokens,
            from: start + placed.tokens.start,
            to: start + placed.tokens.end,
            fraction: placed.fraction,
            bracketed: is_bracketed(&document.tokens, start + placed.tokens.start),
            direction: direction(&document.tokens, start + placed.tokens.start, &placed.claim),
            line,
            item,
        })
    });
    said.collect()
}

/// The way of a change that begins at token `at`: told by a verb, or by a sign as in "giảm 1,1% (-717 ha)".
fn direction(tokens: &[Token], at: usize, claim: &Claim) -> Option<Direction> {
    let sign = at.checked_sub(1).and_then(|sign| tokens.get(sign));
    let open = at.checked_sub(2).and_then(|open| tokens.get(open)).is_some_and(|mark| mark.is_mark('('));
    match sign {
        Some(sign) if open && sign.is_mark('+') => Some(Direction::Up),
        Some(sign) if open && sign.is_dash() => Some(Direction::Down),
        _ => claim.measures.direction.filter(|_| ends_with(tokens, at, &REACHED) == 0),
    }
}

/// Whether a bracket is open before token `at`.
fn is_bracketed(tokens: &[Token], at: usize) -> bool {
    let before = tokens.get(at.saturating_sub(BRACKET_MAX)..at).unwrap_or_default();
    let last = before.iter().rev().find(|token| matches!(token.kind, TokenKind::Mark('(' | ')' | '.')));
    last.is_some_and(|mark| mark.is_mark('('))
}

/// Whether numbers of this kind can be parts of a whole.
fn adds(kind: Kind) -> bool {
    matches!(kind, Kind::Count | Kind::Money | Kind::Measure | Kind::Score)
}

fn tie(kind: Tie, formula: Formula, claims: Vec<usize>, whole: bool) -> Stated {
    Stated { kind, formula, claims, whole }
}
