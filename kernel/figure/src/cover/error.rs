//! Why a cover is refused.

use mc_base::{Day, date};

/// Why a total cannot be covered so. `Display` is the sentence a user reads.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CoverError {
    /// More than there is, or nothing.
    #[error("Giảm {found} không được: số tổng hiện là {amount}, phần giảm phải từ 1 đến {amount}.")]
    Amount {
        /// Asked for.
        found: i64,
        /// What there is.
        amount: i64,
    },
    /// The total is no amount that could be reduced.
    #[error("Số tổng hiện là {0}; chỉ số tổng lớn hơn 0 mới có thể thay bằng danh sách.")]
    NotPositive(i64),
    /// The day lies outside the total.
    #[error("Ngày {} nằm ngoài thời gian của số tổng; cần {expected}.", date::short(*found))]
    Day {
        /// Asked for.
        found: Day,
        /// What would be accepted.
        expected: String,
    },
    /// No reason given.
    #[error("Chưa có lý do; cần một câu nói danh sách nào thay cho số tổng.")]
    NoReason,
    /// The register `total` or `cover` is not as it is known here.
    #[error("Sổ “{0}” của bản cài thiếu trường cần có; hãy cập nhật khai báo bằng lệnh pack.")]
    Schema(&'static str),
    /// A cover record came without the total's change, or with another one.
    #[error(
        "Lần thay số tổng “{0}” không khớp với thay đổi của chính số tổng đó trong cùng lần ghi. Hãy ghi bằng chức năng \
         “Thay số tổng bằng danh sách”."
    )]
    Unmatched(String),
    /// A cover was to be changed.
    #[error("Lần thay số tổng đã ghi thì giữ nguyên; nếu giảm nhầm, hãy sửa lại chính số tổng và ghi lý do.")]
    Recorded,
}
