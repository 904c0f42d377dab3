//! What a field takes, in words, in the language of the reader.

use mc_base::Scaled;
use mc_register::{Field, FieldType};
use mc_ui::write;

use crate::said::Said as _;

/// Codes that are named before the rest is counted.
const CODES_NAMED_MAX: usize = 8;

/// What a field needs: `số nguyên từ 0 đến 200`.
pub(crate) fn expected(field: &Field) -> String {
    let most = || write::whole(u64::from(field.chars_max()));
    match field.kind {
        FieldType::Bool => t!("“có” hoặc “không”").to_owned(),
        FieldType::Int => t!("số nguyên{range}", range = range(field)),
        FieldType::Scaled => {
            t!("số có tối đa {digits} chữ số lẻ,{range}", digits = field.digits(), range = range(field))
        }
        FieldType::Day => t!("ngày, ví dụ 17/11/2025").to_owned(),
        FieldType::Month => t!("tháng, ví dụ 10/2025").to_owned(),
        FieldType::Instant => t!("ngày và giờ, ví dụ 17/11/2025 14:05").to_owned(),
        FieldType::Text => t!("văn bản tối đa {most} ký tự", most = most()),
        FieldType::Code if field.codes.is_empty() => t!("một dòng chữ, tối đa {most} ký tự", most = most()),
        FieldType::Code => t!("một trong: {list}", list = listed(field)),
        FieldType::Codes => t!("các mục cách nhau bằng “;” trong: {list}", list = listed(field)),
        FieldType::Ref => {
            let register = field.register.as_deref().unwrap_or_default();
            t!("khóa hoặc tên của một bản ghi trong sổ “{register}”", register)
        }
        FieldType::Place => t!("tên hoặc mã của một địa bàn").to_owned(),
        FieldType::Agency => t!("tên hoặc mã của một cơ quan").to_owned(),
        FieldType::Point => {
            t!("vĩ độ và kinh độ trong lãnh thổ Việt Nam, ví dụ 22,5064; 104,0050").to_owned()
        }
        FieldType::File => t!("mã băm SHA-256 của tệp minh chứng (64 chữ số thập lục phân)").to_owned(),
    }
}

fn range(field: &Field) -> String {
    let show = |bound: i64| write::decimal(Scaled { mantissa: bound, scale: field.digits() });
    match (field.min, field.max) {
        (Some(min), Some(max)) => t!(" từ {min} đến {max}", min = show(min), max = show(max)),
        _ => String::new(),
    }
}

fn listed(field: &Field) -> String {
    let offered: Vec<&str> =
        field.codes.iter().filter(|code| !code.deprecated).map(|code| code.title.said()).collect();
    let named: Vec<&str> = offered.iter().take(CODES_NAMED_MAX).copied().collect();
    let rest = offered.len() - named.len();
    let more = if rest > 0 { t!(" và {rest} mục khác", rest) } else { String::new() };
    format!("{}{more}", named.join("; "))
}
