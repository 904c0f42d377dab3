//! The first steps of an instance that has no conference yet.

use mc_port::{ListRequest, StoreFailure};
use mc_ui::{Link, Word};

use crate::figure::{Lens, address, pin};

/// One step.
pub(super) struct Step {
    pub(super) done: bool,
    pub(super) title: &'static str,
    pub(super) words: &'static str,
    pub(super) link: Option<Link>,
}

/// Step, what to do, the register whose records show that it is done, and the words of the link.
const STEPS: [(Word, Word, &str, Word); 4] = [
    (
        key!("Kiểm tra cơ quan và địa bàn"),
        key!("Danh mục địa bàn, cơ quan có sẵn khi khởi tạo; sửa tên cơ quan cho đúng với tỉnh."),
        "agency",
        key!("Mở sổ cơ quan"),
    ),
    (
        key!("Ghi mục tiêu và văn bản chỉ đạo"),
        key!("Mỗi mục tiêu là một bản ghi có văn bản, trang, mức phải đạt."),
        "target",
        key!("Mở sổ mục tiêu"),
    ),
    (
        key!("Nhập sổ đầu tiên"),
        key!("Bắt đầu bằng sổ đã có danh sách, ví dụ trạm thu phát sóng; nhập từ tệp Excel hoặc CSV."),
        "base_station",
        key!("Mở sổ trạm thu phát sóng"),
    ),
    (
        key!("Ghi hội nghị gần nhất"),
        key!("Hội nghị và các nội dung của nó thành trang này: mỗi ý báo cáo gắn với một chỉ tiêu."),
        "conference",
        key!("Mở sổ hội nghị"),
    ),
];

/// The steps, each with whether it is done.
///
/// # Errors
/// When the store fails.
pub(super) fn steps(lens: &Lens<'_>) -> Result<Vec<Step>, StoreFailure> {
    let mut steps = Vec::with_capacity(STEPS.len());
    for (title, words, register, link) in STEPS {
        let schema = lens.snapshot.schema(register);
        let done = schema.is_some() && has_records(lens, register)?;
        let href = schema.map(|schema| address(&format!("/so/{}", schema.slug), &pin(lens)));
        steps.push(Step {
            done,
            title: title.said(),
            words: words.said(),
            link: href.map(|href| Link::new(link, href)),
        });
    }
    Ok(steps)
}

fn has_records(lens: &Lens<'_>, register: &str) -> Result<bool, StoreFailure> {
    let page = lens.snapshot.list(&ListRequest {
        register: register.to_owned(),
        place: None,
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: None,
        limit: 1,
        at: lens.at,
    })?;
    Ok(!page.rows.is_empty())
}
