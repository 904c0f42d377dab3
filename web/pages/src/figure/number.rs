//! From a figure's texts to a number a person reads.

use mc_base::{Dong, Scaled, scaled};
use mc_figure::{Basis, Definition, Figure, Kind, Measure};
use mc_ui::Word;
use mc_ui::{NumberStyle, ViNum};
use mc_ui::{of_data, write};

use super::lens::Lens;
use crate::said::Said as _;

/// Percentages carry two digits more than they show.
const PERCENT_DIGITS: u8 = 2;
/// Digits of a tỷ.
const BILLION_DIGITS: u8 = 9;
const DONG: &str = vietnamese!("đồng");

/// The mark of a figure that is computed over the records and is no sum of parts.
pub(crate) const NOT_ADDITIVE: Word = key!("không cộng được");

/// Whether values of a definition are percentages.
pub(crate) fn is_percent(definition: &Definition) -> bool {
    definition.kind == Kind::Ratio && definition.unit.vi == "%"
}

/// How values of a definition are written.
pub(crate) fn style(definition: &Definition) -> NumberStyle {
    match (is_percent(definition), definition.unit.vi.as_str()) {
        (true, _) => NumberStyle::Percent(definition.decimals),
        (false, DONG) => NumberStyle::Dong,
        (false, _) => NumberStyle::Plain(definition.decimals),
    }
}

/// How the operands of a definition are written.
pub(crate) fn operand_style(text: &str) -> NumberStyle {
    let digits = text.split_once('.').map_or(0, |(_, part)| part.len());
    NumberStyle::Plain(u8::try_from(digits).unwrap_or(0))
}

/// The unit that stands beside a value; empty where the number itself says it.
pub(crate) fn unit(definition: &Definition) -> &str {
    let unit = definition.unit.vi.as_str();
    if unit == "%" || unit == DONG { "" } else { definition.unit.said() }
}

/// The value of a figure, rounded once from its operands; `None` where there is none.
pub(crate) fn of(definition: &Definition, figure: &Figure) -> Option<ViNum> {
    let value = figure.value.as_deref()?;
    let exact = match (definition.kind, figure.num.as_deref(), figure.den.as_deref()) {
        (Kind::Ratio, Some(num), Some(den)) => {
            let more = if is_percent(definition) { PERCENT_DIGITS } else { 0 };
            quotient(Scaled::parse(num)?, Scaled::parse(den)?, definition.decimals + more)
        }
        _ => None,
    };
    Some(ViNum::new(exact.or_else(|| Scaled::parse(value))?, style(definition)))
}

/// An operand with its unit: `607.924 hồ sơ, tài liệu`, `574 tỷ đồng`.
pub(crate) fn operand_words(lens: &Lens<'_>, measure: &Measure, text: &str) -> Option<String> {
    let value = Scaled::parse(text)?;
    let unit = measured_unit(lens, measure).unwrap_or_default();
    if unit == DONG {
        return Some(ViNum::new(value, NumberStyle::Dong).text().to_owned());
    }
    let number = ViNum::new(value, operand_style(text));
    Some(format!("{number} {}", of_data(&unit)).trim_end().to_owned())
}

/// An operand as people speak of it, amounts in tỷ đồng to one digit: `37.561,2 tỷ đồng`.
fn operand_spoken(lens: &Lens<'_>, measure: &Measure, text: &str) -> Option<String> {
    let amount = Scaled::parse(text)?;
    let in_dong = measured_unit(lens, measure).as_deref() == Some(DONG);
    let spoken = in_dong.then(|| spoken_dong(amount)).flatten();
    spoken.or_else(|| operand_words(lens, measure, text))
}

/// An amount from one tỷ đồng on, rounded to a tenth of a tỷ.
fn spoken_dong(amount: Scaled) -> Option<String> {
    const BILLION: u64 = 1_000_000_000;
    if amount.scale != 0 || amount.mantissa.unsigned_abs() < BILLION {
        return None;
    }
    let billions = Scaled { mantissa: amount.mantissa, scale: BILLION_DIGITS }.round(1)?;
    let number = ViNum::new(billions, NumberStyle::Plain(1));
    Some(t!("{billions} tỷ đồng", billions = number.text().trim_end_matches(",0").trim_end_matches(".0")))
}

