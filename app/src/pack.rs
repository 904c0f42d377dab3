//! What a set of declarations would change in an instance: the difference, what is refused, and the commit.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use mc_base::number::whole;
use mc_figure::{Definition, canonical_text};
use mc_port::{CommitRequest, EditRequest, declare_indicator, declare_schema};
use mc_register::{Schema, compare, schema_hash, system};
use mc_sqlite::{Marking, Reader, Writer};

use crate::setup::{Declared, said};

/// The difference between declarations and an instance.
#[derive(Debug, Default)]
pub struct Difference {
    /// What would change, a sentence each.
    pub changes: Vec<String>,
    /// What cannot be changed, with the reason.
    pub refused: Vec<String>,
    schemas: Vec<(Schema, u32)>,
    definitions: Vec<Definition>,
}

impl Difference {
    /// Nothing differs.
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.refused.is_empty()
    }
}

/// Reads `registers/*.toml` and `indicators/*.toml` of a directory.
pub fn read(dir: &Path) -> anyhow::Result<Declared> {
    let mut declared = Declared { schemas: Vec::new(), definitions: Vec::new() };
    for (path, text) in texts(&dir.join("registers"))? {
        declared
            .schemas
            .push(Schema::from_toml(&text).map_err(|errors| anyhow!(said(&errors))).context(path)?);
    }
    for (path, text) in texts(&dir.join("indicators"))? {
        declared.definitions.push(Definition::from_toml(&text).context(path)?);
    }
    if declared.schemas.is_empty() && declared.definitions.is_empty() {
        return Err(anyhow!(
            "“{}” không có khai báo nào; cần các tệp registers/*.toml hoặc indicators/*.toml.",
            dir.display()
        ));
    }
    Ok(declared)
}

fn texts(dir: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Ok(Vec::new()) };
    let mut texts = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(&path).with_context(|| name.clone())?;
            texts.push((name, text));
        }
    }
    texts.sort();
    Ok(texts)
}

/// Compares declarations with what the instance declares now.
pub fn difference(reader: &Reader, declared: &Declared) -> anyhow::Result<Difference> {
    let mut difference = Difference::default();
    for schema in &declared.schemas {
        register(reader, schema, &mut difference)?;
    }
    let changed: Vec<Schema> = difference.schemas.iter().map(|(schema, _)| schema.clone()).collect();
    difference.refused.extend(reader.in_the_way(&changed));
    for definition in &declared.definitions {
        indicator(reader, definition, &mut difference);
    }
    let schema = |id: &str| declared.schemas.iter().find(|schema| schema.id == id).cloned();
    for definition in &difference.definitions {
        let current = |id: &str| schema(id).map(std::sync::Arc::new).or_else(|| reader.schema(id));
        let held: Vec<_> = [Some(&definition.num), definition.den.as_ref()]
            .into_iter()
            .flatten()
            .filter_map(|measure| current(&measure.register))
            .collect();
        let find = |id: &str| held.iter().find(|schema| schema.id == id).map(std::convert::AsRef::as_ref);
        if let Err(errors) = mc_figure::check(definition, &find) {
            difference.refused.extend(errors.iter().map(ToString::to_string));
        }
    }
    Ok(difference)
}

fn register(reader: &Reader, schema: &Schema, difference: &mut Difference) -> anyhow::Result<()> {
    let title = &schema.title.vi;
    if system::is_system(&schema.id) {
        difference.refused.push(format!("Sổ {}: là sổ hệ thống, không khai báo lại được.", schema.id));
        return Ok(());
    }
    let Some(known) = reader.schema(&schema.id) else {
        difference.changes.push(format!(
            "Thêm sổ “{title}” ({}) với {} trường.",
            schema.id,
            schema.field.len()
        ));
        difference.schemas.push((schema.clone(), 1));
        return Ok(());
    };
    if schema_hash(&known) == schema_hash(schema) {
        return Ok(());
    }
    let evolution = compare(&known, schema);
    difference.refused.extend(evolution.refused.iter().map(|refusal| format!("Sổ “{title}”: {refusal}")));
    difference.changes.extend(evolution.allowed.iter().map(|change| format!("Sổ “{title}”: {change}")));
    for marking in reader.markings(schema)? {
        difference.changes.extend(consequences(title, &marking));
    }
    let mut version = 1;
    while !reader.history(system::SCHEMA, &format!("{}/{version}", schema.id))?.is_empty() {
        version += 1;
    }
    difference.schemas.push((schema.clone(), version));
    Ok(())
}

/// What marking a field personal does to what is there, and what it cannot undo.
fn consequences(title: &str, marking: &Marking) -> Vec<String> {
    let Marking { field, versions, indexed, searched, files } = marking;
    let of = format!("Sổ “{title}”, trường “{field}”");
    let mut lines = vec![format!(
        "{of}: {} phiên bản đã ghi có giá trị; giá trị được chuyển sang bảng xóa được, các phiên bản ấy từ nay chỉ \
         chứng minh bằng mã băm.",
        whole(*versions)
    )];
    if *indexed {
        lines.push(format!("{of}: không còn lọc và sắp xếp được; chỉ mục bị bỏ."));
    }
    if *searched {
        lines.push(format!("{of}: không còn tìm được; các từ đã lập chỉ mục bị bỏ."));
    }
    if *files > 0 {
        lines.push(format!(
            "{of}: {} tệp đã nhập vào sổ vẫn được giữ, mỗi tệp mã hóa dưới một khóa riêng; xóa giá trị của người nào \
             thì khóa của các tệp có người ấy bị hủy.",
            whole(*files)
        ));
    }
    lines.push(format!(
        "{of}: bằng chứng đã xuất trước đây có thể chứa giá trị ấy; bản cài không đếm và không thu hồi được. Dấu dữ \
         liệu cá nhân không bỏ lại được."
    ));
    lines
}

fn indicator(reader: &Reader, definition: &Definition, difference: &mut Difference) {
    let title = &definition.title.vi;
    let known = reader.indicator(&definition.id, Some(definition.version), reader.head().seq);
    match known {
        Some(known) if canonical_text(&known.definition) == canonical_text(definition) => {}
        Some(_) => difference.refused.push(format!(
            "Chỉ tiêu “{title}” ({}): định nghĩa phiên bản {} đã ghi thì không sửa được; hãy khai báo phiên bản mới.",
            definition.id, definition.version
        )),
        None => {
            let text = format!("Thêm chỉ tiêu “{title}” ({}), phiên bản {}.", definition.id, definition.version);
            difference.changes.push(text);
            difference.definitions.push(definition.clone());
        }
    }
}

/// Commits the difference: schemas first, then the indicators that may stand on them.
pub fn apply(writer: &mut Writer, difference: &Difference, reason: &str) -> anyhow::Result<()> {
    if !difference.refused.is_empty() {
        return Err(anyhow!(difference.refused.join("\n")));
    }
    let schema = writer.schema(system::SCHEMA).context("thiếu sổ hệ thống schema")?;
    let schemas: Vec<EditRequest> =
        difference.schemas.iter().map(|(one, version)| declare_schema(&schema, one, *version)).collect();
    let indicator = writer.schema(system::INDICATOR).context("thiếu sổ hệ thống indicator")?;
    let definitions = difference.definitions.iter().map(|one| declare_indicator(&indicator, one)).collect();
    for edits in [schemas, definitions] {
        if !edits.is_empty() {
            writer.commit(&CommitRequest {
                actor: mc_access::Actor::operator(),
                source: "Gói khai báo".to_owned(),
                reason: reason.to_owned(),
                idempotency_key: String::new(),
                edits,
            })?;
        }
    }
    Ok(())
}
