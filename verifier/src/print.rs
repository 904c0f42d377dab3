//! The verdict as people read it.

use std::fmt;

use mc_base::{Period, date, number};
use mc_figure::FigureClaim;
use mc_figure::claim::{Checked, PlacesClaimed};

use crate::verdict::{Line, Recorded, Verdict};

/// The third line, the same for every file until periods are closed.
pub const COMPLETENESS: &str = "Đầy đủ: không chứng minh được (chưa có kỳ chốt).";

impl fmt::Display for Verdict {
    /// What the file is about, the three lines, and what a reader must know beside them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Sổ cái: {}", plain(&self.origin))?;
        if self.illustrative {
            writeln!(f, "DỮ LIỆU MINH HỌA: sổ cái này không chứa số liệu thật.")?;
        }
        if let Some(figure) = self.about() {
            writeln!(f, "Số liệu: {figure}")?;
        }
        writeln!(f, "1. {}", self.recorded_line())?;
        writeln!(f, "2. {}", self.arithmetic_line())?;
        writeln!(f, "3. {COMPLETENESS}")?;
        for row in &self.rows {
            writeln!(f, "   {}", plain(&row.title))?;
            for (title, value) in &row.fields {
                writeln!(f, "     {}: {}", plain(title), plain(value))?;
            }
        }
        if self.rows.iter().any(|row| !row.fields.is_empty()) {
            writeln!(f, "Bằng chứng không nói bản ghi còn hiện hành hay không.")?;
        }
        if self.figure.as_ref().is_some_and(|(_, checked)| checked.unplaced) {
            writeln!(f, "Có bản ghi không ghi địa bàn; địa bàn được tính cho chúng do tệp nêu.")?;
        }
        if self.key_trusted {
            writeln!(f, "Khóa: đúng khóa đã cho.")
        } else {
            writeln!(
                f,
                "Khóa: lấy từ chính tệp, CHƯA ĐÁNG TIN; hãy hỏi nơi quản lý sổ cái rồi chạy lại với --key. \
                 Khóa trong tệp: {}",
                plain(&self.vkey)
            )
        }
    }
}

impl Verdict {
    /// The figure that the file claims, as a sentence; `None` for a proof of records.
    #[must_use]
    pub fn about(&self) -> Option<String> {
        self.figure.as_ref().map(|(claim, checked)| figure(claim, checked))
    }

    /// The first line: whether the records are recorded.
    #[must_use]
    pub fn recorded_line(&self) -> String {
        match (&self.recorded, &self.at) {
            (Line::Failed(reasons), _) => format!("Bản ghi: SAI: {}.", sentence(reasons)),
            (_, Some(at)) => format!("Bản ghi có thật: {}.", place(at)),
            (_, None) => "Bản ghi: chưa kiểm.".to_owned(),
        }
    }

    /// The second line: whether the figure follows from them.
    #[must_use]
    pub fn arithmetic_line(&self) -> String {
        match &self.arithmetic {
            Line::Holds => {
                let counted = self.figure.as_ref().map_or_else(String::new, |(_, checked)| counted(checked));
                format!("Số học khớp: đếm lại từ {counted} được đúng số đã nêu.")
            }
            Line::Unchecked(why) => format!("Chưa kiểm số học: {}.", plain(why)),
            Line::Failed(reasons) => format!("Số học: SAI: {}.", sentence(reasons)),
        }
    }
}

fn place(at: &Recorded) -> String {
    let (first, last) = at.span;
    let rows = number::whole(at.rows);
    let when = date::date_time(at.last_at);
    let commits = if first == last {
        format!("ghi ở lần ghi {first} lúc {when}")
    } else {
        format!("ghi ở {} lần ghi, từ {first} đến {last} lúc {when}", number::whole(at.commits))
    };
    format!("{rows} dòng, {commits} (mốc niêm phong: {} lần ghi)", number::whole(at.sealed))
}

fn figure(claim: &FigureClaim, checked: &Checked) -> String {
    let title = if checked.title.is_empty() { &claim.indicator } else { &checked.title };
    let place = match (checked.place.is_empty(), claim.place_code.is_empty()) {
        (true, true) => format!("địa bàn số {}", claim.place),
        (true, false) => format!("địa bàn mã {}", claim.place_code),
        (false, true) => checked.place.clone(),
        (false, false) => format!("{} (mã {})", checked.place, claim.place_code),
    };
    let value = value(claim, checked);
    let basis = match claim.places {
        PlacesClaimed::Now => "",
        PlacesClaimed::Then => " theo địa giới lúc đó",
    };
    let period = Period::parse(&claim.period)
        .map_or_else(|_| format!("kỳ {}", claim.period), |period| period.phrase());
    plain(&format!("{title}, {place}{basis}, {period}: {value}; đọc ở lần ghi {}.", claim.seq))
}

fn value(claim: &FigureClaim, checked: &Checked) -> String {
    let Some(value) = &claim.value else { return "không có số liệu".to_owned() };
    let (Some(num), Some(den)) = (&claim.num, &claim.den) else {
        return format!("{} {}", vietnamese(value), checked.unit).trim_end().to_owned();
    };
    // Rounded once, from numerator and denominator, as everywhere else.
    let percent = checked
        .percent_digits
        .and_then(|digits| number::percent_of(num.parse().ok()?, den.parse().ok()?, digits));
    let ratio = percent.unwrap_or_else(|| vietnamese(value));
    format!("{ratio} ({} ÷ {})", vietnamese(num), vietnamese(den))
}

/// A plain decimal as it is written in Vietnamese: 4607 is `4.607`. What is no number stays as it is.
fn vietnamese(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, places) =
        digits.split_once('.').map_or((digits, None), |(whole, places)| (whole, Some(places)));
    match (whole.parse::<u64>(), places) {
        (Ok(whole), None) => format!("{sign}{}", number::whole(whole)),
        (Ok(whole), Some(places)) => format!("{sign}{},{places}", number::whole(whole)),
        (Err(_), _) => text.to_owned(),
    }
}

fn counted(checked: &Checked) -> String {
    let records = format!("{} bản ghi", number::whole(checked.records));
    match checked.totals {
        0 => records,
        totals => format!("{records} và {} tổng không danh sách", number::whole(totals)),
    }
}

/// Several reasons as one sentence without its full stop.
fn sentence(reasons: &[String]) -> String {
    let reasons: Vec<String> =
        reasons.iter().map(|reason| plain(reason).trim_end_matches('.').to_owned()).collect();
    reasons.join("; ")
}

/// Text out of the file on one line: what it holds cannot pass for a line of the verdict.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
