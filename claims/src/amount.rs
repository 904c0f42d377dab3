//! A number as it is written: its digits, how many stand after the mark, and the power of ten it is multiplied
//! by.

use num_rational::Ratio;

/// Exact numbers of the arithmetic.
pub type Exact = Ratio<i128>;

/// `digits` × 10^(`power` − `decimals`): "2,6 triệu" is 26, one decimal, power 6.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Amount {
    /// All digits written, as one whole number.
    pub digits: i64,
    /// Digits after the decimal mark.
    pub decimals: u8,
    /// Power of ten of the words behind: nghìn 3, triệu 6, tỷ 9.
    pub power: u8,
}

/// The sum; of whole numbers, which most are, without reducing it.
pub(crate) fn sum(one: Exact, other: Exact) -> Exact {
    if one.is_integer() && other.is_integer() {
        return Exact::from_integer(one.numer() + other.numer());
    }
    one + other
}

/// Greatest value read: more than all money there is. The arithmetic of relations stays within 128 bits for it.
const VALUE_MAX: i128 = 1_000_000_000_000_000_000;
/// Greatest number of decimals read.
const DECIMALS_MAX: u8 = 6;
/// Greatest number of digits read.
pub(crate) const DIGITS_MAX: usize = 15;
/// Greatest power of ten of the words behind a number: "triệu tỷ".
pub(crate) const POWER_MAX: u8 = 15;

impl Amount {
    /// A whole number.
    #[must_use]
    pub const fn whole(digits: i64) -> Self {
        Self { digits, decimals: 0, power: 0 }
    }

    /// Whether it is within what is reckoned with.
    pub(crate) fn is_sane(self) -> bool {
        let magnitude = 10_i128
            .checked_pow(u32::from(self.power))
            .and_then(|ten| ten.checked_mul(i128::from(self.digits)));
        self.decimals <= DECIMALS_MAX && magnitude.is_some_and(|magnitude| magnitude <= VALUE_MAX)
    }

    /// Its value.
    #[must_use]
    pub fn exact(self) -> Exact {
        let power = |exponent: u8| 10_i128.pow(u32::from(exponent));
        // A whole number needs no reducing, which is most of what the arithmetic costs.
        match self.power.checked_sub(self.decimals) {
            Some(rest) => Exact::from_integer(i128::from(self.digits) * power(rest)),
            None => Exact::new(i128::from(self.digits), power(self.decimals - self.power)),
        }
    }

    /// The unit of the last written digit, in the base unit: a tenth of a million for "2,6 triệu".
    #[must_use]
    pub fn last_place(self) -> Exact {
        Self { digits: 1, ..self }.exact()
    }

    /// The largest power of ten that divides the written digits, in the base unit: 100 for "4.600".
    #[must_use]
    pub fn round_place(self) -> Exact {
        let mut place = self.last_place();
        let mut digits = self.digits;
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
            place *= 10;
        }
        place
    }

    /// Zeros at the end of a whole number that is written out.
    #[must_use]
    pub const fn trailing_zeros(self) -> u32 {
        let (mut digits, mut count) = (self.digits, 0);
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
            count += 1;
        }
        count
    }

    /// Whether it is written without a decimal mark and without a word behind.
    #[must_use]
    pub const fn is_plain(self) -> bool {
        self.decimals == 0 && self.power == 0
    }

    /// The value as a decimal with a point and no zeros at the end: `2600000`, `84.2`.
    #[must_use]
    pub fn decimal(self) -> String {
        let (mut digits, mut decimals) = (i128::from(self.digits), self.decimals);
        let mut power = self.power;
        while power > 0 && decimals > 0 {
            power -= 1;
            decimals -= 1;
        }
        digits *= 10_i128.pow(u32::from(power));
        while decimals > 0 && digits % 10 == 0 {
            digits /= 10;
            decimals -= 1;
        }
        let width = usize::from(decimals);
        let text = format!("{:0length$}", digits, length = width + 1);
        let (whole, part) = text.split_at(text.len() - width);
        if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
    }
}
