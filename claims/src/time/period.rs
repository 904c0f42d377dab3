//! A period that begins at a token: "tháng 10/2025", "quý III", "9 tháng đầu năm", "ngày 3/9".

use mc_base::{Day, Month, Period};

use crate::lexicon::{any_of, ends_with, starts_with};
use crate::text::{Token, TokenKind};

/// First and last day of what is named, and the token behind.
pub(super) type Named = (Day, Day, usize);

/// How a year that is not said is found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// The text's day.
    pub(super) today: Day,
    /// It is said of what shall be: of this year, though it has not ended.
    pub(super) later: bool,
    /// It is said in a heading: of the nearest year, be the period over or to come.
    pub(super) headed: bool,
}

/// Which year's is meant where none is said.
#[derive(Clone, Copy)]
enum Unsaid {
    /// The latest that has ended.
    Ended,
    /// The latest that has begun.
    Begun,
    /// The nearest.
    Nearest,
}

impl Reading {
    fn unsaid(self, which: Unsaid, of: impl Fn(i16) -> Option<Period>) -> Option<Period> {
        match which {
            _ if self.headed => self.nearest(of),
            Unsaid::Ended => self.latest(of),
            Unsaid::Begun => self.begun(of),
            Unsaid::Nearest => self.nearest(of),
        }
    }

    /// The latest of its kind that has ended; of what is to come, this year's.
    fn latest(self, of: impl Fn(i16) -> Option<Period>) -> Option<Period> {
        let year = self.today.year();
        let this = of(year)?;
        if self.later || this.to() <= self.today { Some(this) } else { of(year - 1) }
    }

    /// "cả năm", "trong năm": of what is told in the first weeks of a year, the year before.
    fn whole_year(self) -> Option<Period> {
        let (year, month, _) = self.today.ymd();
        Period::of_year(if month <= 2 && !self.later { year - 1 } else { year })
    }

    /// A day whose year is not said: the one nearest to the text's day.
    fn nearest(self, of: impl Fn(i16) -> Option<Period>) -> Option<Period> {
        let year = self.today.year();
        let away = |period: &Period| period.from().epoch_days().abs_diff(self.today.epoch_days());
        (year - 1..=year + 1).filter_map(of).min_by_key(away)
    }

    /// As [`Self::latest`] where what has begun counts.
    fn begun(self, of: impl Fn(i16) -> Option<Period>) -> Option<Period> {
        let year = self.today.year();
        let this = of(year)?;
        if self.later || this.from() <= self.today { Some(this) } else { of(year - 1) }
    }
}

pub(super) fn at(tokens: &[Token], at: usize, reading: Reading) -> Option<Named> {
    let token = tokens.get(at)?;
    match token.kind {
        TokenKind::Number => first_months(tokens, at, reading).or_else(|| numbers(tokens, at, reading)),
        TokenKind::Word => match token.norm.as_str() {
            "ngày" | "sáng" | "chiều" | "tối" | "trưa" | "đêm" | "hôm" => day(tokens, at, reading),
            "tháng" => month(tokens, at, reading),
            "quý" => quarter(tokens, at, reading),
            "năm" => year(tokens, at, reading),
            "nửa" => half(tokens, at, reading),
            "cả" | "trong" => {
                let year = any_of(tokens.get(at + 1), &["năm"]);
                let named = year.then(|| self::at(tokens, at + 1, reading)).flatten();
                let this = reading.whole_year().filter(|_| year);
                named.or_else(|| this.map(|this| (this.from(), this.to(), at + 2)))
            }
            "giai" => {
                let start = starts_with(tokens, at, &["giai đoạn"]);
                (start > 0).then(|| span(tokens, at + start)).flatten()
            }
            "hai" | "ba" | "bốn" | "sáu" | "bảy" | "tám" | "chín" | "mười"
                if (at + 1..at + 3).any(|at| any_of(tokens.get(at), &["tháng"])) =>
            {
                first_months(tokens, at, reading)
            }
            _ => None,
        },
        _ => None,
    }
}

