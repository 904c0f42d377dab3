//! Phrases of time: up to a day, from one day to another, in a period, and what only compares.

use std::ops::Range;

use mc_base::{Day, Period};

use super::passed;
use super::period::{self, Reading};
use super::referred::referred;
use crate::claim::Time;
use crate::lexicon::{any_of, ends_with, starts_with};
use crate::text::Token;

/// A time that a sentence says.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub(super) tokens: Range<usize>,
    pub(super) time: Time,
    pub(super) role: Role,
}

/// What it is said for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// The claims beside it are of that time.
    Own,
    /// As `Own`, for its own clause only: "hiện có".
    Clause,
    /// Claims are compared with that time: "so với cùng kỳ năm 2024".
    Compared,
}

const NOW: [&str; 16] = [
    "hiện nay",
    "hiện tại",
    "hiện",
    "đến nay",
    "tính đến nay",
    "tới nay",
    "cho đến nay",
    "đến thời điểm này",
    "tính đến thời điểm này",
    "đến thời điểm hiện tại",
    "tính đến thời điểm hiện tại",
    "tính tới nay",
    "đến hiện tại",
    "đến giờ",
    "đến thời điểm báo cáo",
    "tính đến thời điểm báo cáo",
];
/// Up to the end of what follows.
const UP_TO: [&str; 27] = [
    "tính đến hết",
    "tính đến cuối",
    "tính đến",
    "tính tới",
    "đến hết",
    "đến cuối",
    "đến",
    "tới hết",
    "tới cuối",
    "hết",
    "trước",
    "trước ngày",
    "cho đến hết",
    "tính đến hết ngày",
    "tính đến giữa",
    "đến giữa",
    "đến trước",
    "vào cuối",
    "cuối",
    "tới",
    "cho đến",
    "tính đến thời điểm",
    "đến thời điểm",
    "chậm nhất",
    "chậm nhất là",
    "vào thời điểm cuối",
    "thời điểm cuối",
];
/// From the beginning of the year, up to what follows.
const FROM_NEW_YEAR: [&str; 4] = ["từ đầu năm", "kể từ đầu năm", "tính từ đầu năm", "lũy kế từ đầu năm"];
const COMPARED: [&str; 14] = [
    "so với cùng kỳ",
    "so cùng kỳ",
    "cùng kỳ",
    "so với",
    "cùng kỳ của",
    "bằng cùng kỳ",
    "so với mức",
    "hơn cùng kỳ",
    "với cùng kỳ",
    "so với thời điểm",
    "cùng thời điểm",
    "so với cùng thời điểm",
    "so với mức tăng",
    "so với mức giảm",
];

/// What is known where a sentence begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken {
    /// The text's day.
    pub(super) today: Day,
    /// The sentence says what shall be.
    pub(super) later: bool,
    /// The sentence is a heading.
    pub(super) headed: bool,
    /// What an earlier sentence said that this one goes on with.
    pub(super) carried: Option<Time>,
    /// The period that the text spoke of last.
    pub(super) period: Option<Time>,
    /// The month and the quarter that it reports on.
    pub(super) month: Option<Time>,
    pub(super) quarter: Option<Time>,
}

/// The times of a sentence, in its order.
pub(super) fn all(tokens: &[Token], spoken: &Spoken) -> Vec<Expression> {
    let reading = Reading { today: spoken.today, later: spoken.later, headed: spoken.headed };
    let mut found: Vec<Expression> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let compared = starts_with(tokens, at, &COMPARED);
        let own =
            found.iter().rev().find(|said| said.role == Role::Own).map(|said| said.time).or(spoken.carried);
        let passed = passed::end(tokens, at, reading);
        if passed > at {
            at = passed;
        } else if let Some(end) = past(tokens, at) {
            let time = Time { from: None, to: None };
            found.push(Expression { tokens: at..end, time, role: Role::Own });
            at = end;
        } else if compared > 0 {
            let (mut time, end) = compared_time(tokens, at, compared, own, reading);
            // "so với thời điểm 31/12/2024 (1.220 tỷ đồng)": what there was on that day.
            time.from = time.from.filter(|from| Some(*from) != time.to);
            // "Cùng kỳ năm 2024, số thu là 15.352 tỷ đồng": a sentence that opens so speaks of that time.
            let opens = at == 0 && starts_with(tokens, at, &["cùng kỳ"]) > 0;
            let role = if opens { Role::Own } else { Role::Compared };
            found.push(Expression { tokens: at..end, time, role });
            at = end;
        } else if let Some((time, end)) = referred(tokens, at, own, spoken)
            .or_else(|| one(tokens, at, reading))
            .filter(|(_, end)| *end > at)
        {
            let role = match () {
                () if is_clause(tokens, at, end) => Role::Clause,
                () if is_base(tokens, at) => Role::Compared,
                () => Role::Own,
            };
            found.push(Expression { tokens: at..end, time, role });
            at = end;
        } else {
            at += 1;
        }
    }
    passed::drop_topics(tokens, &mut found);
    found
}

