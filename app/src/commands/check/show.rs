//! What was found in a text, for people at a terminal: paragraph by paragraph, the arithmetic written out.

use std::collections::BTreeMap;
use std::ops::Range;

use mc_base::Day;
use mc_base::number::whole;
use mc_checking::{CheckedText, Ours, RegisterVerdict, Standing};
use mc_claims::{Claim, Hedge, Modality, Relation, Verdict, print};

/// Claims with their indices.
type Numbered<'c> = Vec<(usize, &'c Claim)>;

/// The answer.
pub fn people(text: &CheckedText) -> String {
    let checked = &text.checked;
    let mut out = format!("Văn bản được đọc như viết ngày {}.\n", date(text.date));
    for (paragraph, claims) in paragraphs(&text.text, &checked.claims) {
        out.push_str(&format!("\n{}\n", text.text.get(paragraph).unwrap_or_default().trim()));
        for &(at, claim) in &claims {
            out.push_str(&format!("  [{}] {}\n", at + 1, claim_line(claim)));
            for verdict in text.registers.iter().filter(|verdict| verdict.claim == at) {
                out.push_str(&format!("      {}\n", register_line(verdict)));
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

/// "Sổ: KHÁC, 4.607 trạm (stations, 17/11/2025); …"
pub(super) fn register_line(verdict: &RegisterVerdict) -> String {
    let word = match verdict.standing {
        Standing::Equal => "KHỚP SỔ",
        Standing::Rounded => "KHỚP SỔ KHI LÀM TRÒN",
        Standing::Different => "KHÁC SỔ",
        Standing::None => "CHƯA SO ĐƯỢC VỚI SỔ",
        Standing::Ambiguous => "NHIỀU CHỈ TIÊU HỢP",
    };
    let mut line = word.to_owned();
    if let Some(ours) = &verdict.ours {
        line.push_str(&format!(": {}", ours_words(ours)));
    }
    if !verdict.reason.is_empty() {
        line.push_str(&format!("; {}", verdict.reason));
    }
    line
}

fn ours_words(ours: &Ours) -> String {
    const PLACES: u32 = 6;
    let space = if ours.unit == "%" { "" } else { " " };
    let value = ours.value.map(|value| format!("{}{space}{}, ", print::exact(value, PLACES), ours.unit));
    format!(
        "{}{} ({}), địa bàn {}, {}, như đã biết ở lần ghi {}",
        value.unwrap_or_default(),
        ours.title,
        ours.indicator,
        ours.place_code,
        ours.period.phrase(),
        whole(ours.position.0)
    )
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
    let mut line = format!("“{}”: {}{value}{unit}", claim.text, hedge(claim.hedge));
    if let Some(place) = &claim.scope.place {
        line.push_str(&format!("; địa bàn {place}"));
        if claim.scope.merged {
            line.push_str(" (đơn vị trước 1/7/2025, nay đã sáp nhập)");
        }
    }
    if let Some(time) = claim.time {
        line.push_str(&match (time.from, time.to) {
            (Some(from), Some(to)) if from == to => format!("; ngày {}", date(to)),
            (Some(from), Some(to)) => format!("; từ {} đến {}", date(from), date(to)),
            (Some(from), None) => format!("; từ {}", date(from)),
            (None, Some(to)) => format!("; tính đến {}", date(to)),
            (None, None) => String::new(),
        });
    }
    match claim.modality {
        Modality::Fact => {}
        Modality::Target => line.push_str("; chỉ tiêu"),
        Modality::Forecast => line.push_str("; dự kiến"),
    }
    if claim.aside {
        line.push_str("; ngoài bài chính");
    }
    line
}

fn date(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{day:02}/{month:02}/{year:04}")
}

const fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Over => "hơn ",
        Hedge::Under => "gần ",
        Hedge::About => "khoảng ",
        Hedge::AtLeast => "ít nhất ",
        Hedge::AtMost => "không quá ",
        Hedge::None => "",
    }
}

fn relation_line(relation: &Relation) -> String {
    let claims: Vec<String> = relation.claims.iter().map(|at| format!("[{}]", at + 1)).collect();
    let mut line = format!("{}: {} {}", verdict(relation.verdict), relation.expression, claims.concat());
    if !relation.reason.is_empty() {
        line.push_str(&format!("\n    {}", relation.reason));
    }
    line
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "KHỚP",
        Verdict::OkTruncated => "KHỚP KHI BỎ BỚT CHỮ SỐ",
        Verdict::Mismatch => "KHÔNG KHỚP",
        Verdict::Insufficient => "CHƯA ĐỦ CĂN CỨ",
    }
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
        "{} số liệu, {} quan hệ: {} khớp, {} không khớp, {} chưa đủ căn cứ.",
        whole(checked.claims.len() as u64),
        whole(checked.relations.len() as u64),
        count(&[Verdict::Ok, Verdict::OkTruncated]),
        count(&[Verdict::Mismatch]),
        count(&[Verdict::Insufficient])
    );
    if let Some(end) = checked.tied_before {
        said.push_str(&format!(
            " Bài quá dày số: các quan hệ chỉ được xét trước số liệu thứ {}.",
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