fn number(tokens: &[Token], at: usize) -> Option<i16> {
    tokens.get(at).filter(|token| token.is_number() && token.norm.len() <= 4)?.norm.parse().ok()
}

fn small(tokens: &[Token], at: usize) -> Option<i8> {
    if let Some(number) = number(tokens, at) {
        return i8::try_from(number).ok();
    }
    Some(match tokens.get(at)?.norm.as_str() {
        "i" | "một" => 1,
        "ii" | "hai" => 2,
        "iii" | "ba" => 3,
        "iv" | "tư" | "bốn" => 4,
        "sáu" => 6,
        "bảy" => 7,
        "tám" => 8,
        "chín" => 9,
        "mười" => 10,
        _ => return None,
    })
}

fn four_digits(tokens: &[Token], at: usize) -> Option<i16> {
    number(tokens, at).filter(|year| (1_800..2_200).contains(year))
}

/// The year behind a period: "/2025", "năm 2025", "2025", "năm nay".
fn year_behind(tokens: &[Token], at: usize, today: Day) -> Option<(i16, usize)> {
    if tokens.get(at).is_some_and(|token| token.is_mark('/') || token.is_dash()) {
        return four_digits(tokens, at + 1).map(|year| (year, at + 2));
    }
    let word = starts_with(tokens, at, &["năm", "của năm"]);
    if let Some(year) = four_digits(tokens, at + word) {
        return Some((year, at + word + 1));
    }
    let shift = match tokens.get(at + word).filter(|_| word > 0).map(|token| token.norm.as_str()) {
        Some("nay") => 0,
        Some("ngoái" | "trước") => 1,
        _ => return None,
    };
    Some((today.year() - shift, at + word + 1))
}

fn dated(
    tokens: &[Token],
    at: usize,
    reading: Reading,
    unsaid: Unsaid,
    of: impl Fn(i16) -> Option<Period>,
) -> Option<Named> {
    let (period, end) = match year_behind(tokens, at, reading.today) {
        Some((year, end)) => (of(year)?, end),
        None => (reading.unsaid(unsaid, of)?, at),
    };
    Some((period.from(), period.to(), end))
}

fn day(tokens: &[Token], at: usize, reading: Reading) -> Option<Named> {
    if starts_with(tokens, at, &["hôm nay", "sáng nay", "chiều nay"]) > 0 {
        return Some((reading.today, reading.today, at + 2));
    }
    let mut first = at + 1;
    if any_of(tokens.get(first), &["ngày"]) {
        first += 1;
    }
    let day = small(tokens, first).filter(|day| (1..=31).contains(day))?;
    // "từ ngày 5 đến ngày 10/12" is read from its end.
    let slash = tokens.get(first + 1).is_some_and(|mark| mark.is_mark('/'));
    if !slash && !any_of(tokens.get(first + 1), &["tháng"]) {
        return None;
    }
    let month_at = first + 2;
    let month = small(tokens, month_at).filter(|month| (1..=12).contains(month))?;
    dated(tokens, month_at + 1, reading, Unsaid::Nearest, |year| {
        Day::new(year, month, day).map(Period::of_day)
    })
}

/// "17/11/2025", "17/11", "10/2025", "2021 - 2025"
fn numbers(tokens: &[Token], at: usize, reading: Reading) -> Option<Named> {
    if let Some(span) = span(tokens, at) {
        return Some(span);
    }
    if !tokens.get(at + 1).is_some_and(|mark| mark.is_mark('/') && mark.glued) {
        return None;
    }
    if let Some(year) = four_digits(tokens, at + 2) {
        let month = Month::new(year, small(tokens, at)?).map(Period::of_month)?;
        return Some((month.from(), month.to(), at + 3));
    }
    let (day, month) = (small(tokens, at)?, small(tokens, at + 2)?);
    // "hoạt động 24/7"
    let always =
        (day, month) == (24, 7) && ends_with(tokens, at, &["hoạt động", "phục vụ", "trực", "vận hành"]) > 0;
    if always || !(1..=12).contains(&month) || crate::lexicon::unit_at(tokens, at + 3).is_some() {
        return None;
    }
    dated(tokens, at + 3, reading, Unsaid::Nearest, |year| Day::new(year, month, day).map(Period::of_day))
}

