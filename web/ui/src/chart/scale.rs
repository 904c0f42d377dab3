//! From values to places. Values stay whole numbers at a common scale until the very last step.

use mc_base::Scaled;

use crate::number::{NumberStyle, ViNum};

/// More digits than this after the point are not drawn.
const SCALE_MAX: u8 = 9;

/// `value` as a whole number at `scale`, cut where it has more digits.
pub(super) fn at_scale(value: Scaled, scale: u8) -> i128 {
    let mantissa = i128::from(value.mantissa);
    let power = |digits: u8| 10_i128.pow(u32::from(digits.min(SCALE_MAX)));
    if scale >= value.scale {
        mantissa * power(scale - value.scale)
    } else {
        mantissa / power(value.scale - scale)
    }
}

/// `part` ÷ `whole` for drawing; 0 where `whole` is not positive.
pub(super) fn fraction(part: Scaled, whole: Scaled) -> f64 {
    let scale = part.scale.max(whole.scale);
    let (part, whole) = (at_scale(part, scale), at_scale(whole, scale));
    if whole <= 0 { 0.0 } else { (part as f64 / whole as f64).max(0.0) }
}

/// The larger of two values.
pub(super) fn larger(a: Scaled, b: Scaled) -> Scaled {
    let scale = a.scale.max(b.scale);
    if at_scale(a, scale) >= at_scale(b, scale) { a } else { b }
}

/// A value axis with round steps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Axis {
    scale: u8,
    low: i128,
    high: i128,
    step: i128,
}

impl Axis {
    /// An axis over `values` with about four steps. It begins at 0 unless the values lie close together far
    /// from it.
    pub fn over(values: &[Scaled]) -> Self {
        let scale = values.iter().map(|value| value.scale).max().unwrap_or(0).min(SCALE_MAX);
        let whole: Vec<i128> = values.iter().map(|value| at_scale(*value, scale)).collect();
        let most = whole.iter().copied().max().unwrap_or(0);
        let least = whole.iter().copied().min().unwrap_or(0);
        let from_zero = least <= 0 || (most - least) * 4 >= most;
        let bottom = if from_zero { least.min(0) } else { least };
        let step = round_step((most.max(0) - bottom).max(1));
        let low = bottom.div_euclid(step) * step;
        let high = (most.max(0) + step - 1).div_euclid(step) * step;
        Self { scale, low, high: high.max(low + step), step }
    }

    /// Whether bars could stand on it.
    pub const fn starts_at_zero(&self) -> bool {
        self.low == 0
    }

    /// How far up the axis the value lies, from 0 to 1.
    pub fn height(&self, value: Scaled) -> f64 {
        let above = at_scale(value, self.scale) - self.low;
        (above as f64 / (self.high - self.low) as f64).clamp(0.0, 1.0)
    }

    /// The steps, from below.
    pub fn ticks(&self) -> Vec<Scaled> {
        let count = (self.high - self.low) / self.step;
        let values = (0..=count).map(|place| self.low + place * self.step);
        values.filter_map(|v| Some(Scaled { mantissa: i64::try_from(v).ok()?, scale: self.scale })).collect()
    }

    /// How a step is written: with no more digits than the steps need.
    pub fn label(&self, tick: Scaled, style: NumberStyle) -> ViNum {
        let shifted = if matches!(style, NumberStyle::Percent(_)) { 2 } else { 0 };
        let mut digits = self.scale.saturating_sub(shifted);
        let mut step = self.step;
        while digits > 0 && step % 10 == 0 {
            step /= 10;
            digits -= 1;
        }
        let style = match style {
            NumberStyle::Plain(_) => NumberStyle::Plain(digits),
            NumberStyle::Percent(_) => NumberStyle::Percent(digits),
            NumberStyle::Dong => NumberStyle::Dong,
        };
        ViNum::new(tick, style)
    }
}

/// The least of 1, 2, 5 × a power of ten that parts `span` into at most five.
fn round_step(span: i128) -> i128 {
    let mut power = 1_i128;
    loop {
        for factor in [1, 2, 5] {
            let step = factor * power;
            if step * 5 >= span {
                return step;
            }
        }
        // `span` is below 2^64 × 10^9, so the power stays far below the limit.
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole(mantissa: i64) -> Scaled {
        Scaled { mantissa, scale: 0 }
    }

    fn labels(values: &[Scaled], style: NumberStyle) -> Vec<String> {
        let axis = Axis::over(values);
        axis.ticks().iter().map(|tick| axis.label(*tick, style).to_string()).collect()
    }

    #[test]
    fn steps_are_round() {
        let stations = labels(&[whole(0), whole(4607)], NumberStyle::Plain(0));
        assert_eq!(stations, ["0", "1.000", "2.000", "3.000", "4.000", "5.000"]);
        let close = labels(&[whole(4017), whole(4607)], NumberStyle::Plain(0));
        assert_eq!(close, ["4.000", "4.200", "4.400", "4.600", "4.800"]);
        let rates = [Scaled { mantissa: 310_000, scale: 6 }, Scaled { mantissa: 842_000, scale: 6 }];
        assert_eq!(labels(&rates, NumberStyle::Percent(1)), ["0%", "20%", "40%", "60%", "80%", "100%"]);
    }

    proptest! {
        #[test]
        fn every_value_lies_on_its_axis(values in prop::collection::vec((any::<i64>(), 0_u8..=6), 0..12)) {
            let values: Vec<Scaled> =
                values.into_iter().map(|(mantissa, scale)| Scaled { mantissa, scale }).collect();
            let axis = Axis::over(&values);
            prop_assert!((axis.high - axis.low) / axis.step <= 12);
            for value in values {
                let whole = at_scale(value, axis.scale);
                prop_assert!(axis.low <= whole && whole <= axis.high);
                prop_assert!((0.0..=1.0).contains(&axis.height(value)));
            }
        }
    }
}