/// A past without a day: what it says is of no known time.
fn past(tokens: &[Token], at: usize) -> Option<usize> {
    let words = starts_with(tokens, at, &["trước đây", "trước kia", "trước đó", "năm học trước", "vụ trước"]);
    (words > 0).then_some(at + words)
}

/// A base by what stands before it: "gấp 1,8 lần quý II", "5,4% kế hoạch năm 2025".
fn is_base(tokens: &[Token], at: usize) -> bool {
    let times = ends_with(tokens, at, &["lần", "lần của", "lần so với", "lần mức"]);
    let plans = ["% kế hoạch", "% dự toán", "% chỉ tiêu", "% mục tiêu", "% kế hoạch giao", "% dự toán giao"];
    ends_with(tokens, at, &plans) > 0
        || times > 0 && tokens.get(at.wrapping_sub(times + 1)).is_some_and(Token::is_number)
}

/// "hiện có": of what stands behind it in its clause.
fn is_clause(tokens: &[Token], at: usize, end: usize) -> bool {
    let bare = starts_with(tokens, at, &["hiện", "hiện nay", "hiện tại", "nay"]) == end - at;
    bare && !tokens.get(end).is_some_and(|mark| mark.is_mark(','))
}

/// The time a comparison names, and where it ends: "so với cuối năm 2024", "cùng kỳ năm trước".
fn compared_time(
    tokens: &[Token],
    at: usize,
    words: usize,
    own: Option<Time>,
    reading: Reading,
) -> (Time, usize) {
    let unknown = Time { from: None, to: None };
    let mut from = at + words;
    let same = starts_with(
        tokens,
        at,
        &[
            "so với cùng kỳ",
            "cùng kỳ",
            "so cùng kỳ",
            "với cùng kỳ",
            "hơn cùng kỳ",
            "bằng cùng kỳ",
            "cùng thời điểm",
            "so với cùng thời điểm",
        ],
    ) > 0
        || starts_with(tokens, from, &["cùng kỳ"]) > 0;
    from += starts_with(tokens, from, &["cùng kỳ", "của", "ước thực hiện", "thực hiện"]);
    let shifted = |year: i16| {
        let own = own?;
        let years = year - own.to?.year();
        let shift = |day: Option<Day>| day.and_then(|day| day.plus_years(years));
        Some(Time { from: shift(own.from), to: shift(own.to) })
    };
    let before = starts_with(tokens, from, &["năm trước", "năm ngoái"]);
    let own_year = own.and_then(|own| own.to).map_or_else(|| reading.today.year(), Day::year);
    if same {
        let named = period::at(tokens, from, reading).filter(|_| before == 0);
        let year = named.map_or(own_year - 1, |(_, to, _)| to.year());
        let end = named.map_or(from + before, |(_, _, end)| end);
        return (shifted(year).unwrap_or(unknown), end);
    }
    if before > 0 {
        let time =
            Period::of_year(own_year - 1).map(|year| Time { from: Some(year.from()), to: Some(year.to()) });
        return (time.unwrap_or(unknown), from + before);
    }
    let earlier = starts_with(tokens, from, &["tháng trước"]);
    if earlier > 0 {
        let month = own.and_then(|own| own.from).and_then(|from| from.month().plus(-1));
        let time = month.map(Period::of_month);
        let time = time.map(|month| Time { from: Some(month.from()), to: Some(month.to()) });
        return (time.unwrap_or(unknown), from + earlier);
    }
    // "so với kết quả năm 2025", "so với thực hiện năm 2024"
    let plain = |at: &usize| tokens.get(*at).is_some_and(Token::is_word);
    let named = (from..from + 4).take_while(|at| *at == from || plain(&(at - 1)));
    named.filter_map(|at| one(tokens, at, reading)).next().unwrap_or((unknown, from))
}

