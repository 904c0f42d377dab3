//! Why bytes or values have no canonical form.

/// Why a value or row was not encoded, or bytes were not accepted as one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CanonError {
    /// Bytes end too soon.
    #[error("dữ liệu bị cụt: cần thêm {needed} byte, chỉ còn {left}")]
    Truncated {
        /// Bytes the next part takes.
        needed: usize,
        /// Bytes there are.
        left: usize,
    },
    /// Bytes follow the end.
    #[error("thừa {0} byte ở cuối")]
    Trailing(usize),
    /// The bytes are not of this kind.
    #[error("nhãn đầu không phải “{0}”")]
    Tag(&'static str),
    /// A value has a type tag that does not exist.
    #[error("mã kiểu giá trị {0} không có; chỉ dùng 0 đến 15")]
    TypeTag(u8),
    /// A value's payload has not the length of its type.
    #[error("giá trị kiểu {kind} dài {found} byte, phải là {expected}")]
    Length {
        /// Type name.
        kind: &'static str,
        /// Bytes there are.
        found: usize,
        /// Bytes there must be.
        expected: usize,
    },
    /// Not UTF-8.
    #[error("{0} không phải UTF-8")]
    Utf8(&'static str),
    /// Not in Unicode normal form C.
    #[error("{0} chưa ở dạng chuẩn Unicode NFC")]
    Nfc(&'static str),
    /// Too long.
    #[error("{what} dài {found}, nhiều nhất {max}")]
    TooLong {
        /// What is too long.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The limit.
        max: usize,
    },
    /// Empty where something must stand.
    #[error("{0} để trống")]
    Empty(&'static str),
    /// A code with surrounding space, a control character, or (in a set) a comma.
    #[error(
        "{0} có ký tự không được dùng (khoảng trắng ở đầu hay cuối, ký tự điều khiển, dấu phẩy trong tập mã)"
    )]
    CodeForm(&'static str),
    /// A register id that is not lower-case ASCII.
    #[error("tên sổ “{0}” không đúng dạng: chữ thường không dấu, chữ số, gạch dưới, bắt đầu bằng chữ")]
    RegisterForm(String),
    /// A key with a control character or a stray percent sign.
    #[error("khóa bản ghi có ký tự điều khiển, hoặc dấu % không phải %25 hay %2F")]
    KeyForm,
    /// A set of codes that is not strictly ascending.
    #[error("tập mã không xếp tăng dần hoặc có mã lặp")]
    CodesOrder,
    /// A yes-or-no that is neither 0 nor 1.
    #[error("giá trị có/không là {0}, phải là 0 hoặc 1")]
    Bool(u8),
    /// A scale above 9.
    #[error("số thập phân có {0} chữ số lẻ, nhiều nhất 9")]
    Scale(u8),
    /// A number outside its type's range.
    #[error("{kind} ngoài phạm vi: {found}")]
    Range {
        /// Type name.
        kind: &'static str,
        /// The number found.
        found: i64,
    },
    /// An act that does not exist.
    #[error("hành vi {0} không có; chỉ có 1 (mở), 2 (đóng), 3 (xóa)")]
    Act(u8),
    /// A version ordinal of 0.
    #[error("số thứ tự phiên bản phải từ 1")]
    OrdinalZero,
    /// Field number 0.
    #[error("số trường phải từ 1")]
    FieldZero,
    /// The field of the leaf and its act do not fit together.
    #[error("chỉ dòng xóa mới nêu một trường, và phải nêu")]
    ErasedField,
    /// A close or erase leaf with fields.
    #[error("dòng đóng hoặc xóa không được mang trường nào")]
    FieldsOnClose,
    /// First version with a predecessor, or a later one (or a close, or an erasure) without.
    #[error("phiên bản đầu không có bản trước; mọi dòng khác phải nêu mã băm của bản trước")]
    Previous,
    /// Fields not strictly ascending.
    #[error("trường số {0} không theo thứ tự tăng dần hoặc bị lặp")]
    FieldOrder(u16),
    /// A commitment where a plain value must stand.
    #[error("không cam kết lên một cam kết")]
    NestedCommitment,
    /// A fault in one field.
    #[error("trường số {number}: {fault}")]
    Field {
        /// Permanent field number.
        number: u16,
        /// What is wrong with it.
        fault: Box<CanonError>,
    },
}
