//! When: periods and days that a text names, and which of them a claim is said of.

mod cumulated;
mod expression;
mod headed;
mod passed;
mod period;
mod referred;

use std::ops::Range;

use mc_base::{Day, Period};

use crate::claim::{Kind, Modality, Time};
use crate::find::Placed;
use crate::lexicon::{ends_with, starts_with};
use crate::text::{Document, Token, TokenKind};

use expression::{Expression, Role, Spoken};
use headed::Headed;

/// Gives each claim the time that its sentence says; where it says none, that of an earlier sentence that it goes on
/// with.
pub(crate) fn assign(document: &Document<'_>, claims: &mut [Placed], today: Day) {
    let mut at = 0;
    let mut last: Option<Time> = None;
    // What "trong kỳ" refers to, be it said in the title.
    let mut period: Option<Time> = None;
    let (mut month, mut quarter) = (None, None);
    // Up to which day money has been told, and from when.
    let mut to_day: Option<Time> = None;
    let mut headed = Headed::default();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let tokens = document.tokens_of(sentence);
        let count = claims.iter().skip(at).take_while(|placed| placed.claim.sentence == index).count();
        let Some(of_sentence) = claims.get_mut(at..at + count) else { continue };
        at += count;
        let goes_on = carries(document, index, tokens);
        let carried = last.filter(|time| !is_deadline(*time, today));
        let spoken = is_speech(tokens);
        let carried = carried.filter(|_| goes_on || !spoken && is_same_paragraph(document, index));
        let heading = document.paragraphs.get(sentence.paragraph).is_some_and(|line| line.heading);
        let above = headed.above(document, sentence).filter(|_| !spoken);
        let later = of_sentence.iter().any(|placed| placed.claim.modality != Modality::Fact);
        let mut said = expression::all(
            tokens,
            &Spoken { today, later, headed: heading, carried, period, month, quarter },
        );
        said.retain(|said| {
            let apart = |placed: &Placed| {
                placed.tokens.end <= said.tokens.start || said.tokens.end <= placed.tokens.start
            };
            of_sentence.iter().all(apart)
        });
        let places: Vec<Range<usize>> = of_sentence.iter().map(|placed| placed.tokens.clone()).collect();
        let beside = Beside { tokens, said: &said, places: &places, carried };
        let mut given: Vec<Given> = Vec::with_capacity(of_sentence.len());
        for placed in of_sentence {
            let time = beside.time_of(&Asked::of(placed), &given);
            let own = time.map(|given| given.time).filter(|time| time.to.is_some());
            let told = time.is_some_and(|given| !given.level);
            let may = |time: &Time| !told && (goes_on || may_carry(tokens, placed, *time));
            let whole = own.or(carried.filter(may)).or(above.filter(may));
            placed.claim.time = whole.map(|time| cumulated::of(tokens, placed, time, to_day));
            given.extend(time.filter(|given| given.level));
        }
        let own = said.iter().find(|said| said.role != Role::Compared && said.time.to.is_some());
        // What was told last goes on: "kế hoạch năm 2025 … giao đến ngày 31/10 là 15.486 tỷ đồng. … Vốn được giao cho …".
        let told = |time: &Time| {
            time.to.is_some() && said.iter().any(|said| said.role == Role::Own && said.time == *time)
        };
        let main = given.last().map(|given| given.time).filter(told);
        last = main.or(own.map(|said| said.time)).or(carried);
        to_day = cumulated::named(&said).or(to_day);
        let over = said.iter().find(|said| said.role == Role::Own && is_period(said.time));
        period = over.map(|said| said.time).or(period);
        // A report speaks of the month of its title; "(số liệu tính từ ngày 15/10 đến ngày 14/11)" says which it is.
        let told = |long: fn(Time) -> bool, known: Option<Time>| {
            let bracketed = tokens.first().is_some_and(|mark| mark.is_mark('('));
            let mut named = said.iter().map(|said| said.time).filter(|time| long(*time));
            if bracketed { named.next_back().or(known) } else { known.or(named.next()) }
        };
        month = told(referred::is_month, month);
        quarter = told(referred::is_quarter, quarter);
        headed.read(document, sentence, &said);
    }
}

/// Whether somebody is quoted with more than a word or two.
fn is_speech(tokens: &[Token]) -> bool {
    const WORDS_MAX: usize = 3;
    let is_quote = |token: &Token| matches!(token.kind, TokenKind::Mark('“' | '”' | '"'));
    let open = tokens.iter().position(is_quote);
    open.is_some_and(|open| !tokens.iter().skip(open + 1).take(WORDS_MAX + 1).any(is_quote))
}

