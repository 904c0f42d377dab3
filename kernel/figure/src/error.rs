//! Why an indicator or measure cannot be used, as a sentence for whoever declared it.

use thiserror::Error;

use crate::expr::ExprError;

/// Why a definition is refused. `Display` is the sentence shown, in Vietnamese; it names the definition.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum DefinitionError {
    /// The text is not a definition.
    #[error("không đọc được khai báo chỉ tiêu: {message}")]
    Unreadable {
        /// What the reader of the text says.
        message: String,
    },
    /// The text is too long.
    #[error("khai báo chỉ tiêu dài {found} byte; nhiều nhất {most}")]
    TooLong {
        /// Bytes found.
        found: usize,
        /// Bytes allowed.
        most: usize,
    },
    /// A setting of the indicator is not usable.
    #[error("chỉ tiêu “{indicator}”: {setting} là “{found}”; cần {expected}")]
    Setting {
        /// Indicator id.
        indicator: String,
        /// The setting.
        setting: &'static str,
        /// What it holds.
        found: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// The measure counts a register that does not exist.
    #[error("độ đo “{measure}” đếm sổ “{register}” không có trong hệ thống")]
    UnknownRegister {
        /// Measure id.
        measure: String,
        /// Register id.
        register: String,
    },
    /// An expression is refused.
    #[error("độ đo “{measure}”, {part}: {source}")]
    Expression {
        /// Measure id.
        measure: String,
        /// Which expression.
        part: &'static str,
        /// Why.
        source: Box<ExprError>,
    },
    /// `value` is neither `count` nor `sum(…)`.
    #[error("độ đo “{measure}” có value “{found}”; cần count hoặc sum(biểu thức số)")]
    Value {
        /// Measure id.
        measure: String,
        /// What it holds.
        found: String,
    },
    /// One record could contribute more than the bound.
    #[error("độ đo “{measure}”: một bản ghi có thể đóng góp từ {min} đến {max}, vượt bound {bound}")]
    BeyondBound {
        /// Measure id.
        measure: String,
        /// Least contribution.
        min: i128,
        /// Greatest contribution.
        max: i128,
        /// The bound declared.
        bound: i64,
    },
    /// The bound leaves room for too few records.
    #[error(
        "độ đo “{measure}” có bound {bound}; cần từ 1 đến {most}, để tổng của {rows} bản ghi còn dưới 2^62"
    )]
    Bound {
        /// Measure id.
        measure: String,
        /// The bound declared.
        bound: i64,
        /// Greatest bound allowed.
        most: i64,
        /// Records that must fit.
        rows: i64,
    },
    /// A cut is not usable.
    #[error("độ đo “{measure}”, lát cắt “{cut}”: {reason}")]
    Cut {
        /// Measure id.
        measure: String,
        /// The cut's name.
        cut: String,
        /// Why.
        reason: String,
    },
    /// A share whose numerator could exceed its denominator.
    #[error("chỉ tiêu “{indicator}” khai share nhưng {reason}")]
    Share {
        /// Indicator id.
        indicator: String,
        /// Why.
        reason: String,
    },
    /// Two definitions that may not differ, or may not both exist.
    #[error("{what} “{id}” được khai hai lần khác nhau")]
    Twice {
        /// What is declared twice.
        what: &'static str,
        /// Its id.
        id: String,
    },
}
