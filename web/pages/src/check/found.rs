//! What was found: the text with its numbers marked, and beside it what each number says and holds.

use askama::Template;
use mc_base::date;
use mc_checking::CheckedText;
use mc_claims::{Checked, Claim, Relation, Standing, standings};
use mc_ui::{Html, Icon, Link, write};

use super::document::As;
use super::registers::{self, Against, Held};
use super::tally::{self, Tally};
use super::words::{self, Shown as _};
use super::{AS, DAY, PATH, TEXT, saved};
use crate::context::Page;

#[derive(Template)]
#[template(path = "check/found.html")]
pub(super) struct FoundView {
    heading: String,
    /// What is said before all else.
    about: Html,
    summary: String,
    read_as: String,
    wrong: Vec<Line>,
    tallies: Vec<Tally>,
    /// Numbers that differ from the registers.
    differing: Vec<(usize, String, Held)>,
    paragraphs: Vec<Vec<Piece>>,
    details: Vec<Detail>,
    /// Every calculation, for paper.
    lines: Vec<Line>,
    /// Numbers of which the registers know something, for paper.
    known: Vec<(usize, String, Held)>,
    again: Link,
    files: Files,
}

/// What is sent to take what was found along, or to keep it.
pub(super) struct Files {
    pub(super) action: String,
    /// Fields and their values.
    pub(super) sent: Vec<(&'static str, String)>,
    /// Where the text is sent to be kept.
    pub(super) keep: Option<String>,
}

impl Files {
    /// Name, value and words of the buttons.
    fn buttons(&self) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        As::ALL.into_iter().map(|one| (AS, one.ending(), one.word()))
    }
}

/// Where a result is shown: by itself, or as one that was kept.
pub(super) struct Setting {
    pub(super) heading: String,
    pub(super) about: Html,
    pub(super) files: Files,
}

impl Setting {
    /// Of a text just sent. Nothing of it was kept here, so it is sent again.
    pub(super) fn fresh(page: &Page<'_>, found: &CheckedText) -> Self {
        let mut sent = vec![(TEXT, found.text.clone()), (DAY, date::short(found.date))];
        let keep = saved::offered(page);
        if keep.is_some() {
            sent.extend(saved::fields(page));
        }
        let files = Files { action: page.link(PATH), sent, keep };
        Self { heading: t!("Kết quả soát số").to_owned(), about: Html::default(), files }
    }
}

/// A part of a paragraph.
enum Piece {
    Text(String),
    /// The marks stay with its last word.
    Number {
        at: usize,
        text: String,
        end: String,
        look: Look,
    },
}

/// How a number looks: by its own text, and by the registers.
struct Look {
    /// Classes of its underline.
    class: String,
    marks: Vec<Mark>,
}

/// One thing said of a number in a word.
struct Mark {
    class: &'static str,
    icon: Icon,
    word: &'static str,
}

impl Look {
    /// Where the text ties a number to nothing, what the registers say of it is all there is to say.
    fn of(standing: Standing, against: Option<Against>) -> Self {
        let against = against.filter(|against| *against != Against::Unknown);
        let own = Mark { class: standing.class(), icon: standing.icon(), word: standing.word() };
        let own = Some(own).filter(|_| standing != Standing::Alone || against.is_none());
        let theirs = against.map(|one| Mark { class: one.class(), icon: one.icon(), word: one.word() });
        let underline = against.map(|one| format!(" {}", one.underline())).unwrap_or_default();
        Self {
            class: format!("{}{underline}", standing.class()),
            marks: own.into_iter().chain(theirs).collect(),
        }
    }
}