/// Whether the sentence before stands in the same line.
fn is_same_paragraph(document: &Document<'_>, index: usize) -> bool {
    let paragraph = |at: usize| document.sentences.get(at).map(|sentence| sentence.paragraph);
    index.checked_sub(1).is_some_and(|before| paragraph(before) == paragraph(index))
}

/// More than a day, and closed at both ends.
fn is_period(time: Time) -> bool {
    time.from.is_some() && time.to.is_some() && time.from != time.to
}

/// Up to a day that is still to come: what is due then says nothing of the next sentence.
fn is_deadline(time: Time, today: Day) -> bool {
    time.from.is_none() && time.to.is_some_and(|to| to > today)
}

/// Whether what a paragraph's earlier sentence says of its time holds for a claim of a later one that says none:
/// reports name a period once and go on. How long something takes and who stands where are not counted over a
/// period, nor is what a place has; money is got and spent over a period, and only owed as of a day.
fn may_carry(tokens: &[Token], placed: &Placed, time: Time) -> bool {
    let over_a_period = time.from.is_some();
    match placed.claim.kind {
        Kind::Duration | Kind::Rank => false,
        Kind::Money => over_a_period || is_owed(tokens, placed),
        _ => !(over_a_period && ends_with(tokens, placed.tokens.start, &["có"]) > 0),
    }
}

/// "Số vốn còn phải giải ngân là 3.694 tỷ đồng", "nợ quá hạn 11,2 tỷ đồng": money that is as of a day.
fn is_owed(tokens: &[Token], placed: &Placed) -> bool {
    const OWED: usize = 8;
    let open = placed.tokens.start.saturating_sub(OWED);
    tokens
        .get(open..placed.tokens.start)
        .unwrap_or_default()
        .iter()
        .any(|token| matches!(token.norm.as_str(), "còn" | "nợ"))
}

/// Whether a sentence goes on with what the one before speaks of: "trong đó", "so với cùng kỳ", an item of its list.
fn carries(document: &Document<'_>, index: usize, tokens: &[Token]) -> bool {
    const GOES_ON: [&str; 13] = [
        "phân loại",
        "phân theo",
        "chia theo",
        "số còn lại",
        "trong tổng số",
        "trong đó",
        "trong số đó",
        "trong số này",
        "cụ thể",
        "so với cùng kỳ",
        "so cùng kỳ",
        "bao gồm",
        "chia ra",
    ];
    let before = index.checked_sub(1).and_then(|before| document.sentences.get(before));
    let listed = before
        .map(|before| document.tokens_of(before))
        .is_some_and(|before| is_item(before) || before.last().is_some_and(|mark| mark.is_mark(':')));
    starts_with(tokens, 0, &GOES_ON) > 0 || (is_item(tokens) && listed)
}

/// A line of a list: behind a dash, a plus, a lettered "a)" or "(ii)".
fn is_item(tokens: &[Token]) -> bool {
    let open = usize::from(tokens.first().is_some_and(|mark| mark.is_mark('(')));
    let letters_max = if open > 0 { 4 } else { 1 };
    let lettered =
        tokens.get(open).is_some_and(|letter| letter.norm.chars().count() <= letters_max && letter.is_word())
            && tokens.get(open + 1).is_some_and(|mark| mark.is_mark(')'));
    lettered || tokens.first().is_some_and(|mark| mark.is_dash() || mark.is_mark('+'))
}

/// What a claim was given, for those behind it; no end where it was given nothing on purpose.
#[derive(Clone, Copy)]
struct Given {
    end: usize,
    time: Time,
    /// A level that is told, not one that others are compared with.
    level: bool,
}

/// A claim whose time is asked.
struct Asked {
    tokens: Range<usize>,
    multiple: bool,
    /// A change of the level told before.
    change: bool,
}

impl Asked {
    fn of(placed: &Placed) -> Self {
        let signed = placed.claim.text.starts_with(['-', '−', '–', '+']);
        let multiple = placed.claim.kind == Kind::Multiple;
        let change = multiple || signed || placed.claim.measures.direction.is_some();
        Self { tokens: placed.tokens.clone(), multiple, change }
    }
}

/// The times of a sentence beside its claims.
struct Beside<'s> {
    tokens: &'s [Token],
    said: &'s [Expression],
    places: &'s [Range<usize>],
    /// What an earlier sentence said that this one goes on with.
    carried: Option<Time>,
}

