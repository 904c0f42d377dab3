//! What does not hold in a claim. Each text says what was found and what was expected, in Vietnamese.

use mc_base::Seq;
use thiserror::Error;

use crate::error::DefinitionError;
use crate::eval::EvalError;

/// One thing that does not hold.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ClaimFault {
    /// The period has no meaning.
    #[error("kỳ “{0}” không đọc được hoặc không ở dạng chuẩn")]
    Period(String),
    /// The day has no meaning.
    #[error("ngày “{0}” không đọc được; cần dạng 2025-11-17")]
    Today(String),
    /// The definition is no definition in canonical form.
    #[error("cách tính trong tệp không đọc được hoặc không ở dạng chuẩn")]
    DefinitionText,
    /// The definition is of another indicator or version.
    #[error(
        "cách tính trong tệp là của “{found}” bản {found_version}, \
         số liệu nêu “{expected}” bản {expected_version}"
    )]
    OtherDefinition {
        /// Indicator of the definition.
        found: String,
        /// Its version.
        found_version: u32,
        /// Indicator claimed.
        expected: String,
        /// Version claimed.
        expected_version: u32,
    },
    /// No recorded row holds this definition.
    #[error("không có lần ghi nào trong tệp chứa đúng cách tính “{indicator}” bản {version} này")]
    DefinitionNotRecorded {
        /// Indicator.
        indicator: String,
        /// Version.
        version: u32,
    },
    /// A schema is not one.
    #[error("khai báo của sổ “{register}” không đọc được: {reason}")]
    Schema {
        /// Register.
        register: String,
        /// Why.
        reason: String,
    },
    /// Nothing recorded names the schema that the definition is read against.
    #[error("khai báo của sổ “{register}” trong tệp không được lần ghi nào nhắc tới")]
    SchemaNotRecorded {
        /// Register.
        register: String,
    },
    /// The definition does not fit the schemas.
    #[error("cách tính không dùng được với khai báo sổ trong tệp: {0}")]
    Definition(Box<DefinitionError>),
    /// The code is not recorded for the place.
    #[error("không có dòng nào ghi rằng địa bàn số {place} mang mã “{code}”")]
    PlaceCode {
        /// Place number.
        place: u32,
        /// Code claimed.
        code: String,
    },
    /// A place does not lie inside the figure's place by what is recorded.
    #[error("không có dòng nào ghi rằng địa bàn số {inside} thuộc địa bàn số {place}")]
    NotInside {
        /// Place said to be inside.
        inside: u32,
        /// The figure's place.
        place: u32,
    },
    /// A counted row names a schema that is not in the file.
    #[error("sổ {register}, bản ghi {key}: ghi theo một khai báo không có trong tệp")]
    ForeignSchema {
        /// Register.
        register: String,
        /// Record key.
        key: String,
    },
    /// A row cannot be evaluated.
    #[error("sổ {register}, bản ghi {key}: {source}")]
    Row {
        /// Register.
        register: String,
        /// Record key.
        key: String,
        /// Why.
        source: EvalError,
    },
    /// A counted version had been replaced at the position.
    #[error(
        "sổ {register}, bản ghi {key}: phiên bản {ordinal} đã được thay ở lần ghi {by}, không tính được nữa"
    )]
    Superseded {
        /// Register.
        register: String,
        /// Record key.
        key: String,
        /// Version counted.
        ordinal: u32,
        /// Commit that closed it or opened the next.
        by: Seq,
    },
    /// A number differs from the recount.
    #[error("{what} trong tệp là {claimed}, tính lại được {found}")]
    Differs {
        /// Which number.
        what: &'static str,
        /// As the file says.
        claimed: String,
        /// As counted.
        found: String,
    },
    /// The sum left the range.
    #[error("tổng vượt giới hạn số")]
    Overflow,
}
