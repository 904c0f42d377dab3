//! Differences in words.

use std::fmt;

use crate::evolution::{ChangeKind, SchemaChange};
use crate::schema::Title;

impl fmt::Display for SchemaChange {
    /// One line of what `pack check` prints, for example `thêm trường “note”`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.title())?;
        if !self.part.is_empty() {
            write!(f, " “{}”", self.part)?;
        }
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

impl ChangeKind {
    /// What the change is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::FieldAdded => "thêm trường",
            Self::CodeAdded => "thêm mã cho",
            Self::Deprecated => "ngừng dùng cho bản ghi mới",
            Self::Restored => "dùng lại",
            Self::Retitled => "sửa lời",
            Self::Tightened => "siết cho lần ghi mới",
            Self::Loosened => "nới",
            Self::Widened => "mở rộng khoảng giá trị",
            Self::RuleAdded => "thêm quy tắc",
            Self::RuleChanged => "đổi biểu thức của quy tắc",
            Self::MarkedPersonal => "đánh dấu dữ liệu cá nhân",
            Self::Offered => "đổi cách liệt kê, lọc, tìm",
            Self::LookupChanged => "đổi nguồn chép của",
            Self::OwnerChanged => "đổi trường cơ quan chủ quản",
            Self::WorkflowChanged => "đổi quy trình",
        }
    }
}

/// “old” thành “new”.
pub(super) fn became(old: &impl fmt::Display, new: &impl fmt::Display) -> String {
    format!("“{old}” thành “{new}”")
}

/// What a title has become, in the language in which it differs.
pub(super) fn retitling(old: &Title, new: &Title) -> String {
    if old.vi == new.vi {
        return format!("tiếng Anh {}", became(&old.en, &new.en));
    }
    became(&old.vi, &new.vi)
}

/// As [`became`], with “không có” where there is none.
pub(super) fn became_opt<T: fmt::Display>(old: Option<&T>, new: Option<&T>) -> String {
    let word = |value: Option<&T>| value.map_or("không có".to_owned(), |value| format!("“{value}”"));
    format!("{} thành {}", word(old), word(new))
}
