//! What a page answers when it cannot answer: status, one Vietnamese sentence, and ways on.
//!
//! Handlers return [`PageError`]; the router turns it into a page. What is absent and what the reader may
//! not see are one case, so that an answer tells nobody that something is there. A failure of the store is
//! told to the log and not to the reader.

use askama::Template;
use axum::http::StatusCode;
use mc_access::Denied;
use mc_port::{CommitError, FigureError, StoreFailure};
use mc_ui::{Html, Link, Message, Tone};

/// Why there is no page. `Display` is the sentence the reader sees.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PageError {
    /// Not there, or not for this reader.
    #[error("{0}")]
    NotFound(String),
    /// The address or form cannot be read.
    #[error("{0}")]
    BadRequest(String),
    /// The request was not sent from a page of ours.
    #[error("{0}")]
    Forbidden(String),
    /// Allowed once the second factor is confirmed: the router asks for it, where there is a page to ask on.
    #[error("{}", t!("Việc này cần xác nhận bằng mã trên thiết bị của bạn; hãy xác nhận ở trang Tài khoản rồi làm lại."))]
    Unconfirmed,
    /// Another method than the address takes.
    #[error("{}", t!("Địa chỉ này không nhận cách gửi vừa dùng. Hãy mở lại trang và gửi từ biểu mẫu trên trang."))]
    Method,
    /// Whoever asks has not signed in, or, on an instance without accounts, has not entered the code.
    #[error("{}", t!("Cần đăng nhập trước khi xem."))]
    SignIn,
    /// The register is being imported, or what was read has changed.
    #[error("{0}")]
    Conflict(String),
    /// The address is too long.
    #[error("{}", t!("Địa chỉ dài quá {most} ký tự nên không đọc. Hãy bỏ bớt điều kiện lọc.", most = _0))]
    AddressTooLong(usize),
    /// The form or file is too large.
    #[error("{}", t!("Nội dung gửi lên lớn hơn {most} KB nên không nhận. Dữ liệu nhiều hãy nhập bằng tệp.", most = _0))]
    BodyTooLarge(usize),
    /// Understood, and refused.
    #[error("{0}")]
    Unprocessable(String),
    /// Too many at once, or it took too long.
    #[error("{}", t!("Máy chủ đang bận. Xin tải lại trang sau ít giây."))]
    Busy,
    /// The instance takes no commits now.
    #[error("{0}")]
    ReadOnly(String),
    /// The store failed; the text is for the log.
    #[error("{}", t!("Máy chủ gặp lỗi khi đọc dữ liệu. Người quản trị xem chi tiết trong nhật ký máy chủ."))]
    Store(String),
}

impl PageError {
    /// A page that is not there, or that the reader may not see.
    #[must_use]
    pub fn no_page() -> Self {
        Self::NotFound(t!("Không có trang này, hoặc bạn không được xem.").to_owned())
    }

    /// An address that cannot be read.
    pub fn bad(sentence: impl Into<String>) -> Self {
        Self::BadRequest(sentence.into())
    }

    /// Something that is not there, as a sentence.
    pub fn missing(sentence: impl Into<String>) -> Self {
        Self::NotFound(sentence.into())
    }

    /// Status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) | Self::Unconfirmed => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::AddressTooLong(_) => StatusCode::URI_TOO_LONG,
            Self::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy | Self::ReadOnly(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The heading of the page.
    #[must_use]
    pub fn heading(&self) -> &'static str {
        match self {
            Self::NotFound(_) => t!("Không tìm thấy"),
            Self::BadRequest(_) | Self::AddressTooLong(_) => t!("Địa chỉ không đọc được"),
            Self::Forbidden(_) | Self::Method | Self::Unconfirmed => t!("Không nhận yêu cầu này"),
            Self::SignIn => t!("Cần đăng nhập"),
            Self::Conflict(_) => t!("Dữ liệu đang thay đổi"),
            Self::BodyTooLarge(_) | Self::Unprocessable(_) | Self::ReadOnly(_) => t!("Chưa ghi được"),
            Self::Busy => t!("Máy chủ đang bận"),
            Self::Store(_) => t!("Máy chủ gặp lỗi"),
        }
    }

    /// The heading where somebody only asked for a page: nothing was to be written.
    #[must_use]
    pub fn heading_of_reading(&self) -> &'static str {
        match self {
            Self::Unprocessable(_) => t!("Chưa đọc được điều kiện"),
            _ => self.heading(),
        }
    }

    fn ways_on(&self) -> Vec<Link> {
        let mut links =
            vec![Link::new(t!("Về trang tổng quan"), "/"), Link::new(t!("Danh sách các sổ"), "/so")];
        match self {
            Self::SignIn => links = vec![Link::new(t!("Đăng nhập"), "/vao")],
            Self::NotFound(_) => links.push(Link::new(t!("Tìm theo tên hoặc mã"), "/tim")),
            _ => {}
        }
        links.push(Link::new(t!("Trợ giúp"), "/tro-giup"));
        links
    }

    /// The body of the page: heading, sentence, ways on.
    #[must_use]
    pub fn body(&self) -> Html {
        self.body_under(self.heading())
    }

    /// The body under a heading of its own.
    #[must_use]
    pub fn body_under(&self, heading: &'static str) -> Html {
        let mut message = Message::new(Tone::Bad, self.to_string());
        message.links = self.ways_on();
        Html::of(&Body { heading, message })
    }
}

#[derive(Template)]
#[template(path = "error/page.html")]
struct Body {
    heading: &'static str,
    message: Message,
}

impl From<StoreFailure> for PageError {
    fn from(failure: StoreFailure) -> Self {
        match failure {
            StoreFailure::Failed(text) => Self::Store(text),
            StoreFailure::Expired => Self::Busy,
        }
    }
}

impl From<FigureError> for PageError {
    fn from(error: FigureError) -> Self {
        match error {
            FigureError::NoIndicator(_)
            | FigureError::NoCut { .. }
            | FigureError::NoAgency(_)
            | FigureError::Future { .. } => Self::NotFound(error.to_string()),
            FigureError::PartialSuccession(_)
            | FigureError::PartialAgency(_)
            | FigureError::ScanTooLarge { .. }
            | FigureError::ScanTooSlow(_) => Self::Unprocessable(error.to_string()),
            FigureError::Expired => Self::Busy,
            FigureError::Building(_) | FigureError::Importing { .. } => Self::Conflict(error.to_string()),
            FigureError::Store(text) => Self::Store(text),
        }
    }
}

impl From<CommitError> for PageError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Denied { why: Denied::Unconfirmed, .. } => Self::Unconfirmed,
            CommitError::NoRegister(_) | CommitError::Denied { .. } => Self::no_page(),
            CommitError::Importing { .. } | CommitError::Moved(_) => Self::Conflict(error.to_string()),
            CommitError::Sealed => Self::ReadOnly(error.to_string()),
            CommitError::Store(text) => Self::Store(text),
            CommitError::Unchanged
            | CommitError::TooMany(_)
            | CommitError::KeyReused(_)
            | CommitError::Rows(_) => Self::Unprocessable(error.to_string()),
        }
    }
}
