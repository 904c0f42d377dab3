//! The dictionary of a register: what a record is, its fields, its rules, and the indicators built on it.

use askama::Template;
use mc_figure::{Definition, Measure};
use mc_register::{Field, FieldType, Schema, Severity};
use mc_ui::of_data;
use mc_ui::{Cell, Column, DataTable, Html, Kind, Link, Pairs, Row, Section};

use crate::context::Page;
use crate::error::PageError;
use crate::expected::expected;
use crate::reply::Reply;
use crate::said::Said as _;

#[derive(Template)]
#[template(path = "registers/dictionary.html")]
struct Body {
    title: String,
    description: String,
    facts: Pairs,
    fields: DataTable,
    rules: DataTable,
    indicators: DataTable,
}

pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = page.register(page.segment(1))?;
    let body = Body {
        title: schema.title.said().to_owned(),
        description: schema.description.said().trim().to_owned(),
        facts: facts(page, &schema),
        fields: fields(page, &schema),
        rules: rules(&schema),
        indicators: indicators(page, &schema),
    };
    let above = vec![
        Link::new(t!("Các sổ"), page.link("/so")),
        Link::new(schema.title.said(), page.register_link(&schema)),
    ];
    Ok(page.page(
        Section::Evidence,
        above,
        &t!("Từ điển sổ {title}", title = schema.title.said()),
        Html::of(&body),
    ))
}

fn facts(page: &Page<'_>, schema: &Schema) -> Pairs {
    let titles = |ids: &[String]| {
        let known: Vec<&str> = ids.iter().filter_map(|id| Some(schema.field(id)?.title.said())).collect();
        known.join("; ")
    };
    let one = |id: &Option<String>| {
        id.as_deref().and_then(|id| schema.field(id)).map(|field| field.title.said().to_owned())
    };
    let mut pairs = vec![
        (t!("Mã sổ"), schema.id.clone()),
        (t!("Chương trình"), page.app().programme_title(&schema.programme)),
        (t!("Đơn vị đếm"), schema.unit.said().to_owned()),
        (t!("Khóa của bản ghi"), titles(&schema.key)),
    ];
    if schema.has_spells() {
        pairs.push((
            t!("Theo giai đoạn"),
            t!("{title}: mỗi lần đổi mở một giai đoạn mới", title = titles(&schema.spells)),
        ));
    }
    pairs.extend(one(&schema.place).map(|title| (t!("Địa bàn lấy từ"), title)));
    pairs.extend(one(&schema.owner).map(|title| (t!("Cơ quan chủ quản lấy từ"), title)));
    Pairs { pairs: pairs.into_iter().map(|(term, text)| (term.to_owned(), Html::text(&text))).collect() }
}

fn fields(page: &Page<'_>, schema: &Schema) -> DataTable {
    let columns = [
        t!("Trường"),
        t!("Mã"),
        t!("Cần nhập"),
        t!("Bắt buộc"),
        t!("Tên cột khác khi nhập tệp"),
        t!("Ghi chú"),
    ];
    let columns = columns.into_iter().map(|title| Column::new(title, Kind::Text)).collect();
    let mut table =
        DataTable::new("truong", t!("Các trường của sổ {title}", title = schema.title.said()), columns);
    table.rows = schema.field.iter().map(|field| field_row(page, field)).collect();
    table
}

fn field_row(page: &Page<'_>, field: &Field) -> Row {
    let mut notes = Vec::new();
    if field.personal {
        notes.push(t!("dữ liệu cá nhân: chỉ người có quyền xem được, xóa được theo luật").to_owned());
    }
    if let Some(lookup) = &field.lookup {
        notes.push(t!("tự chép lúc ghi, theo trường {field}", field = lookup.by));
    }
    if field.deprecated {
        notes.push(t!("thôi dùng cho bản ghi mới").to_owned());
    }
    notes.extend(field.help.as_ref().map(|help| help.said().to_owned()));
    let unit =
        field.unit.as_ref().map_or_else(String::new, |unit| t!(", đơn vị {unit}", unit = of_data(unit)));
    let needs = Cell::text(format!("{}{unit}", expected(field)));
    let needs = match field.register.as_deref().and_then(|register| page.snapshot().schema(register)) {
        Some(other) if field.kind == FieldType::Ref => Cell::link(
            t!("một bản ghi của sổ {title}", title = other.title.said()),
            page.register_link(&other),
        ),
        _ => needs,
    };
    Row::new(vec![
        Cell::text(field.title.said()),
        Cell::text(&field.id),
        needs,
        Cell::text(if field.is_asked() { t!("giá trị|có") } else { t!("giá trị|không") }),
        Cell::text(field.aliases.join("; ")),
        Cell::text(notes.join("; ")),
    ])
}

fn rules(schema: &Schema) -> DataTable {
    let columns = [t!("Quy tắc"), t!("Khi vi phạm"), t!("Biểu thức")];
    let columns = columns.into_iter().map(|title| Column::new(title, Kind::Text)).collect();
    let mut table = DataTable::new("quy-tac", t!("Quy tắc kiểm tra khi ghi"), columns);
    t!("Sổ này không khai báo quy tắc nào ngoài kiểu và khoảng giá trị của từng trường.")
        .clone_into(&mut table.empty.text);
    table.rows = schema
        .rule
        .iter()
        .map(|rule| {
            let outcome = match rule.severity {
                Severity::Refuse => t!("không nhận bản ghi"),
                Severity::Explain => t!("chỉ nhận khi có văn bản và lý do giải trình, rồi đánh dấu"),
                Severity::Warn => t!("vẫn nhận, có đánh dấu"),
            };
            Row::new(vec![Cell::text(rule.message.said()), Cell::text(outcome), Cell::text(&rule.expr)])
        })
        .collect();
    table
}

fn indicators(page: &Page<'_>, schema: &Schema) -> DataTable {
    let columns = [t!("Chỉ tiêu"), t!("Cách đếm"), t!("Phiên bản định nghĩa")];
    let columns = columns.into_iter().map(|title| Column::new(title, Kind::Text)).collect();
    let mut table = DataTable::new("chi-tieu", t!("Chỉ tiêu đếm từ sổ này"), columns);
    t!("Chưa có chỉ tiêu nào đếm từ sổ này.").clone_into(&mut table.empty.text);
    let counts = |measure: &Measure| measure.register == schema.id;
    let built =
        |definition: &Definition| counts(&definition.num) || definition.den.as_ref().is_some_and(counts);
    table.rows = page
        .snapshot()
        .indicators()
        .iter()
        .filter(|definition| built(definition))
        .map(|definition| {
            Row::new(vec![
                Cell::link(definition.title.said(), page.indicator_link(definition)),
                Cell::text(definition.description.said().trim()),
                Cell::text(definition.version.to_string()),
            ])
        })
        .collect();
    table
}
