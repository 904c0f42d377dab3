//! Why a whole import cannot go on. Single rows are told in the outcome.

use mc_intake::ReadError;
use mc_intake::header::HeaderError;
use mc_intake::report::ReportError;
use mc_port::{CommitError, StoreFailure};

/// Why an import stops. `Display` is the sentence that the sender reads.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Its header does not fit the register.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// No such register.
    #[error("Không có sổ “{0}”.")]
    NoRegister(String),
    /// The register is kept by the programme itself.
    #[error("Sổ “{0}” do hệ thống tự ghi, không nhập từ tệp.")]
    System(String),
    /// The store refuses.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The workbook with reasons cannot be written.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The store cannot be read.
    #[error("Không đọc được kho dữ liệu: {0}.")]
    Store(#[from] StoreFailure),
    /// The totals beside the register cannot be read.
    #[error(transparent)]
    Figure(#[from] mc_port::FigureError),
    /// A folder of the instance cannot be read or written.
    #[error("Không {what}: {error}.")]
    Disk {
        /// What was tried.
        what: &'static str,
        /// What the system said.
        error: std::io::Error,
    },
    /// The upload is larger than allowed.
    #[error("Tệp lớn hơn {0} MB nên không nhận qua trang web. Hãy tách tệp, hoặc nhập bằng dòng lệnh.")]
    TooLarge(u64),
    /// The upload is gone.
    #[error("Tệp đã tải lên không còn trên máy chủ (chỉ giữ trong một giờ). Hãy chọn tệp và tải lên lại.")]
    Gone,
    /// Whoever asked for it took it back in time.
    #[error("Đã hủy theo yêu cầu. Chưa ghi gì vào sổ.")]
    Cancelled,
    /// Too many files wait.
    #[error("Đang có {0} tệp chờ đến lượt nên chưa nhận thêm. Hãy thử lại sau ít phút.")]
    Busy(usize),
}

impl ImportError {
    /// For `map_err` on a failure of the file system.
    pub(crate) fn disk(what: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |error| Self::Disk { what, error }
    }

    /// Whether the fault is in what was sent, so that another file or mapping may do.
    #[must_use]
    pub const fn is_in_file(&self) -> bool {
        match self {
            Self::Read(error) => !matches!(error, ReadError::Child(_) | ReadError::Io(_)),
            Self::Header(_) | Self::TooLarge(_) => true,
            _ => false,
        }
    }
}
