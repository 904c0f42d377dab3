//! Why a typed value is not taken, in the language of the reader.

use mc_register::input::quoted;
use mc_register::{Field, Hint, InputError, InputKind};
use mc_ui::{Lang, lang};

use crate::expected::expected;
use crate::said::Said as _;

/// What is wrong with a field of a form: which, what was found, what it takes, and what may have been meant.
pub(crate) fn sentence(field: &Field, error: &InputError) -> String {
    let (title, expected) = (field.title.said(), expected(field));
    let fault = match error.kind {
        InputKind::Missing => return t!("Chưa điền {title}.", title),
        InputKind::WrongType => t!("không đúng kiểu"),
        InputKind::NotNumber => t!("không phải là số"),
        InputKind::NotWhole => t!("không phải số nguyên"),
        InputKind::TooPrecise => t!("có quá nhiều chữ số lẻ"),
        InputKind::OutOfRange => t!("nằm ngoài khoảng cho phép"),
        InputKind::Ambiguous => t!("đọc được hai cách"),
        InputKind::NotDay => t!("không phải ngày có thật"),
        InputKind::NotMonth => t!("không phải tháng có thật"),
        InputKind::NotTime => t!("không phải ngày giờ có thật"),
        InputKind::Unknown => t!("không có trong danh mục"),
        InputKind::Several => t!("trùng tên với nhiều mục"),
        InputKind::TooLong => t!("quá dài"),
        InputKind::Control => t!("có ký tự điều khiển"),
        InputKind::NotCanonical => t!("chưa viết ở dạng chuẩn"),
        InputKind::NoField => t!("không có trong sổ"),
    };
    let found = &error.found;
    let sentence = t!("{title}: “{found}” {fault}; cần {expected}.", title, found, fault, expected);
    match error.hint.as_deref() {
        Some(Hint::Names(names)) => {
            let said = |name: &String| {
                let code = field.codes.iter().find(|code| code.title.vi == *name);
                code.map_or_else(|| name.clone(), |code| code.title.said().to_owned())
            };
            let names: Vec<String> = names.iter().map(said).collect();
            t!("{sentence} Có thể là: {names}.", sentence, names = quoted(&names))
        }
        // A sentence of the kernel is in Vietnamese alone.
        Some(Hint::Sentence(hint)) if lang() == Lang::Vietnamese => format!("{sentence} {hint}."),
        _ => sentence,
    }
}
