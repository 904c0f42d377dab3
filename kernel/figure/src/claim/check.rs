//! The claim against the rows.

use std::collections::HashSet;

use mc_base::{Day, Period, Seq};
use mc_ledger::Value;

use super::declared::{self, Declared};
use super::places::{self, Inside};
use super::sums::{Standing, Sum, union};
use super::{Arithmetic, Checked, ClaimFault, FigureClaim, RecordedRow, RowsGiven, Unchecked};
use crate::definition::Kind;
use crate::eval::{EvalError, eval};
use crate::figure::{Amount, Basis, Value6, listed};
use crate::measure::CompiledMeasure;
use crate::read::{Rule, Window};
use crate::scan::{Scan, nearest_rank};

/// Checks a claim against rows that were found recorded. The rows may hold more than the claim needs.
#[must_use]
pub fn check(claim: &FigureClaim, rows: &[RecordedRow<'_>]) -> Checked {
    let mut checked = Checked { place: places::name(claim, rows), ..Checked::default() };
    let declared = match declared::read(claim, rows) {
        Ok(declared) => declared,
        Err(faults) => return Checked { arithmetic: Arithmetic::Failed(faults), ..checked },
    };
    let definition = &declared.indicator.definition;
    checked.title = definition.title.vi.clone();
    checked.unit = definition.unit.vi.clone();
    let percent = definition.kind == Kind::Ratio && definition.unit.vi == "%";
    checked.percent_digits = percent.then_some(definition.decimals);
    checked.declared_at = Some(declared.declared_at);
    let mut faults = Vec::new();
    places::check_code(claim, rows, &mut faults);
    let inside = places::inside(claim, rows, &mut faults);
    let days = days(claim, &mut faults);
    if let (RowsGiven::All, Some((period, today))) = (claim.rows, days) {
        let count = Count { claim, declared: &declared, inside: &inside, period, today };
        count.run(rows, &mut checked, &mut faults);
    }
    checked.arithmetic = match (faults.is_empty(), claim.rows) {
        (false, _) => Arithmetic::Failed(faults),
        (true, RowsGiven::Roots) => Arithmetic::Unchecked(Unchecked::Roots),
        (true, RowsGiven::All) if claim.num.is_none() => Arithmetic::Unchecked(Unchecked::NoValue),
        (true, RowsGiven::All) => Arithmetic::Holds,
    };
    checked
}

fn days(claim: &FigureClaim, faults: &mut Vec<ClaimFault>) -> Option<(Period, Day)> {
    let period = Period::parse(&claim.period).ok().filter(|period| period.to_string() == claim.period);
    let today = Day::parse_iso(&claim.today);
    if period.is_none() {
        faults.push(ClaimFault::Period(claim.period.chars().take(40).collect()));
    }
    if today.is_none() {
        faults.push(ClaimFault::Today(claim.today.chars().take(40).collect()));
    }
    period.zip(today)
}

/// Counting one claim anew.
struct Count<'c> {
    claim: &'c FigureClaim,
    declared: &'c Declared,
    inside: &'c Inside,
    period: Period,
    today: Day,
}

/// One operand counted: its records and its totals.
struct Operand<'a> {
    records: Sum<'a>,
    totals: Sum<'a>,
    scale: u8,
}

impl Operand<'_> {
    const fn amount(&self) -> Amount {
        Amount { mantissa: self.records.value + self.totals.value, scale: self.scale }
    }

    fn is_empty(&self) -> bool {
        self.records.rows.is_empty() && self.totals.rows.is_empty()
    }

    /// The bases that the rows allow. That a register holds records which do not count cannot be seen
    /// here, so totals alone may be `total` or `mixed`.
    fn bases(&self) -> &'static [Basis] {
        match (self.records.rows.is_empty(), self.totals.rows.is_empty()) {
            (_, true) => &[Basis::Counted],
            (false, false) => &[Basis::Mixed],
            (true, false) => &[Basis::Total, Basis::Mixed],
        }
    }
}

