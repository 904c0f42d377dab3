//! Title, author and summary of both documents.

use mc_base::date;
use mc_base::number::whole;
use mc_checking::Standing;
use mc_claims::Verdict;

use crate::Findings;

/// Who comments.
pub const AUTHOR: &str = "Minh Chứng";
/// The author's initials.
pub const INITIALS: &str = "MC";
/// Title of both documents.
pub const TITLE: &str = "Kết quả soát số liệu trong văn bản";

/// How many of the relations have one of these verdicts.
pub fn count(findings: &Findings<'_>, wanted: &[Verdict]) -> usize {
    findings.found.checked.relations.iter().filter(|relation| wanted.contains(&relation.verdict)).count()
}

/// "7 số liệu, 2 phép tính: 1 khớp, 1 không khớp, 0 chưa đủ căn cứ."
pub fn summary(findings: &Findings<'_>) -> String {
    let number = |count: usize| whole(count as u64);
    let (claims, ties) = (findings.found.checked.claims.len(), findings.found.checked.relations.len());
    if claims == 0 {
        return "Không tìm thấy số liệu nào trong văn bản.".to_owned();
    }
    let registers = registers(findings).map(|said| format!(" {said}")).unwrap_or_default();
    if ties == 0 {
        return format!("{} số liệu; văn bản không nối số nào với số nào.{registers}", number(claims));
    }
    let end = findings.found.checked.tied_before.map_or_else(String::new, |end| {
        format!(" Văn bản quá dày số: phép tính chỉ được xét trước số liệu thứ {}.", number(end + 1))
    });
    format!(
        "{} số liệu, {} phép tính: {} khớp, {} không khớp, {} chưa đủ căn cứ.{end}{registers}",
        number(claims),
        number(ties),
        number(count(findings, &[Verdict::Ok, Verdict::OkTruncated])),
        number(count(findings, &[Verdict::Mismatch])),
        number(count(findings, &[Verdict::Insufficient]))
    )
}

/// "So với sổ: 3 số đúng, 1 số khác." Nothing where the registers have no figure about any of the numbers.
fn registers(findings: &Findings<'_>) -> Option<String> {
    let count = |wanted: &[Standing]| {
        let held = findings.found.registers.iter();
        held.filter(|verdict| wanted.contains(&verdict.standing)).count() as u64
    };
    let (right, wrong) = (count(&[Standing::Equal, Standing::Rounded]), count(&[Standing::Different]));
    (right + wrong > 0).then(|| format!("So với sổ: {} số đúng, {} số khác.", whole(right), whole(wrong)))
}

/// "Văn bản được đọc như viết ngày 17/11/2025. Soát ngày 23/11/2026 bằng phần mềm Minh Chứng, phiên bản 0.1.0."
pub fn made(findings: &Findings<'_>) -> String {
    format!(
        "Văn bản được đọc như viết ngày {}. Soát ngày {} bằng phần mềm {AUTHOR}, phiên bản {}.",
        date::short(findings.found.date),
        date::short(findings.made_on),
        findings.version
    )
}
