//! What was found in a text, for people at a terminal: paragraph by paragraph, the arithmetic written out.

use std::collections::BTreeMap;
use std::ops::Range;

use mc_base::date::short;
use mc_base::number::whole;
use mc_checking::{CheckedText, Standing};
use mc_claims::{Claim, Modality, Relation, Verdict, print, words};
use mc_documents::OurFigure;

/// Claims with their indices.
type Numbered<'c> = Vec<(usize, &'c Claim)>;

/// The answer.
pub fn people(text: &CheckedText, figures: &[OurFigure]) -> String {
    let checked = &text.checked;
    let mut out = format!("Văn bản được đọc như viết ngày {}.\n", short(text.date));
    for (paragraph, claims) in paragraphs(&text.text, &checked.claims) {
        out.push_str(&format!("\n{}\n", text.text.get(paragraph).unwrap_or_default().trim()));
        for &(at, claim) in &claims {
            out.push_str(&format!("  [{}] {}\n", at + 1, claim_line(claim)));
            for (place, verdict) in text.registers.iter().enumerate().filter(|(_, one)| one.claim == at) {
                let named = figures.get(place).and_then(|figure| figure.named.as_ref());
                let line = mc_checking::line(verdict, named);
                out.push_str(&format!("      {}\n", loud(&line, verdict.standing.word())));
            }
        }
        let here = |relation: &&Relation| claims.iter().any(|(at, _)| relation.claims.first() == Some(at));
        for relation in checked.relations.iter().filter(here) {
            out.push_str(&format!("  {}\n", relation_line(relation)));
        }
    }
    out.push('\n');
    out.push_str(&closing(text));
    out
}

/// The line with its verdict in capitals, which the eye finds at a terminal.
fn loud(line: &str, word: &str) -> String {
    let rest = line.get(words::sentence(word).len()..).unwrap_or_default();
    format!("{}{rest}", word.to_uppercase())
}

/// The paragraphs that hold claims, each with its claims.
fn paragraphs<'c>(text: &str, claims: &'c [Claim]) -> Vec<(Range<usize>, Numbered<'c>)> {
    let mut lines: BTreeMap<usize, (Range<usize>, Numbered<'c>)> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        let before = text.get(..claim.bytes.start).unwrap_or_default();
        let from = before.rfind('\n').map_or(0, |end| end + 1);
        let rest = text.get(from..).unwrap_or_default();
        let to = rest.find('\n').map_or(text.len(), |end| from + end);
        lines.entry(from).or_insert_with(|| (from..to, Vec::new())).1.push((at, claim));
    }
    lines.into_values().collect()
}

fn claim_line(claim: &Claim) -> String {
    let mut value = print::plain(claim.value);
    if let Some(to) = claim.value_to {
        value = format!("{value} đến {}", print::plain(to));
    }
    let unit = match claim.unit.as_str() {
        "" => String::new(),
        "%" => "%".to_owned(),
        unit => format!(" {unit}"),
    };
    let hedge = words::hedge(claim.hedge);
    let space = if hedge.is_empty() { "" } else { " " };
    let mut line = format!("“{}”: {hedge}{space}{value}{unit}", claim.text);
    if let Some(place) = &claim.scope.place {
        line.push_str(&format!("; địa bàn {place}"));
        if claim.scope.merged {
            line.push_str(" (đơn vị trước 1/7/2025, nay đã sáp nhập)");
        }
    }
    if let Some(time) = claim.time {
        line.push_str(&match (time.from, time.to) {
            (Some(from), Some(to)) if from == to => format!("; ngày {}", short(to)),
            (Some(from), Some(to)) => format!("; từ {} đến {}", short(from), short(to)),
            (Some(from), None) => format!("; từ {}", short(from)),
            (None, Some(to)) => format!("; tính đến {}", short(to)),
            (None, None) => String::new(),
        });
    }
    if claim.modality != Modality::Fact {
        line.push_str(&format!("; {}", words::modality(claim.modality)));
    }
    if claim.aside {
        line.push_str(&format!("; {}", words::standing(mc_claims::Standing::Aside)));
    }
    line
}

fn relation_line(relation: &Relation) -> String {
    let claims: Vec<String> = relation.claims.iter().map(|at| format!("[{}]", at + 1)).collect();
    let mut line = format!(
        "{}: {} {}",
        words::verdict(relation.verdict).to_uppercase(),
        relation.expression,
        claims.concat()
    );
    if !relation.reason.is_empty() {
        line.push_str(&format!("\n    {}", relation.reason));
    }
    line
}

fn closing(text: &CheckedText) -> String {
    let checked = &text.checked;
    let count = |wanted: &[Verdict]| {
        whole(checked.relations.iter().filter(|relation| wanted.contains(&relation.verdict)).count() as u64)
    };
    if checked.claims.is_empty() {
        return "Không tìm thấy số liệu nào trong văn bản.".to_owned();
    }
    let mut said = format!(
        "{} số liệu, {} phép tính: {} khớp, {} không khớp, {} chưa đủ căn cứ.",
        whole(checked.claims.len() as u64),
        whole(checked.relations.len() as u64),
        count(&[Verdict::Ok, Verdict::OkTruncated]),
        count(&[Verdict::Mismatch]),
        count(&[Verdict::Insufficient])
    );
    if let Some(end) = checked.tied_before {
        said.push_str(&format!(
            " Bài quá dày số: phép tính chỉ được xét trước số liệu thứ {}.",
            whole(end as u64 + 1)
        ));
    }
    if !text.registers.is_empty() {
        let count = |wanted: &[Standing]| {
            whole(text.registers.iter().filter(|one| wanted.contains(&one.standing)).count() as u64)
        };
        said.push_str(&format!(
            " So với sổ: {} khớp, {} khác.",
            count(&[Standing::Equal, Standing::Rounded]),
            count(&[Standing::Different])
        ));
    }
    said
}