/// Numerator and denominator of a ratio in words: `607.924 trên 722.000 hồ sơ, tài liệu`.
pub(crate) fn over(lens: &Lens<'_>, definition: &Definition, figure: &Figure) -> Option<String> {
    over_in(lens, definition, figure, operand_words)
}

/// The same as people speak of it; the figure's page has it in full.
pub(crate) fn over_spoken(lens: &Lens<'_>, definition: &Definition, figure: &Figure) -> Option<String> {
    over_in(lens, definition, figure, operand_spoken)
}

/// Numerator and denominator apart from the unit that both are counted in; `None` where they are counted in two, or
/// in money.
pub(crate) fn over_and_unit(
    lens: &Lens<'_>,
    definition: &Definition,
    figure: &Figure,
) -> Option<(String, String)> {
    let den = definition.den.as_ref()?;
    let unit = measured_unit(lens, den).filter(|unit| unit != DONG)?;
    if measured_unit(lens, &definition.num).as_ref() != Some(&unit) {
        return None;
    }
    let (above, below) = (operand(figure.num.as_deref()?)?, operand(figure.den.as_deref()?)?);
    Some((t!("{above} trên {below}", above, below), of_data(&unit).to_owned()))
}

/// An amount in tỷ đồng without its unit, for a column of such: `17,171`. The figure's own page has every đồng.
pub(crate) fn billions(definition: &Definition, number: &ViNum) -> Option<ViNum> {
    const DIGITS: u8 = 3;
    if style(definition) != NumberStyle::Dong || number.value().scale != 0 {
        return None;
    }
    let exact = Scaled { mantissa: number.value().mantissa, scale: BILLION_DIGITS };
    let rounded = exact.round(DIGITS)?.trimmed();
    Some(ViNum::new(rounded, NumberStyle::Plain(rounded.scale)))
}

fn over_in(
    lens: &Lens<'_>,
    definition: &Definition,
    figure: &Figure,
    operand_words: impl Fn(&Lens<'_>, &Measure, &str) -> Option<String>,
) -> Option<String> {
    let den = definition.den.as_ref()?;
    let below = operand_words(lens, den, figure.den.as_deref()?)?;
    let above = figure.num.as_deref()?;
    let same = measured_unit(lens, &definition.num) == measured_unit(lens, den);
    let above = if same && measured_unit(lens, den).as_deref() != Some(DONG) {
        operand(above)?.text().to_owned()
    } else {
        operand_words(lens, &definition.num, above)?
    };
    Some(t!("{above} trên {below}", above, below))
}

/// What a measure's value is counted in: the register's records, the unit of the field summed, or the
/// counting unit that its filter names.
fn measured_unit(lens: &Lens<'_>, measure: &Measure) -> Option<String> {
    let schema = lens.snapshot.schema(&measure.register)?;
    if measure.value == "count" {
        return Some(schema.unit.said().to_owned());
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).map(str::to_owned).collect()
    };
    let summed = words(&measure.value).into_iter().find_map(|word| schema.field(&word)?.unit.clone());
    let named = || {
        let field = schema.field("unit")?;
        let filter = words(measure.filter.as_deref()?);
        let code = filter.iter().skip_while(|word| *word != "unit").find_map(|word| field.code(word))?;
        Some(super::sentence::lower_first(code.title.said()))
    };
    summed.or_else(named)
}

/// An operand as a number.
pub(crate) fn operand(text: &str) -> Option<ViNum> {
    Some(ViNum::new(Scaled::parse(text)?, operand_style(text)))
}

fn quotient(num: Scaled, den: Scaled, digits: u8) -> Option<Scaled> {
    let common = num.scale.max(den.scale);
    let lift = |value: Scaled| {
        i128::from(value.mantissa).checked_mul(10_i128.checked_pow(u32::from(common - value.scale))?)
    };
    scaled::divide(lift(num)?, lift(den)?, digits)
}

/// An amount of đồng in full, where the short form leaves digits out of sight.
pub(crate) fn full_amount(definition: &Definition, value: &ViNum) -> Option<String> {
    let shortened = definition.unit.vi == DONG && value.value().scale == 0;
    let full = write::money(Dong(value.value().mantissa));
    (shortened && full != value.text()).then_some(full)
}