impl Beside<'_> {
    /// The time that stands at the claim; else the nearest before it that is not another claim's own; then the
    /// nearest behind it in its clause; then that of the level it goes on with.
    fn time_of(&self, asked: &Asked, given: &[Given]) -> Option<Given> {
        let claim = &asked.tokens;
        let answer = |time: Time, level: bool| Some(Given { end: claim.end, time, level });
        if let Some(planned) = self.planned(claim) {
            return answer(planned, false);
        }
        if let Some(compared) = self.bracketed(claim).filter(|_| !asked.change) {
            return answer(compared.time, false);
        }
        let next = self.said.iter().find(|said| said.tokens.start >= claim.end);
        let attached = next.filter(|said| {
            said.tokens.start - claim.end <= 1
                && !(asked.multiple && said.role == Role::Own)
                && !self.is_between(claim.end, said.tokens.start, &[',', ';'])
        });
        let base = self.is_compared(claim.start);
        if let Some(said) = attached.filter(|said| said.role != Role::Compared || base) {
            return answer(said.time, !base);
        }
        if self.is_start_of_change(claim) {
            let compared = self.said.iter().rev().filter(|said| said.role == Role::Compared);
            let before = compared.clone().find(|said| said.tokens.end <= claim.start);
            return before.and_then(|said| answer(said.time, false));
        }
        let before = self.said.iter().rev().filter(|said| said.tokens.end <= claim.start).find(|said| {
            match said.role {
                Role::Compared => false,
                Role::Clause => self.goes_on(said, claim),
                Role::Own => self.owner(said).is_none_or(|owner| owner == claim.start),
            }
        });
        // A time said after the last level is the change's own.
        let told = given.last().is_some_and(|given| before.is_none_or(|said| said.tokens.end <= given.end));
        if let Some(level) = self.level(claim, given).filter(|_| asked.change && told) {
            return answer(level, true);
        }
        let behind = next.filter(|said| said.role == Role::Own).filter(|said| {
            let between = self.tokens.get(claim.end..said.tokens.start).unwrap_or_default();
            !between.iter().any(Token::is_number)
                && !self.is_between(claim.end, said.tokens.start, &[';', ',', ':', '('])
        });
        if let Some(said) = before.or(behind) {
            return answer(said.time, true);
        }
        let along = given.last().filter(|given| {
            let between = self.tokens.get(given.end..claim.start).unwrap_or_default();
            let other = ["mỗi", "hằng", "hàng", "lên", "xuống"]
                .iter()
                .any(|word| between.iter().any(|token| token.norm == *word));
            !other && !self.is_between(given.end, claim.start, &[';'])
        });
        along.map(|given| given.time).or_else(|| self.only(claim)).and_then(|time| answer(time, true))
    }

    /// The time of the base that stands in brackets: "so với cùng kỳ năm trước (13.205 tỷ đồng)".
    fn bracketed(&self, claim: &Range<usize>) -> Option<&Expression> {
        let last = self.said.iter().rev().find(|said| said.tokens.end <= claim.start)?;
        let compared = last.role == Role::Compared && last.time.to.is_some();
        let near = claim.start - last.tokens.end <= 3;
        (compared && near && !self.is_between(last.tokens.end, claim.start, &[',', ';'])).then_some(last)
    }

    /// The time of the plan whose number stands in brackets: "bằng 101,7% kế hoạch (140.000 ha)". It is a year's where
    /// the sentence says so, and of no known time where part of a year is told.
    fn planned(&self, claim: &Range<usize>) -> Option<Time> {
        const PLANS: [&str; 4] = ["kế hoạch", "dự toán", "chỉ tiêu", "mục tiêu"];
        const TOLD: [&str; 8] =
            ["giao", "năm", "được giao", "tỉnh giao", "đầu năm", "giao đầu năm", "cả năm", "hđnd tỉnh giao"];
        let bracket =
            claim.start > 0 && self.tokens.get(claim.start - 1).is_some_and(|mark| mark.is_mark('('));
        let open = claim.start - usize::from(bracket);
        let told = ends_with(self.tokens, open, &TOLD);
        let plan = ends_with(self.tokens, open - told, &PLANS);
        let before = (open - told).checked_sub(plan + 1).and_then(|at| self.tokens.get(at));
        // "đạt 57% kế hoạch 9.864,3 tỷ đồng"
        let share = before.is_some_and(|mark| mark.is_mark('%'));
        // "- Ban giao thông: kế hoạch 3.120,5 tỷ đồng; giải ngân 2.106,4 tỷ đồng"
        let listed = before.is_some_and(|mark| mark.is_mark(':')) && plan > 0;
        let given = ends_with(self.tokens, claim.start, &[": được giao"]) > 0;
        if (plan == 0 || !(bracket || share)) && !listed && !given {
            return None;
        }
        let whole = |time: &Time| {
            let year = time.to.map(Day::year).and_then(Period::of_year)?;
            Some(Time { from: Some(year.from()), to: Some(year.to()) })
        };
        let own = self.said.iter().rev().find(|said| said.role == Role::Own && said.tokens.end <= open);
        let time = own.map(|said| said.time).or(self.carried.filter(|_| listed || given));
        let year = time.as_ref().and_then(whole);
        if listed || given { year } else { Some(year.unwrap_or(Time { from: None, to: None })) }
    }

    /// The one time that the sentence says, where it stands at the end of an enumeration that begins with the claim:
    /// "73 xã đã số hóa xong, đạt 79,4% tính đến ngày 19/11".
    fn only(&self, claim: &Range<usize>) -> Option<Time> {
        let mut own = self.said.iter().filter(|said| said.role == Role::Own);
        let first = own.next().filter(|said| said.tokens.start >= claim.end)?;
        let last = self.places.iter().rev().find(|place| place.end <= first.tokens.start)?;
        let base = self.is_compared(last.start)
            || ends_with(self.tokens, last.start, &["từ", "từ hạng", "từ vị trí", "từ mức", "từ thứ"]) > 0;
        let close = first.tokens.start - last.end <= 3
            && !self.is_between(last.end, first.tokens.start, &[',', ';', ':'])
            && !self.is_between(claim.end, first.tokens.start, &[';']);
        (!base && close && own.all(|said| said.time == first.time)).then_some(first.time)
    }

    /// The time of the level that a change behind it is of: of the first, where what follows only looks back. Unknown
    /// where one time leads to another: "từ 18% năm 2020 lên 27% năm 2024, tăng 9 điểm %" says none of its own.
    fn level(&self, claim: &Range<usize>, given: &[Given]) -> Option<Time> {
        let clause = |given: &&Given| !self.is_between(given.end, claim.start, &[';']);
        let mut levels = given.iter().filter(clause).peekable();
        let mut all = given.iter();
        let first = if levels.peek().is_some() { levels.next() } else { all.next() }?.time;
        let same = levels.all(|given| given.time == first || given.time.to < first.to);
        Some(if same { first } else { Time { from: None, to: None } })
    }

    /// "từ 1,8 ngày lên 2,3 ngày": what was before the change is not of the time after it.
    fn is_start_of_change(&self, claim: &Range<usize>) -> bool {
        let from =
            ends_with(self.tokens, claim.start, &["từ", "từ khoảng", "từ hơn", "từ trên", "từ gần"]) > 0;
        let to = ["lên", "xuống", "còn", "lên đến", "xuống còn", "lên tới"];
        from && (claim.end..claim.end + 3).any(|at| starts_with(self.tokens, at, &to) > 0)
    }

    /// Whether a claim is still of the thing that "hiện có" opened: in its clause, or a part of it.
    fn goes_on(&self, said: &Expression, claim: &Range<usize>) -> bool {
        let between = self.tokens.get(said.tokens.end..claim.start).unwrap_or_default();
        let parts = ["trong đó", "gồm", "bao gồm"];
        let part = (1..=between.len()).any(|end| ends_with(between, end, &parts) > 0);
        let first = self.places.iter().find(|place| place.start >= said.tokens.end);
        let unit = |place: &Range<usize>| {
            self.tokens.get(place.end.saturating_sub(1)).map(|token| token.norm.clone()).unwrap_or_default()
        };
        let same = first.is_some_and(|first| unit(first) == unit(claim));
        part || same || !self.is_between(said.tokens.end, claim.start, &[',', ';', '.'])
    }

    fn is_between(&self, from: usize, to: usize, marks: &[char]) -> bool {
        let between = self.tokens.get(from..to).unwrap_or_default();
        between.iter().any(|token| matches!(token.kind, TokenKind::Mark(mark) if marks.contains(&mark)))
    }

    /// "so với 77.700 lượt khách của cùng kỳ"
    fn is_compared(&self, at: usize) -> bool {
        ends_with(self.tokens, at, &["so với", "so với mức", "với", "lần con số"]) > 0
    }

    /// The claim that a time belongs to alone: right before it, or "năm 2024 là …" right behind.
    fn owner(&self, said: &Expression) -> Option<usize> {
        let joined = ends_with(self.tokens, said.tokens.start, &["của"]);
        let before = self.places.iter().find(|place| place.end == said.tokens.start - joined);
        let leads = starts_with(
            self.tokens,
            said.tokens.end,
            &["là", "đạt", "có", "còn", "thu", "chỉ có", "chỉ đạt"],
        );
        let starts = self.places.iter().find(|place| leads > 0 && place.start == said.tokens.end + leads);
        // A sentence that opens so speaks of that time as a whole, unless it names another one; "đến nay có" opens what
        // is told from there on.
        let several = self.said.iter().filter(|other| other.role == Role::Own).count() > 1;
        let period = said.time.from.is_some();
        before.or(starts.filter(|_| several && period)).map(|place| place.start)
    }
}