fn month(tokens: &[Token], at: usize, reading: Reading) -> Option<Named> {
    let month = small(tokens, at + 1).filter(|month| (1..=12).contains(month))?;
    dated(tokens, at + 2, reading, Unsaid::Begun, |year| Month::new(year, month).map(Period::of_month))
}

fn quarter(tokens: &[Token], at: usize, reading: Reading) -> Option<Named> {
    let quarter = small(tokens, at + 1).filter(|quarter| (1..=4).contains(quarter))?;
    dated(tokens, at + 2, reading, Unsaid::Ended, |year| Period::of_quarter(year, quarter))
}

fn year(tokens: &[Token], at: usize, reading: Reading) -> Option<Named> {
    let (year, end) = year_behind(tokens, at, reading.today)?;
    if let Some(span) = span(tokens, at + 1) {
        return Some(span);
    }
    let period = Period::of_year(year)?;
    Some((period.from(), period.to(), end))
}

/// "2021 - 2025"
pub(super) fn span(tokens: &[Token], at: usize) -> Option<Named> {
    let (from, to) = (four_digits(tokens, at)?, four_digits(tokens, at + 2)?);
    let dash = tokens.get(at + 1).is_some_and(Token::is_dash) && to > from;
    let (from, to) = (Period::of_year(from).filter(|_| dash)?, Period::of_year(to)?);
    Some((from.from(), to.to(), at + 3))
}

/// "9 tháng", "6 tháng đầu năm 2025", "6 tháng cuối năm"
fn first_months(tokens: &[Token], at: usize, reading: Reading) -> Option<Named> {
    // "mười một tháng năm 2025"
    let eleven = starts_with(tokens, at, &["mười một", "mười hai"]) > 0;
    let (count, at) = if eleven {
        (10 + small(tokens, at + 1).or(Some(2))?, at + 1)
    } else {
        (small(tokens, at).filter(|count| (2..=12).contains(count))?, at)
    };
    // "978 tỷ đồng mỗi tháng của 11 tháng qua": how long back is said, not from where.
    if !any_of(tokens.get(at + 1), &["tháng"]) || any_of(tokens.get(at + 2), &["qua", "gần", "tới"]) {
        return None;
    }
    if starts_with(tokens, at + 2, &["cuối năm"]) > 0 {
        return last_months(tokens, at, count, reading);
    }
    let first = starts_with(tokens, at + 2, &["đầu năm", "đầu"]);
    // "đầu năm 2025": the year's word is part of the phrase.
    let year_at = at + 2 + if first == 2 { 1 } else { first };
    let of = |year: i16| Period::of_first_months(year, count);
    let (from, to, end) = dated(tokens, year_at, reading, Unsaid::Ended, of)?;
    Some((from, to, end.max(at + 2 + first)))
}

/// "6 tháng cuối năm", "trong hai tháng cuối năm 2025"
fn last_months(tokens: &[Token], at: usize, count: i8, reading: Reading) -> Option<Named> {
    let opening = |year: i16| Month::new(year, 13 - count).map(Period::of_month);
    let (from, _, end) = dated(tokens, at + 3, reading, Unsaid::Nearest, opening)?;
    let year = Period::of_year(from.year())?;
    Some((from, year.to(), end.max(at + 4)))
}

fn half(tokens: &[Token], at: usize, reading: Reading) -> Option<Named> {
    let first = starts_with(tokens, at, &["nửa đầu năm", "nửa đầu"]);
    let last = starts_with(tokens, at, &["nửa cuối năm", "nửa cuối"]);
    let taken = first.max(last);
    if taken == 0 {
        return None;
    }
    let of =
        |year: i16| if last > 0 { Period::of_second_half(year) } else { Period::of_first_months(year, 6) };
    let year_at = at + taken - usize::from(taken == 3);
    let (from, to, end) = dated(tokens, year_at, reading, Unsaid::Ended, of)?;
    Some((from, to, end.max(at + taken)))
}
