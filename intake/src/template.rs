//! A workbook to fill in, made from the declaration of a register.

use mc_base::Day;
use mc_register::{Field, FieldType, Schema};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula, Note, Workbook, Worksheet,
    XlsxError,
};

use crate::column_letter;
use crate::header::importable;
use crate::report::{Formats, properties};

const SHEET: &str = "Số liệu";
const LISTS: &str = "Danh mục";
const GUIDE: &str = "Hướng dẫn";
/// Rows for which drop-downs and checks are prepared.
const PREPARED_ROWS: u32 = 10_000;

/// The template of a register: one typed column per field, lists to choose from, notes, a page of
/// explanations.
///
/// `made_on` stands in the document's properties.
///
/// # Errors
/// [`XlsxError`] where the workbook cannot be written.
pub fn template(schema: &Schema, made_on: Day) -> Result<Vec<u8>, XlsxError> {
    let fields: Vec<&Field> = importable(schema).filter(|field| field.kind != FieldType::File).collect();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&schema.title.vi, made_on)?);
    let formats = Formats::new();
    let lists = Lists::of(&fields);
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    for (column, field) in (0_u16..).zip(&fields) {
        write_column(sheet, column, field, &formats, &lists)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    write_guide(workbook.add_worksheet(), schema, &fields, &formats)?;
    lists.write(workbook.add_worksheet(), &formats)?;
    workbook.save_to_buffer()
}

/// Code lists, each in a column of its own sheet: a drop-down from a range has no limit of 255 characters.
struct Lists<'a>(Vec<(&'a Field, Vec<&'a str>)>);

impl<'a> Lists<'a> {
    fn of(fields: &[&'a Field]) -> Self {
        let offered = |field: &&'a Field| {
            let codes = field.codes.iter().filter(|code| !code.deprecated);
            (*field, codes.map(|code| code.title.vi.as_str()).collect::<Vec<_>>())
        };
        Self(fields.iter().map(offered).filter(|(_, titles)| !titles.is_empty()).collect())
    }

    /// The range that holds the list of a field.
    fn range(&self, field: &Field) -> Option<String> {
        let (column, (_, titles)) = (0_u16..).zip(&self.0).find(|(_, (listed, _))| listed.no == field.no)?;
        let letter = column_letter(column);
        Some(format!("='{LISTS}'!${letter}$2:${letter}${}", titles.len() + 1))
    }

    fn write(&self, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        sheet.set_name(LISTS)?;
        for (column, (field, titles)) in (0_u16..).zip(&self.0) {
            sheet.write_string_with_format(0, column, &field.title.vi, &formats.header)?;
            sheet.set_column_width(column, 28)?;
            for (row, title) in (1_u32..).zip(titles) {
                sheet.write_string(row, column, *title)?;
            }
        }
        Ok(())
    }
}

/// The header of a column: the title, with the unit and a star for what must be filled.
fn header(field: &Field) -> String {
    let unit = field.unit.as_ref().map(|unit| format!(" ({unit})")).unwrap_or_default();
    let star = if field.is_asked() { " *" } else { "" };
    format!("{}{unit}{star}", field.title.vi)
}

fn write_column(
    sheet: &mut Worksheet,
    column: u16,
    field: &Field,
    formats: &Formats,
    lists: &Lists<'_>,
) -> Result<(), XlsxError> {
    let title = header(field);
    sheet.write_string_with_format(0, column, &title, &formats.header)?;
    sheet.set_column_width(column, title.chars().count().clamp(14, 40) as u32)?;
    sheet.insert_note(0, column, &Note::new(help(field)).set_width(320).set_height(120))?;
    let format = match field.kind {
        FieldType::Day => formats.day.clone(),
        FieldType::Int => Format::new().set_num_format("#,##0"),
        FieldType::Scaled => {
            let digits = "0".repeat(usize::from(field.scale.unwrap_or(0)));
            Format::new().set_num_format(if digits.is_empty() {
                "#,##0".to_owned()
            } else {
                format!("#,##0.{digits}")
            })
        }
        // Codes keep their leading zeros, and "10/2025" stays a month, only in text cells.
        _ => Format::new().set_num_format("@"),
    };
    sheet.set_column_format(column, &format)?;
    if let Some(validation) = validation(field, lists)? {
        sheet.add_data_validation(1, column, PREPARED_ROWS, column, &validation)?;
    }
    Ok(())
}

