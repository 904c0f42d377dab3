//! Members of the committee with field, expert group and product. Titles only: names are personal data.

use std::collections::BTreeMap;

use mc_ledger::Value;
use mc_port::{ListRequest, PAGE_MAX, StoreFailure, Version};
use mc_register::Schema;
use mc_ui::table::{Cell, Column, DataTable, Kind, Row};

use crate::figure::{Lens, NOT_PUBLISHED, code, pin, record, record_title, value};
use crate::said::Said as _;

/// Members shown; the register has all.
const SHOWN_MAX: usize = 40;

/// The table; `None` where no member is on the register.
///
/// # Errors
/// When the store fails.
pub(super) fn table(lens: &Lens<'_>) -> Result<Option<DataTable>, StoreFailure> {
    let Some(schema) = lens.snapshot.schema("member") else { return Ok(None) };
    let mut members: Vec<Version> = rows(lens, "member")?;
    members.retain(|row| serves(lens, &schema, row) && code(&schema, row, "role") != Some("secretariat"));
    if members.is_empty() {
        return Ok(None);
    }
    let rank = |row: &Version| {
        let role = code(&schema, row, "role").unwrap_or_default();
        schema.field("role").and_then(|field| field.codes.iter().position(|code| code.id == role))
    };
    members.sort_by_key(|row| (rank(row).unwrap_or(usize::MAX), row.key.clone()));
    let groups = by_member(lens, "expert_group", None)?;
    let products = by_member(lens, "product", Some(lens))?;
    let columns =
        [t!("Chức danh"), t!("Vai trò"), t!("Lĩnh vực phụ trách"), t!("Nhóm chuyên gia"), t!("Sản phẩm")];
    let columns = columns.into_iter().map(|name| Column::new(name, Kind::Text)).collect();
    let mut table = DataTable::new("thanh-vien", t!("Thành viên Ban Chỉ đạo, nêu theo chức danh"), columns);
    let missing = if lens.is_published_only() { NOT_PUBLISHED.said() } else { t!("chưa có") };
    table.rows = members
        .iter()
        .take(SHOWN_MAX)
        .map(|row| {
            let named =
                |of: &BTreeMap<String, Vec<(String, String)>>| match of.get(&row.key).map(Vec::as_slice) {
                    Some([(title, href), rest @ ..]) => {
                        let more = if rest.is_empty() {
                            String::new()
                        } else {
                            t!(" (và {count} nữa)", count = rest.len())
                        };
                        Cell::link(format!("{title}{more}"), href.clone())
                    }
                    _ => Cell::missing(missing),
                };
            let role = schema.field("role").and_then(|field| field.code(code(&schema, row, "role")?));
            Row::new(vec![
                Cell::link(
                    code(&schema, row, "position").unwrap_or(&row.key),
                    record(&schema.slug, &row.key, &pin(lens)),
                ),
                role.map_or_else(
                    || Cell::missing(t!("chưa ghi")),
                    |role| Cell::text(role.title.said().to_owned()),
                ),
                area(lens, &schema, row).map_or_else(|| Cell::missing(missing), Cell::text),
                named(&groups),
                named(&products),
            ])
        })
        .collect();
    Ok(Some(table))
}

fn rows(lens: &Lens<'_>, register: &str) -> Result<Vec<Version>, StoreFailure> {
    let page = lens.snapshot.list(&ListRequest {
        register: register.to_owned(),
        place: Some(lens.place),
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: None,
        limit: PAGE_MAX,
        at: lens.at,
    })?;
    Ok(page.rows)
}

fn serves(lens: &Lens<'_>, schema: &Schema, row: &Version) -> bool {
    let day = |field: &str| match value(schema, row, field) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    };
    day("serves_from").is_none_or(|from| from <= lens.today)
        && day("serves_until").is_none_or(|until| lens.today < until)
}

/// The area in words, or the title of the spearhead field.
fn area(lens: &Lens<'_>, schema: &Schema, row: &Version) -> Option<String> {
    if let Some(area) = code(schema, row, "area") {
        return Some(area.to_owned());
    }
    let Some(Value::Ref { register, key }) = value(schema, row, "field") else { return None };
    let fields = lens.snapshot.schema(register)?;
    let versions = lens.snapshot.history(register, key).ok()?;
    versions.last().map(|version| record_title(lens, &fields, version))
}

/// Title and address of the records of `register` that name a member, by member. Products say how far they
/// are.
fn by_member(
    lens: &Lens<'_>,
    register: &str,
    stage_of: Option<&Lens<'_>>,
) -> Result<BTreeMap<String, Vec<(String, String)>>, StoreFailure> {
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let Some(schema) = lens.snapshot.schema(register) else { return Ok(found) };
    for row in rows(lens, register)? {
        if let Some(Value::Ref { key, .. }) = value(&schema, &row, "member") {
            let stage =
                stage_of.map_or_else(String::new, |lens| format!(" · {}", stage(lens, &schema, &row)));
            let title = format!("{}{stage}", record_title(lens, &schema, &row));
            let href = record(&schema.slug, &row.key, &pin(lens));
            found.entry(key.clone()).or_default().push((title, href));
        }
    }
    Ok(found)
}

/// How far a product has come.
fn stage(lens: &Lens<'_>, schema: &Schema, row: &Version) -> &'static str {
    let reached =
        |field: &str| matches!(value(schema, row, field), Some(Value::Day(day)) if *day <= lens.today);
    let stages = [
        ("effective_from", t!("có hiệu quả")),
        ("in_use_from", t!("đang dùng")),
        ("accepted", t!("đã nghiệm thu")),
        ("promised", t!("đã cam kết")),
    ];
    stages.into_iter().find(|(field, _)| reached(field)).map_or(t!("đang làm"), |(_, words)| words)
}