impl Count<'_> {
    fn run(&self, rows: &[RecordedRow<'_>], checked: &mut Checked, faults: &mut Vec<ClaimFault>) {
        let indicator = &self.declared.indicator;
        let standing = Standing::new(rows, Seq(self.claim.seq));
        let [num_totals, den_totals] = &self.declared.totals;
        let is_scan = indicator.definition.kind == Kind::Scan;
        let num_totals = num_totals.as_ref().filter(|_| !is_scan);
        let num = self.operand(&standing, &indicator.num, num_totals, faults);
        let den = indicator.den.as_ref().map(|den| self.operand(&standing, den, den_totals.as_ref(), faults));
        let operands: Vec<&Operand<'_>> = std::iter::once(&num).chain(den.as_ref()).collect();
        let counted: Vec<&Sum<'_>> = operands.iter().map(|operand| &operand.records).collect();
        let totals: Vec<&Sum<'_>> = operands.iter().map(|operand| &operand.totals).collect();
        checked.records = union(&counted);
        checked.totals = union(&totals);
        checked.unplaced = counted.iter().chain(&totals).any(|sum| sum.unplaced);
        let registers: HashSet<&str> =
            std::iter::once(&indicator.num).chain(&indicator.den).map(|m| m.register.as_str()).collect();
        let given: u64 = registers.iter().map(|register| standing.known(register).count() as u64).sum();
        checked.passed_over = given.saturating_sub(checked.records);
        // A row that cannot be read makes every number differ; one reason is enough.
        if !faults.is_empty() {
            return;
        }
        match &indicator.scan {
            Some(scan) => match statistic(scan, &num.records) {
                Ok(found) => self.compare_scan(found, checked.records, faults),
                Err(source) => faults.push(ClaimFault::Row {
                    register: indicator.num.register.clone(),
                    key: String::new(),
                    source,
                }),
            },
            None => self.compare(&num, den.as_ref(), checked.records, faults),
        }
    }

    fn operand<'a>(
        &self,
        standing: &Standing<'_, 'a>,
        counted: &CompiledMeasure,
        totals: Option<&CompiledMeasure>,
        faults: &mut Vec<ClaimFault>,
    ) -> Operand<'a> {
        let none = HashSet::new();
        let mut sum = |measure: &CompiledMeasure| {
            let schemas = self.declared.hashes.get(&measure.register).unwrap_or(&none);
            standing.sum(measure, self.window(measure), self.inside, schemas, faults)
        };
        Operand {
            records: sum(counted),
            totals: totals.map(&mut sum).unwrap_or_default(),
            scale: counted.scale(),
        }
    }

    fn window(&self, measure: &CompiledMeasure) -> Option<Window> {
        Rule::from(&measure.time).window(self.period.from(), self.period.to(), self.today)
    }

    fn compare(
        &self,
        num: &Operand<'_>,
        den: Option<&Operand<'_>>,
        records: u64,
        faults: &mut Vec<ClaimFault>,
    ) {
        let claim = self.claim;
        let amount = num.amount();
        let empty = num.is_empty() || den.is_some_and(Operand::is_empty);
        if claim.num.is_some() || !empty {
            let value = match den {
                None => Some(amount.to_string()),
                Some(den) => Value6::of(amount, den.amount()).map(|value| value.to_string()),
            };
            differs("tử số", &claim.num, Some(amount.to_string()), faults);
            differs("mẫu số", &claim.den, den.map(|den| den.amount().to_string()), faults);
            differs("giá trị", &claim.value, value, faults);
            let share = Amount { mantissa: num.records.value, scale: num.scale };
            differs("phần có danh sách", &claim.listed, listed(share, amount).map(|l| l.to_string()), faults);
        } else {
            differs("giá trị", &claim.value, None, faults);
            differs("mẫu số", &claim.den, None, faults);
        }
        same_records(claim, records, faults);
        let allowed = |basis: &Basis| match den {
            None => num.bases().contains(basis),
            Some(den) => num.bases().iter().any(|num| den.bases().iter().any(|den| num.with(*den) == *basis)),
        };
        if !allowed(&claim.basis) {
            let (claimed, found) = (basis_word(claim.basis), num.bases().first().copied());
            let found = match den {
                None => found.map_or("", basis_word),
                Some(_) => "khác",
            };
            faults.push(ClaimFault::Differs {
                what: "cơ sở số liệu",
                claimed: claimed.to_owned(),
                found: found.to_owned(),
            });
        }
    }

    fn compare_scan(&self, found: Option<String>, records: u64, faults: &mut Vec<ClaimFault>) {
        differs("giá trị", &self.claim.value, found.clone(), faults);
        differs("tử số", &self.claim.num, found, faults);
        differs("mẫu số", &self.claim.den, None, faults);
        differs("phần có danh sách", &self.claim.listed, None, faults);
        same_records(self.claim, records, faults);
        if self.claim.basis != Basis::Counted {
            faults.push(ClaimFault::Differs {
                what: "cơ sở số liệu",
                claimed: basis_word(self.claim.basis).to_owned(),
                found: basis_word(Basis::Counted).to_owned(),
            });
        }
    }
}

fn same_records(claim: &FigureClaim, records: u64, faults: &mut Vec<ClaimFault>) {
    if claim.records != records {
        faults.push(ClaimFault::Differs {
            what: "số bản ghi",
            claimed: claim.records.to_string(),
            found: records.to_string(),
        });
    }
}

fn differs(
    what: &'static str,
    claimed: &Option<String>,
    found: Option<String>,
    faults: &mut Vec<ClaimFault>,
) {
    if *claimed == found {
        return;
    }
    let said = |text: Option<String>| {
        text.map_or_else(|| "không có".to_owned(), |text| text.chars().take(60).collect())
    };
    faults.push(ClaimFault::Differs { what, claimed: said(claimed.clone()), found: said(found) });
}

const fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Counted => "đếm từng bản ghi",
        Basis::Total => "tổng không danh sách",
        Basis::Mixed => "bản ghi và tổng không danh sách",
        Basis::Published => "giá trị đã công bố",
    }
}

/// The statistic of a scan over the records that count; `None` where it has no value.
fn statistic(scan: &Scan, sum: &Sum<'_>) -> Result<Option<String>, EvalError> {
    let (expr, per_mille) = match scan {
        Scan::Distinct(no) => {
            let values: HashSet<&Value> = sum
                .rows
                .iter()
                .filter_map(|row| row.leaf.field_value(*no))
                .filter(|value| **value != Value::Null)
                .collect();
            return Ok((!sum.rows.is_empty()).then(|| values.len().to_string()));
        }
        Scan::Median(expr) => (expr, 500),
        Scan::P90(expr) => (expr, 900),
    };
    let mut mantissas = Vec::with_capacity(sum.rows.len());
    for row in &sum.rows {
        match eval(expr, &|no| row.leaf.field_value(no).cloned().unwrap_or(Value::Null))? {
            Value::Null => {}
            Value::Int(number) => mantissas.push(number),
            Value::Scaled(number) => mantissas.push(number.mantissa),
            _ => return Err(EvalError::Operand),
        }
    }
    let scale = expr.ty().as_number().map_or(0, |(scale, _)| scale);
    let found = nearest_rank(&mut mantissas, per_mille);
    Ok(found.map(|mantissa| Amount { mantissa: i128::from(mantissa), scale }.to_string()))
}