fn validation(field: &Field, lists: &Lists<'_>) -> Result<Option<DataValidation>, XlsxError> {
    let base = match (field.kind, field.min, field.max) {
        (FieldType::Code, ..) => match lists.range(field) {
            Some(range) => DataValidation::new().allow_list_formula(Formula::new(range)),
            None => return Ok(None),
        },
        (FieldType::Bool, ..) => DataValidation::new().allow_list_strings(&["có", "không"])?,
        (FieldType::Int, Some(min), Some(max)) => {
            // A whole-number rule holds 32 bits; formulas hold what a cell holds.
            let rule =
                DataValidationRule::Between(Formula::new(min.to_string()), Formula::new(max.to_string()));
            DataValidation::new().allow_whole_number_formula(rule)
        }
        _ => return Ok(None),
    };
    let title: String = field.title.vi.chars().take(32).collect();
    let message: String = help(field).chars().take(255).collect();
    Ok(Some(
        base.set_error_title(title)?
            .set_error_message(message)?
            .set_error_style(DataValidationErrorStyle::Stop),
    ))
}

/// What a column expects, in one or two sentences.
fn help(field: &Field) -> String {
    let mut text = field.help.as_ref().map(|help| format!("{}\n", help.vi)).unwrap_or_default();
    text.push_str(&expects(field));
    text.push_str(if field.is_asked() { " Bắt buộc." } else { " Có thể để trống." });
    text
}

/// What type of value a column expects.
fn expects(field: &Field) -> String {
    let bounds = match (field.min, field.max) {
        (Some(min), Some(max)) => {
            let scale = if field.kind == FieldType::Scaled { field.scale.unwrap_or(0) } else { 0 };
            let plain = |mantissa| mc_base::Scaled { mantissa, scale }.to_string().replace('.', ",");
            format!(" từ {} đến {}", plain(min), plain(max))
        }
        _ => String::new(),
    };
    match field.kind {
        FieldType::Bool => "Ghi “có” hoặc “không”.".to_owned(),
        FieldType::Int => format!("Số nguyên{bounds}."),
        FieldType::Scaled => format!("Số có tối đa {} chữ số thập phân{bounds}.", field.scale.unwrap_or(0)),
        FieldType::Day => "Ngày, dạng 31/10/2025.".to_owned(),
        FieldType::Month => "Tháng, dạng 10/2025.".to_owned(),
        FieldType::Instant => "Ngày và giờ, dạng 31/10/2025 14:05.".to_owned(),
        FieldType::Text => format!("Văn bản, tối đa {} ký tự.", field.length_max.unwrap_or(4_000)),
        FieldType::Code if field.codes.is_empty() => "Mã định danh.".to_owned(),
        FieldType::Code => "Chọn một giá trị trong danh mục.".to_owned(),
        FieldType::Codes => "Một hoặc nhiều giá trị trong danh mục, cách nhau bằng dấu chấm phẩy.".to_owned(),
        FieldType::Ref => "Mã của bản ghi ở sổ liên quan.".to_owned(),
        FieldType::Place => "Tên hoặc mã xã, phường, tỉnh.".to_owned(),
        FieldType::Agency => "Tên hoặc tên viết tắt của cơ quan.".to_owned(),
        FieldType::Point => "Vĩ độ, kinh độ, dạng 22,4856; 103,9707.".to_owned(),
        FieldType::File => "Tệp minh chứng.".to_owned(),
    }
}

fn write_guide(
    sheet: &mut Worksheet,
    schema: &Schema,
    fields: &[&Field],
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(GUIDE)?;
    sheet.write_string(0, 0, &schema.title.vi)?;
    sheet.write_string(1, 0, &schema.description.vi)?;
    for (column, (title, width)) in
        (0_u16..).zip([("Cột", 8), ("Tên cột", 34), ("Cần điền", 80), ("Danh mục", 60)])
    {
        sheet.write_string_with_format(3, column, title, &formats.header)?;
        sheet.set_column_width(column, width)?;
    }
    let wrap = Format::new().set_text_wrap();
    for (at, field) in (0_u16..).zip(fields) {
        let row = 4 + u32::from(at);
        let codes: Vec<&str> =
            field.codes.iter().filter(|code| !code.deprecated).map(|code| code.title.vi.as_str()).collect();
        sheet.write_string(row, 0, column_letter(at))?;
        sheet.write_string(row, 1, header(field))?;
        sheet.write_string_with_format(row, 2, help(field), &wrap)?;
        sheet.write_string_with_format(row, 3, codes.join("; "), &wrap)?;
    }
    Ok(())
}