/// What a number says.
struct Detail {
    at: usize,
    text: String,
    look: Look,
    facts: Vec<(&'static str, String)>,
    lines: Vec<Line>,
    /// What the registers say.
    held: Vec<Held>,
}

/// A line of arithmetic.
struct Line {
    standing: Standing,
    kind: String,
    expression: String,
    reason: String,
    /// The number that it states, and as it is written.
    at: usize,
    stated: String,
}

pub(super) fn view(page: &Page<'_>, found: &CheckedText, setting: Setting) -> FoundView {
    let Setting { heading, about, files } = setting;
    let CheckedText { date, checked, registers, .. } = found;
    let standings = standings(checked);
    let held = |at: usize| registers.iter().filter(move |held| held.claim == at);
    let details = checked.claims.iter().zip(&standings).enumerate();
    let details = details
        .map(|(at, (claim, standing))| {
            let look = Look::of(*standing, Against::of(registers, at));
            let (known, unknown): (Vec<Held>, Vec<Held>) = held(at)
                .map(|held| registers::held(page, held))
                .partition(|held| held.against != Against::Unknown);
            let unknown = unknown.into_iter().find(|held| !held.reason.is_empty()).map(|held| held.reason);
            Detail { held: known, ..detail(page, checked, at, claim, look, unknown) }
        })
        .collect();
    let lines = || checked.relations.iter().filter_map(|relation| line(checked, relation));
    FoundView {
        heading,
        about,
        summary: summary(checked),
        read_as: t!("Bài được đọc như viết ngày {day}.", day = write::day(*date)),
        wrong: lines().filter(|line| line.standing == Standing::Wrong).collect(),
        tallies: tally::of(found, &standings),
        differing: registers::those(page, found, |against| against == Against::Differs),
        paragraphs: paragraphs(found, &standings),
        details,
        lines: lines().collect(),
        known: registers::those(page, found, |against| against != Against::Unknown),
        again: Link::new(t!("Soát bài khác"), page.link(PATH)),
        files,
    }
}

fn summary(checked: &Checked) -> String {
    let numbers = checked.claims.len();
    if numbers == 0 {
        return t!("Không thấy con số nào nói về một sự vật trong bài này.").to_owned();
    }
    let summary = counted(checked, numbers);
    match checked.tied_before {
        None => summary,
        Some(end) => {
            let end = write::whole(end as u64 + 1);
            let more = t!(
                "Bài quá dày số: phép tính chỉ được xét trước con số thứ {end}; hãy chia bài làm nhiều phần.",
                end
            );
            format!("{summary} {more}")
        }
    }
}

fn counted(checked: &Checked, numbers: usize) -> String {
    let numbers = write::whole(numbers as u64);
    match checked.relations.len() {
        0 => t!("{numbers} con số; bài không nối số nào với số nào.", numbers),
        ties => t!("{numbers} con số, {ties} phép tính.", numbers, ties = write::whole(ties as u64)),
    }
}

fn line(checked: &Checked, relation: &Relation) -> Option<Line> {
    let at = relation.claims.first().copied()?;
    let line = Line {
        standing: Standing::of(relation.verdict),
        kind: words::tie(relation.kind),
        expression: relation.expression.clone(),
        reason: relation.reason.clone(),
        at,
        stated: checked.claims.get(at)?.text.clone(),
    };
    Some(line)
}

fn detail(
    page: &Page<'_>,
    checked: &Checked,
    at: usize,
    claim: &Claim,
    look: Look,
    unknown: Option<String>,
) -> Detail {
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, said: String| {
        if !said.is_empty() {
            facts.push((term, said));
        }
    };
    let value = words::value(claim);
    fact(t!("Đọc là"), if value == claim.text { String::new() } else { value });
    let measured = &claim.measures.phrase;
    fact(t!("Đo"), if claim.text.ends_with(measured.as_str()) { String::new() } else { measured.clone() });
    fact(t!("Là"), words::sort(claim).join("; "));
    fact(t!("Thời gian"), claim.time.map(words::time).unwrap_or_default());
    fact(t!("Địa bàn"), place(page, claim));
    fact(t!("Trong sổ"), unknown.unwrap_or_default());
    let relations = checked.relations.iter().filter(|relation| relation.claims.contains(&at));
    let lines = relations.filter_map(|relation| line(checked, relation)).collect();
    Detail { at, text: claim.text.clone(), look, facts, lines, held: Vec::new() }
}

fn place(page: &Page<'_>, claim: &Claim) -> String {
    let Some(code) = claim.scope.place.as_deref() else { return String::new() };
    let known = page.snapshot().places().by_code(code, page.today()).map(|place| page.place_name(place.id));
    let name = known.unwrap_or_else(|| t!("mã {code}", code));
    if claim.scope.merged {
        t!("{name} (đơn vị trước 1/7/2025, nay đã sắp xếp lại)", name)
    } else {
        name
    }
}

/// The text line by line, its numbers set apart.
fn paragraphs(found: &CheckedText, standings: &[Standing]) -> Vec<Vec<Piece>> {
    let CheckedText { text, checked: Checked { claims, .. }, registers, .. } = found;
    let mut paragraphs = Vec::new();
    let mut claims = claims.iter().zip(standings).enumerate().peekable();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let (mut pieces, mut from) = (Vec::new(), start);
        while let Some((at, (claim, standing))) = claims.next_if(|(_, (claim, _))| claim.bytes.start < end) {
            let before = text.get(from..claim.bytes.start).unwrap_or_default();
            pieces.push(Piece::Text(before.to_owned()));
            let look = Look::of(*standing, Against::of(registers, at));
            let last = claim.text.rfind(char::is_whitespace).map_or(0, |space| space + 1);
            let (text, end) = claim.text.split_at_checked(last).unwrap_or(("", &claim.text));
            pieces.push(Piece::Number { at, text: text.to_owned(), end: end.to_owned(), look });
            from = claim.bytes.end;
        }
        let rest = text.get(from..end).unwrap_or_default();
        pieces.push(Piece::Text(rest.to_owned()));
        let blank = |piece: &Piece| matches!(piece, Piece::Text(text) if text.trim().is_empty());
        if !pieces.iter().all(blank) {
            paragraphs.push(pieces);
        }
        start = end + 1;
    }
    paragraphs
}