pub(super) fn one(tokens: &[Token], at: usize, reading: Reading) -> Option<(Time, usize)> {
    let stock = |to: Day| Time { from: None, to: Some(to) };
    let year_start = Period::of_year(reading.today.year()).map(Period::from);
    let new_year = starts_with(tokens, at, &FROM_NEW_YEAR);
    if new_year > 0 {
        let (named, from) = match year_number(tokens, at + new_year) {
            Some(year) => (at + new_year + 1, Period::of_year(year).map(Period::from)),
            None => (at + new_year, year_start),
        };
        let (to, end) = up_to(tokens, named, reading).unwrap_or((reading.today, named));
        return Some((Time { from, to: Some(to) }, end));
    }
    if let Some(ahead) = ahead(tokens, at, reading) {
        return Some(ahead);
    }
    if starts_with(tokens, at, &["từ", "kể từ", "tính từ"]) > 0 {
        let from_at = at + starts_with(tokens, at, &["từ", "kể từ", "tính từ"]);
        if let Some(days) = days(tokens, from_at, reading) {
            return Some(days);
        }
        let from_at = from_at + starts_with(tokens, from_at, &["đầu", "sau"]);
        let (from, _, end) = period::at(tokens, from_at, reading)?;
        let (to, end) = up_to(tokens, end, reading)
            .or_else(|| dash_to(tokens, end, reading))
            .or_else(|| (at == 0 && from <= reading.today).then_some((reading.today, end)))?;
        return Some((Time { from: Some(from), to: Some(to) }, end));
    }
    let now = now(tokens, at);
    if now > 0 {
        return Some((stock(reading.today), at + now));
    }
    // "đầu năm 2025 là 5.914 triệu đồng"
    let opening = starts_with(tokens, at, &["đầu năm", "thời điểm đầu năm"]);
    if opening > 0 {
        let named = year_number(tokens, at + opening).and_then(Period::of_year);
        let first = named.map(Period::from).or(year_start)?;
        return Some((stock(first), at + opening + usize::from(named.is_some())));
    }
    if let Some((to, end)) = up_to(tokens, at, reading) {
        let first = Period::of_year(to.year()).map(Period::from).filter(|_| is_cumulated(tokens, at, end));
        return Some((Time { from: first, to: Some(to) }, end));
    }
    let (from, to, end) = period::at(tokens, at, reading)?;
    // "(15/10 - 14/11/2025)"
    let last = dash_to(tokens, end, reading).filter(|(last, _)| from == to && *last > to);
    let (to, end) = last.unwrap_or((to, end));
    Some((Time { from: Some(from), to: Some(to) }, end))
}

/// "từ nay đến cuối năm": what is left of the year.
fn ahead(tokens: &[Token], at: usize, reading: Reading) -> Option<(Time, usize)> {
    let words =
        starts_with(tokens, at, &["từ nay đến cuối năm", "từ nay đến hết năm", "từ nay tới cuối năm"]);
    let named = year_number(tokens, at + words).filter(|_| words > 0);
    let year = Period::of_year(named.unwrap_or_else(|| reading.today.year())).filter(|_| words > 0)?;
    let end = at + words + usize::from(named.is_some());
    Some((Time { from: Some(reading.today), to: Some(year.to()) }, end))
}

