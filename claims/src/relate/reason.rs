//! The single change of one number that makes a relation hold.

use super::relation::Formula;
use crate::amount::{Amount, Exact};
use crate::claim::{Claim, Kind};
use crate::interval::Interval;
use crate::print;

/// Operands that are searched: of a longer sum only the stated number.
const OPERANDS_MAX: usize = 16;
/// Other changes that are told beside the likeliest.
const OTHERS_MAX: usize = 2;
/// Powers of ten that units differ by: tens, hundreds, thousands, millions.
const POWERS: [u8; 4] = [1, 2, 3, 6];

/// A swap moves a number by at least so many halves of what rounding leaves open.
const MOVED: i128 = 7;

/// A kind of slip: how it is called, and what may have been meant instead.
type Slip = (&'static str, fn(&Claim) -> Vec<Amount>);

/// In the order they are tried.
const SLIPS: [Slip; 5] = [
    ("sai đơn vị", powers),
    ("đảo chữ số", swaps),
    ("sai một chữ số", changes),
    ("thiếu một chữ số", losses),
    ("lặp một chữ số", doubles),
];

/// What would make it hold: the change of the stated number where that is one of several.
pub(super) fn of(formula: Formula, said: &Claim, operands: &[&Claim]) -> String {
    let searched = if operands.len() > OPERANDS_MAX { 0 } else { operands.len() };
    let all: Vec<&Claim> = std::iter::once(said).chain(operands.iter().copied()).collect();
    let mut known: Vec<Interval> = all.iter().map(|claim| Interval::of(claim)).collect();
    if let Some(stated) = known.first_mut() {
        *stated = formula.stated(said, said.value);
    }
    for (name, slip) in SLIPS {
        let mut fits: Vec<(&Claim, Amount)> = Vec::new();
        for (at, claim) in all.iter().enumerate().take(searched + 1) {
            let meant =
                slip(claim).into_iter().filter(|amount| holds(formula, &mut known, at, claim, *amount));
            // Of several readings of one number the first is the nearest.
            fits.extend(meant.take(1).map(|amount| (*claim, amount)));
        }
        if let Some(((claim, amount), others)) = fits.split_first() {
            return told(name, (claim, *amount), others, std::ptr::eq(*claim, said));
        }
    }
    if based_on_result(formula, &known) {
        return "chưa rõ; chia cho số mới thay vì số gốc thì được số bài nêu".to_owned();
    }
    "chưa rõ".to_owned()
}

/// Whether the stated number holds with two neighbouring digits the other way round.
pub(super) fn is_swapped(formula: Formula, said: &Claim, operands: &[&Claim]) -> bool {
    let known: Vec<Interval> = operands.iter().map(|claim| Interval::of(claim)).collect();
    let computed = formula.interval(&known);
    // "11,5 triệu lượt" leaves open what "8.371.600 lượt" is told to.
    let place = said.value.last_place() * Exact::from_integer(10);
    let added = matches!(formula, Formula::Sum | Formula::Difference);
    if added && operands.iter().any(|claim| claim.value.last_place() > place) {
        return false;
    }
    computed.is_some_and(|computed| {
        // What the swap moves must be much more than what rounding leaves open: else some swap always fits.
        let open = (computed.high - computed.low) * Exact::from_integer(MOVED);
        let moves = |meant: &Amount| {
            let moved = (meant.exact() - said.value.exact()) * Exact::from_integer(2);
            moved >= open || -moved >= open
        };
        let mut meant = swaps(said).into_iter().filter(moves);
        meant.any(|meant| computed.meets(&formula.stated(said, meant)))
    })
}

/// The slip of `claim` by which `value` came to be written so: "đảo chữ số: nếu 4.607 thì khớp".
pub fn slip(claim: &Claim, value: Exact) -> Option<String> {
    let target = Interval::point(value);
    let width = |amount: Amount| {
        let all = Interval::with(claim, amount);
        all.high - all.low
    };
    // But for its unit, a slip of the pen makes no number rounder: 10.000 for 12.000 is another way of telling it.
    let rounder = |amount: &Amount| {
        amount.trailing_zeros() > claim.value.trailing_zeros() && width(*amount) > width(claim.value)
    };
    SLIPS.iter().enumerate().find_map(|(nth, (name, slip))| {
        let mut fits = slip(claim).into_iter().filter(|amount| Interval::with(claim, *amount).meets(&target));
        let meant = fits.find(|amount| nth == 0 || !rounder(amount))?;
        Some(format!("{name}: nếu {} thì khớp", write(claim, meant)))
    })
}

fn told(name: &str, (claim, meant): (&Claim, Amount), others: &[(&Claim, Amount)], is_said: bool) -> String {
    let likeliest = format!("nếu {} thì khớp ({} {name}", write(claim, meant), write(claim, claim.value));
    let others: Vec<String> = others
        .iter()
        .take(OTHERS_MAX)
        .map(|(claim, meant)| format!("{} thay cho {}", write(claim, *meant), write(claim, claim.value)))
        .collect();
    match (others.as_slice(), is_said) {
        ([], _) => format!("{likeliest})"),
        (_, true) => format!("{likeliest}; cũng có thể sai ở số khác)"),
        (others, false) => format!("{likeliest}; hoặc {})", others.join(", hoặc ")),
    }
}

fn write(claim: &Claim, amount: Amount) -> String {
    format!("{}{}", print::written(amount), if claim.unit == "%" { "%" } else { "" })
}

fn holds(formula: Formula, known: &mut [Interval], at: usize, claim: &Claim, amount: Amount) -> bool {
    let Some(place) = known.get_mut(at) else { return false };
    let meant = if at == 0 { formula.stated(claim, amount) } else { Interval::with(claim, amount) };
    let before = std::mem::replace(place, meant);
    let holds = known
        .split_first()
        .is_some_and(|(wanted, operands)| formula.interval(operands).is_some_and(|all| all.meets(wanted)));
    if let Some(place) = known.get_mut(at) {
        *place = before;
    }
    holds
}

/// "1.620 lượt, tăng 270 lượt (16,7%)": 270 of 1.620, where it should be of 1.350.
fn based_on_result(formula: Formula, known: &[Interval]) -> bool {
    let (Formula::GrowthUp | Formula::GrowthDown, [said, operands @ ..]) = (formula, known) else {
        return false;
    };
    Formula::Share.interval(operands).is_some_and(|share| share.meets(said))
}

fn digits(amount: Amount) -> Vec<u8> {
    amount.digits.to_string().into_bytes()
}

fn with_digits(amount: Amount, digits: &[u8]) -> Option<Amount> {
    let text = std::str::from_utf8(digits).ok().filter(|text| !text.is_empty() && !text.starts_with('0'))?;
    let changed = Amount { digits: text.parse().ok()?, ..amount };
    (changed != amount && changed.is_sane()).then_some(changed)
}

/// A thousand for a million. What is written out stays so, digit by digit.
fn powers(claim: &Claim) -> Vec<Amount> {
    let amount = claim.value;
    let ten = |by: u8| 10_i64.pow(u32::from(by));
    let counted = amount.is_plain();
    let measured = matches!(claim.kind, Kind::Measure | Kind::Money | Kind::Rate);
    let up = |by: u8| {
        if counted {
            return amount.digits.checked_mul(ten(by)).map(|digits| Amount { digits, ..amount });
        }
        let moved = by.min(amount.decimals);
        let power = amount.power.checked_add(by - moved).filter(|power| *power <= 15)?;
        Some(Amount { power, decimals: amount.decimals - moved, ..amount })
    };
    let down = |by: u8| {
        if counted && amount.digits % ten(by) == 0 {
            return Some(Amount { digits: amount.digits / ten(by), ..amount });
        }
        // "113 ha" for 11,3 ha: what is measured may have lost its comma.
        if counted && !measured {
            return None;
        }
        match amount.power.checked_sub(by) {
            Some(power) => Some(Amount { power, ..amount }),
            None => Some(Amount { decimals: amount.decimals.checked_add(by)?, ..amount }),
        }
    };
    // Things that are counted one by one have no unit to be mistaken but thousands and millions.
    let least = if counted && matches!(claim.kind, Kind::Count | Kind::Rank) { 3 } else { 1 };
    let powers = POWERS.into_iter().filter(|by| *by >= least);
    powers.flat_map(|by| [up(by), down(by)]).flatten().filter(|amount| amount.is_sane()).collect()
}

fn swaps(claim: &Claim) -> Vec<Amount> {
    let digits = digits(claim.value);
    let swapped = (1..digits.len()).filter_map(|at| {
        let mut digits = digits.clone();
        digits.swap(at - 1, at);
        with_digits(claim.value, &digits)
    });
    swapped.collect()
}

fn changes(claim: &Claim) -> Vec<Amount> {
    let digits = digits(claim.value);
    let mut all = Vec::new();
    for at in 0..digits.len() {
        for digit in b'0'..=b'9' {
            let mut changed = digits.clone();
            if let Some(place) = changed.get_mut(at) {
                *place = digit;
            }
            all.extend(with_digits(claim.value, &changed));
        }
    }
    all
}

fn losses(claim: &Claim) -> Vec<Amount> {
    let digits = digits(claim.value);
    let mut all = Vec::new();
    for at in 0..=digits.len() {
        for digit in b'0'..=b'9' {
            let mut longer = digits.clone();
            longer.insert(at, digit);
            all.extend(with_digits(claim.value, &longer));
        }
    }
    all
}

fn doubles(claim: &Claim) -> Vec<Amount> {
    let digits = digits(claim.value);
    let doubled = (1..digits.len()).filter(|at| digits.get(*at) == digits.get(at - 1));
    doubled
        .filter_map(|at| {
            let mut shorter = digits.clone();
            shorter.remove(at);
            with_digits(claim.value, &shorter)
        })
        .collect()
}
