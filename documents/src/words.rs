//! What verdicts and kinds are called.

use mc_base::date;
use mc_base::number::whole;
use mc_claims::{Hedge, Kind, Modality, Tie, Verdict};

use crate::Findings;
use crate::standing::Standing;

/// Who comments.
pub const AUTHOR: &str = "Minh Chứng";
/// The author's initials.
pub const INITIALS: &str = "MC";
/// Title of both documents.
pub const TITLE: &str = "Kết quả soát số liệu trong văn bản";

pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "Khớp",
        Verdict::OkTruncated => "Khớp khi bỏ bớt chữ số",
        Verdict::Mismatch => "Không khớp",
        Verdict::Insufficient => "Chưa đủ căn cứ",
    }
}

pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Wrong => "Không khớp",
        Standing::Open => "Chưa đủ căn cứ",
        Standing::Cut => "Khớp khi bỏ bớt chữ số",
        Standing::Right => "Khớp",
        Standing::Beside => "Nằm trong phép tính không khớp",
        Standing::Alone => "Không nối với số nào khác",
        Standing::Aside => "Ngoài bài chính, không xét",
    }
}

pub const fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::Sum => "Tổng các phần",
        Tie::Share => "Tỷ lệ",
        Tie::Complement => "Phần còn lại",
        Tie::Difference => "Chênh lệch",
        Tie::Growth => "Tăng, giảm",
        Tie::Multiple => "Gấp bao nhiêu lần",
        Tie::Mean => "Bình quân",
        Tie::SharesTo100 => "Các tỷ lệ cộng lại",
        Tie::ListCount => "Số mục liệt kê",
        Tie::Rank => "Thứ hạng",
    }
}

pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Count => "Số đếm",
        Kind::Money => "Số tiền",
        Kind::Percent => "Phần trăm",
        Kind::Points => "Điểm phần trăm",
        Kind::Rate => "Tỷ suất",
        Kind::Multiple => "Số lần",
        Kind::Rank => "Thứ hạng",
        Kind::Score => "Điểm số",
        Kind::Measure => "Số đo",
        Kind::Duration => "Thời gian kéo dài",
    }
}

pub const fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Over => "hơn",
        Hedge::Under => "gần",
        Hedge::About => "khoảng",
        Hedge::AtLeast => "ít nhất",
        Hedge::AtMost => "không quá",
        Hedge::None => "",
    }
}

pub const fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Fact => "Đã có",
        Modality::Target => "Chỉ tiêu",
        Modality::Forecast => "Dự kiến",
    }
}

/// How many of the relations have one of these verdicts.
pub fn count(findings: &Findings<'_>, wanted: &[Verdict]) -> usize {
    findings.checked.relations.iter().filter(|relation| wanted.contains(&relation.verdict)).count()
}

/// "7 số liệu, 2 phép tính: 1 khớp, 1 không khớp, 0 chưa đủ căn cứ."
pub fn summary(findings: &Findings<'_>) -> String {
    let number = |count: usize| whole(count as u64);
    let (claims, ties) = (findings.checked.claims.len(), findings.checked.relations.len());
    if claims == 0 {
        return "Không tìm thấy số liệu nào trong văn bản.".to_owned();
    }
    if ties == 0 {
        return format!("{} số liệu; văn bản không nối số nào với số nào.", number(claims));
    }
    let end = findings.checked.tied_before.map_or_else(String::new, |end| {
        format!(" Văn bản quá dày số: phép tính chỉ được xét trước số liệu thứ {}.", number(end + 1))
    });
    format!(
        "{} số liệu, {} phép tính: {} khớp, {} không khớp, {} chưa đủ căn cứ.{end}",
        number(claims),
        number(ties),
        number(count(findings, &[Verdict::Ok, Verdict::OkTruncated])),
        number(count(findings, &[Verdict::Mismatch])),
        number(count(findings, &[Verdict::Insufficient]))
    )
}

/// "Văn bản được đọc như viết ngày 17/11/2025. Soát ngày 23/11/2026 bằng phần mềm Minh Chứng, phiên bản 0.1.0."
pub fn made(findings: &Findings<'_>) -> String {
    format!(
        "Văn bản được đọc như viết ngày {}. Soát ngày {} bằng phần mềm {AUTHOR}, phiên bản {}.",
        date::short(findings.date),
        date::short(findings.made_on),
        findings.version
    )
}
