//! What was found: the text with its numbers marked, and beside it what each number says and holds.

use askama::Template;
use mc_base::date;
use mc_checking::CheckedText;
use mc_claims::{Checked, Claim, Relation, Standing, Verdict, standings};
use mc_ui::{Link, write};

use super::document::As;
use super::registers::{self, Against, Held};
use super::words::{self, STANDINGS, Shown as _};
use super::{AS, DAY, PATH, TEXT};
use crate::context::Page;

#[derive(Template)]
#[template(path = "check/found.html")]
pub(super) struct FoundView {
    summary: String,
    read_as: String,
    wrong: Vec<Line>,
    legend: Vec<Legend>,
    /// The registers, and how many numbers stand so to them.
    registers: Vec<(Against, String)>,
    /// Numbers that differ from the registers.
    differing: Vec<(usize, String, Held)>,
    paragraphs: Vec<Vec<Piece>>,
    details: Vec<Detail>,
    again: Link,
    files: Files,
}

/// What is sent again to take what was found along: nothing of it was kept here.
struct Files {
    action: String,
    /// Fields and their values.
    sent: [(&'static str, String); 2],
    /// Name, value and words of the buttons.
    buttons: Vec<(&'static str, &'static str, &'static str)>,
}

/// A standing and how many numbers have it.
struct Legend {
    standing: Standing,
    count: String,
}

/// A part of a paragraph.
enum Piece {
    Text(String),
    Number { at: usize, text: String, standing: Standing, against: Option<Against> },
}

/// What a number says.
struct Detail {
    at: usize,
    text: String,
    standing: Standing,
    value: String,
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
    /// The number that it states.
    at: usize,
}

pub(super) fn view(page: &Page<'_>, found: &CheckedText) -> FoundView {
    let CheckedText { date, checked, registers, .. } = found;
    let standings = standings(checked);
    let details = checked.claims.iter().zip(&standings).enumerate();
    let details = details
        .map(|(at, (claim, standing))| {
            let held = registers
                .iter()
                .filter(|held| held.claim == at)
                .filter_map(|held| registers::held(page, held));
            Detail { held: held.collect(), ..detail(page, checked, at, claim, *standing) }
        })
        .collect();
    let count = |wanted: Standing| standings.iter().filter(|standing| **standing == wanted).count();
    let legend = STANDINGS.into_iter().filter_map(|standing| {
        let count = count(standing);
        (count > 0).then(|| Legend { standing, count: write::whole(count as u64) })
    });
    FoundView {
        summary: summary(checked),
        read_as: t!("Bài được đọc như viết ngày {day}.", day = write::day(*date)),
        wrong: checked
            .relations
            .iter()
            .filter_map(line)
            .filter(|line| line.standing == Standing::Wrong)
            .collect(),
        legend: legend.collect(),
        registers: Against::counts(registers, checked.claims.len()),
        differing: registers::differing(page, found),
        paragraphs: paragraphs(found, &standings),
        details,
        again: Link::new(t!("Soát bài khác"), page.link(PATH)),
        files: Files {
            action: page.link(PATH),
            sent: [(TEXT, found.text.clone()), (DAY, date::short(*date))],
            buttons: As::ALL.into_iter().map(|one| (AS, one.ending(), one.word())).collect(),
        },
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
    let count = |wanted: &[Verdict]| {
        let these = checked.relations.iter().filter(|relation| wanted.contains(&relation.verdict));
        write::whole(these.count() as u64)
    };
    if checked.relations.is_empty() {
        return t!(
            "{numbers} con số; bài không nối số nào với số nào.",
            numbers = write::whole(numbers as u64)
        );
    }
    t!(
        "{numbers} con số, {ties} phép tính: {right} khớp, {wrong} không khớp, {open} chưa đủ căn cứ.",
        numbers = write::whole(numbers as u64),
        ties = write::whole(checked.relations.len() as u64),
        right = count(&[Verdict::Ok, Verdict::OkTruncated]),
        wrong = count(&[Verdict::Mismatch]),
        open = count(&[Verdict::Insufficient])
    )
}

fn line(relation: &Relation) -> Option<Line> {
    let line = Line {
        standing: Standing::of(relation.verdict),
        kind: words::tie(relation.kind),
        expression: relation.expression.clone(),
        reason: relation.reason.clone(),
        at: relation.claims.first().copied()?,
    };
    Some(line)
}

fn detail(page: &Page<'_>, checked: &Checked, at: usize, claim: &Claim, standing: Standing) -> Detail {
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, said: String| {
        if !said.is_empty() {
            facts.push((term, said));
        }
    };
    fact(t!("Đo"), claim.measures.phrase.clone());
    fact(t!("Là"), words::sort(claim).join("; "));
    fact(t!("Thời gian"), claim.time.map(words::time).unwrap_or_default());
    fact(t!("Địa bàn"), place(page, claim));
    let relations = checked.relations.iter().filter(|relation| relation.claims.contains(&at));
    Detail {
        at,
        text: claim.text.clone(),
        standing,
        value: words::value(claim),
        facts,
        lines: relations.filter_map(line).collect(),
        held: Vec::new(),
    }
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
            let against = Against::of(registers, at);
            pieces.push(Piece::Number { at, text: claim.text.clone(), standing: *standing, against });
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