/// "98,2% có danh sách".
pub(crate) fn listed_words(figure: &Figure) -> Option<String> {
    let listed = Scaled::parse(figure.listed.as_deref()?)?;
    Some(t!("{listed} có danh sách", listed = trimmed_percent(listed)))
}

/// A share without needless zeros: `100%`, `98,2%`.
pub(crate) fn trimmed_percent(share: Scaled) -> String {
    write::share(share)
}

/// The basis as the interface names it.
pub(crate) const fn basis(basis: Basis) -> mc_ui::Basis {
    match basis {
        Basis::Counted => mc_ui::Basis::Counted,
        Basis::Total => mc_ui::Basis::Total,
        Basis::Mixed => mc_ui::Basis::Mixed,
        Basis::Published => mc_ui::Basis::Published,
    }
}

/// The difference of two values in words: `+590`, `-1,2 điểm %`; `None` where they are equal or do not
/// compare.
pub(crate) fn difference(definition: &Definition, before: &ViNum, after: &ViNum) -> Option<String> {
    let (a, b) = (before.value(), after.value());
    let scale = a.scale.max(b.scale);
    let change = b.rescale(scale)?.mantissa.checked_sub(a.rescale(scale)?.mantissa)?;
    if change == 0 {
        return None;
    }
    let change = Scaled { mantissa: change, scale };
    let sign = if change.mantissa > 0 { "+" } else { "" };
    let text = if is_percent(definition) {
        let points = write::percent(change, definition.decimals);
        t!("{points} điểm %", points = points.trim_end_matches('%'))
    } else {
        ViNum::new(change, style(definition)).text().to_owned()
    };
    Some(format!("{sign}{text}"))
}

#[cfg(test)]
mod tests {
    use mc_figure::Definition;

    use super::*;

    fn ratio() -> Definition {
        Definition::from_toml(
            r#"
            id = "r"
            slug = "r"
            programme = "p"
            version = 1
            title = { vi = "Tỷ lệ", en = "Rate" }
            description = { vi = "d", en = "d" }
            unit = { vi = "%", en = "%" }
            kind = "ratio"
            decimals = 1
            direction = "up"
            [num]
            id = "a"
            register = "x"
            value = "count"
            bound = 1
            time = { rule = "flow", on = "d" }
            [den]
            id = "b"
            register = "x"
            value = "count"
            bound = 1
            time = { rule = "flow", on = "d" }
            "#,
        )
        .expect("a definition")
    }

    fn figure(num: &str, den: &str, value: &str) -> Figure {
        Figure {
            id: "r".to_owned(),
            version: 1,
            place: "15".to_owned(),
            period: "2025-10".to_owned(),
            seq: 1,
            value: Some(value.to_owned()),
            num: Some(num.to_owned()),
            den: Some(den.to_owned()),
            unit: "%".to_owned(),
            basis: Basis::Counted,
            listed: Some("1.000000".to_owned()),
            records: 1,
        }
    }

    #[test]
    fn a_share_is_rounded_once() {
        // 0.8424996 is 0.842500 to six places, and 84,3% when that is rounded again.
        let text = of(&ratio(), &figure("8424996", "10000000", "0.842500"));
        assert_eq!(text.map(|n| n.text().to_owned()).as_deref(), Some("84,2%"));
    }

    #[test]
    fn differences_of_shares_are_points() {
        let share = |num: &str| of(&ratio(), &figure(num, "1000", "0.5")).expect("a number");
        assert_eq!(difference(&ratio(), &share("830"), &share("842")).as_deref(), Some("+1,2 điểm %"));
        assert_eq!(difference(&ratio(), &share("842"), &share("830")).as_deref(), Some("-1,2 điểm %"));
        assert_eq!(difference(&ratio(), &share("842"), &share("842")), None);
        assert_eq!(trimmed_percent(Scaled { mantissa: 1_000_000, scale: 6 }), "100%");
    }

    #[test]
    fn amounts_are_spoken_of_in_billions_to_a_tenth() {
        let spoken = |dong: i64| spoken_dong(Scaled { mantissa: dong, scale: 0 });
        assert_eq!(spoken(37_561_234_567_890).as_deref(), Some("37.561,2 tỷ đồng"));
        assert_eq!(spoken(574_000_000_000).as_deref(), Some("574 tỷ đồng"));
        assert_eq!(spoken(999_999_999), None, "less is said in full");
    }
}