/// "từ ngày 15 đến ngày 21/8", "từ 13 đến 21/02/2026": days of one month, which the second names.
fn days(tokens: &[Token], at: usize, reading: Reading) -> Option<(Time, usize)> {
    let at = at + starts_with(tokens, at, &["ngày"]);
    let first = tokens.get(at).filter(|token| token.is_number() && token.norm.len() <= 2)?;
    let first: i8 = first.norm.parse().ok()?;
    let joint = starts_with(tokens, at + 1, &["đến", "tới", "đến hết"])
        + usize::from(tokens.get(at + 1).is_some_and(Token::is_dash));
    let (from, to, end) = period::at(tokens, at + 1 + joint, reading).filter(|_| joint > 0)?;
    let (year, month, last) = to.ymd();
    let begin = Day::new(year, month, first).filter(|_| from == to && first < last)?;
    Some((Time { from: Some(begin), to: Some(to) }, end))
}

/// Tokens of a word for today; "hiện" is also a part of verbs: "thực hiện", "phát hiện".
fn now(tokens: &[Token], at: usize) -> usize {
    let verb = ends_with(tokens, at, &["thực", "phát", "thể", "xuất", "biểu", "tái"]) > 0;
    if verb {
        return 0;
    }
    // "nay đã có 12 phòng"; but "năm nay", "lâu nay", "từ trước tới nay"
    let other = ["năm", "hôm", "sáng", "chiều", "tối", "lâu", "xưa", "ngày", "khuya", "trưa", "bữa", "tháng"];
    let alone = starts_with(tokens, at, &["nay"]);
    if alone > 0 && ends_with(tokens, at, &other) == 0 { alone } else { starts_with(tokens, at, &NOW) }
}

pub(super) fn year_number(tokens: &[Token], at: usize) -> Option<i16> {
    let token = tokens.get(at).filter(|token| token.is_number() && token.norm.len() == 4)?;
    token.norm.parse().ok()
}

/// "đến hết tháng 10", "đến nay", "đến 8h ngày 3/9"
fn up_to(tokens: &[Token], at: usize, reading: Reading) -> Option<(Day, usize)> {
    let now = now(tokens, at);
    if now > 0 {
        return Some((reading.today, at + now));
    }
    let words = starts_with(tokens, at, &UP_TO);
    if words == 0 {
        return None;
    }
    let mut named = at + words;
    // "đến 8h ngày 3/9", "đến 17 giờ ngày 3/9"
    while named < at + words + 4 && period::at(tokens, named, reading).is_none() && is_hour(tokens, named) {
        named += 1;
    }
    // "tính đến đầu tháng 9"
    let first = starts_with(tokens, named, &["đầu"]);
    if first > 0
        && let Some((from, _, end)) = period::at(tokens, named + first, reading)
    {
        return Some((from, end));
    }
    if let Some((from, to, end)) = period::at(tokens, named, reading) {
        let before = starts_with(tokens, at, &["trước"]) > 0 && !reading.later;
        return Some((if before { from.plus(-1).unwrap_or(to) } else { to }, end));
    }
    // "đến 2030"
    let year = year_number(tokens, named).filter(|year| (1_900..2_200).contains(year))?;
    Period::of_year(year).map(|period| (period.to(), named + 1))
}

/// "Lũy kế đến hết ngày 31/10 giải ngân 5.602,4 tỷ đồng": money is cumulated over a budget year; of other things it may
/// be since ever.
fn is_cumulated(tokens: &[Token], at: usize, end: usize) -> bool {
    const NEAR: usize = 12;
    let opens =
        ends_with(tokens, at, &["lũy kế", "lũy kế giải ngân", "cộng dồn", "lũy kế thu", "lũy kế chi"]) > 0;
    let number = (end..end + NEAR).find(|at| tokens.get(*at).is_some_and(Token::is_number));
    let money =
        number.is_some_and(|number| (number + 1..number + 4).any(|at| any_of(tokens.get(at), &["đồng"])));
    opens && money
}

fn is_hour(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        matches!(token.norm.as_str(), "giờ" | "phút" | "hết")
            || token.norm.chars().next().is_some_and(|c| c.is_ascii_digit())
    })
}

pub(super) fn dash_to(tokens: &[Token], at: usize, reading: Reading) -> Option<(Day, usize)> {
    tokens.get(at).filter(|token| token.is_dash())?;
    period::at(tokens, at + 1, reading).map(|(_, to, end)| (to, end))
}
