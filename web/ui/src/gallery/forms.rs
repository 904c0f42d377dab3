//! Samples of forms.

use crate::form::{Choice, Field, Form, Input, Method};
use crate::html::Html;

pub(super) fn samples() -> Vec<(&'static str, Html)> {
    vec![("Biểu mẫu", correction().html()), ("Biểu mẫu có lỗi", wrong().html()), ("Bộ lọc", filters().html())]
}

fn text(value: &str) -> Input {
    Input::Text { value: value.to_owned() }
}

fn correction() -> Form {
    let mode = vec![
        Choice::new("sua-sai", "Sửa sai: trước đây ghi nhầm").chosen_if("sua-sai"),
        Choice::new("thay-doi", "Thay đổi từ ngày: thực tế đã khác"),
    ];
    let state = vec![
        Choice::new("dang-phat", "Đang phát sóng").chosen_if("dang-phat"),
        Choice::new("tam-ngung", "Tạm ngừng"),
    ];
    let fields = vec![
        Field::hidden("ban", "20840"),
        Field::new("kieu", "Đây là sửa sai hay thay đổi?", Input::Radios { choices: mode }),
        Field::new("trang_thai", "Trạng thái trạm", Input::Select { choices: state }),
        Field::new("ngay", "Từ ngày", Input::Day { value: "01/11/2025".to_owned() })
            .hint("Ngày/tháng/năm, ví dụ 1/3/2025"),
        Field::new(
            "cao",
            "Chiều cao cột",
            Input::Number { value: "42,5".to_owned(), unit: Some("mét".to_owned()) },
        )
        .optional(),
        Field::new("ly_do", "Lý do", Input::Area { value: String::new() }).hint("Ai báo, theo văn bản nào"),
        Field::new("tep", "Tệp minh chứng", Input::File { accept: ".pdf,.xlsx,.csv".to_owned() })
            .hint("Hệ thống không nhận tài liệu mật")
            .optional(),
        Field::new(
            "doc",
            "Tôi đã đối chiếu với văn bản gốc",
            Input::Checkbox { value: "co".to_owned(), ticked: true },
        ),
    ];
    let mut form = Form::new("/mau", Method::Upload, fields, "Ghi lại");
    form.cancel = Some("/mau".to_owned());
    form.others = vec![("buoc".to_owned(), "xem-truoc".to_owned(), "Xem trước".to_owned())];
    form
}

fn wrong() -> Form {
    let fields = vec![
        Field::new("ngay_sai", "Từ ngày", Input::Day { value: "31/02/2025".to_owned() })
            .hint("Ngày/tháng/năm, ví dụ 1/3/2025")
            .error("Từ ngày: không có ngày 31/02/2025, tháng 2 năm 2025 có 28 ngày"),
        Field::new(
            "so_sai",
            "Số trạm",
            Input::Number { value: "1,234".to_owned(), unit: Some("trạm".to_owned()) },
        )
        .error("Số trạm: \"1,234\" đọc được hai cách, hãy viết 1.234 hoặc 1,234 cho rõ"),
        Field::new("ly_do_sai", "Lý do", text("")).error("Lý do: chưa ghi, cần ít nhất một câu"),
    ];
    Form::new("/mau", Method::Post, fields, "Ghi lại")
}

fn filters() -> Form {
    let operators = vec![Choice::new("", "Tất cả"), Choice::new("a", "Nhà mạng A").chosen_if("a")];
    let fields = vec![
        Field::new("tu_khoa", "Có chữ", text("dong son")).optional(),
        Field::new("nha_mang", "Nhà mạng", Input::Select { choices: operators }),
    ];
    Form::new("/mau", Method::Get, fields, "Lọc")
}
