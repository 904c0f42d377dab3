//! Differences of fields. A field is its number; its id is permanent too.

use crate::evolution::words::{became, became_opt, retitling};
use crate::evolution::{ChangeKind, Changes};
use crate::schema::{Code, Field, FieldType, Find, Schema};

pub(super) fn compare(old: &Schema, new: &Schema, changes: &mut Changes<'_>) {
    for before in &old.field {
        match new.field_no(before.no) {
            Some(after) if after.id == before.id => same_field(before, after, changes),
            other => moved(before, other, new.field(&before.id), changes),
        }
    }
    for after in &new.field {
        if old.field_no(after.no).is_none() && old.field(&after.id).is_none() {
            added(after, changes);
        }
    }
    let order = |schema: &Schema, other: &Schema| -> Vec<u16> {
        schema.field.iter().map(|field| field.no).filter(|no| other.field_no(*no).is_some()).collect()
    };
    if order(old, new) != order(new, old) {
        changes.allow(ChangeKind::Retitled, "thứ tự trường", "");
    }
}

/// The number or the id of an old field now stands elsewhere or nowhere.
fn moved(before: &Field, same_no: Option<&Field>, same_id: Option<&Field>, changes: &mut Changes<'_>) {
    let part = format!("trường “{}”", before.id);
    if let Some(after) = same_id {
        let found = format!("số {} thành số {}", before.no, after.no);
        changes.refuse(part, found, "Số trường là vĩnh viễn: nó nằm trong mọi bản ghi đã niêm phong.");
    } else if let Some(after) = same_no {
        let found = format!("số {} nay thuộc trường “{}”", before.no, after.id);
        let reason = "Số và mã trường không dùng lại; trường khác cần số mới, tên hiển thị thì đổi ở title.";
        changes.refuse(part, found, reason);
    } else {
        let found = format!("trường số {} không còn", before.no);
        changes.refuse(part, found, "Không bỏ được trường đã có; đánh dấu deprecated = true.");
    }
}

fn added(field: &Field, changes: &mut Changes<'_>) {
    if field.required {
        let reason = "Bản ghi cũ không có giá trị ấy; trường thêm sau cần required = false.";
        changes.refuse(format!("trường “{}”", field.id), "trường mới bắt buộc", reason);
    } else {
        changes.allow(ChangeKind::FieldAdded, &field.id, field.title.vi.clone());
    }
}

fn same_field(old: &Field, new: &Field, changes: &mut Changes<'_>) {
    meaning(old, new, changes);
    range(old, new, changes);
    length(old, new, changes);
    codes(old, new, changes);
    duty(old, new, changes);
    presentation(old, new, changes);
}

/// What stored bytes mean.
fn meaning(old: &Field, new: &Field, changes: &mut Changes<'_>) {
    let part = || format!("trường “{}”", old.id);
    if old.kind != new.kind {
        let found = became(&old.kind.title(), &new.kind.title());
        changes.refuse(part(), found, "Kiểu không đổi được; khai báo trường mới và ngừng dùng trường cũ.");
    }
    if old.scale != new.scale {
        let found = format!("số chữ số lẻ {}", became_opt(old.scale.as_ref(), new.scale.as_ref()));
        changes.refuse(part(), found, "Số chữ số lẻ không đổi được; khai báo trường mới.");
    }
    if old.register != new.register {
        let found = format!("sổ đích {}", became_opt(old.register.as_ref(), new.register.as_ref()));
        changes.refuse(part(), found, "Tham chiếu đã ghi trỏ tới sổ cũ; khai báo trường mới.");
    }
    if old.unit != new.unit {
        let found = format!("đơn vị {}", became_opt(old.unit.as_ref(), new.unit.as_ref()));
        if old.unit.is_none() {
            changes.allow(ChangeKind::Retitled, &old.id, found);
        } else {
            changes.refuse(part(), found, "Đổi đơn vị làm đổi nghĩa các số đã ghi; khai báo trường mới.");
        }
    }
}

fn range(old: &Field, new: &Field, changes: &mut Changes<'_>) {
    // A change of type or scale is refused already, and bounds of different scales do not compare.
    if old.kind != new.kind || old.scale != new.scale || (old.min, old.max) == (new.min, new.max) {
        return;
    }
    let show = |field: &Field| {
        let side = |bound: Option<i64>| bound.map_or("?".to_owned(), |bound| bound.to_string());
        format!("{} đến {}", side(field.min), side(field.max))
    };
    let found = became(&show(old), &show(new));
    if new.min <= old.min && new.max >= old.max {
        changes.allow(ChangeKind::Widened, &old.id, found);
    } else {
        let reason =
            "Giá trị đã ghi có thể nằm ngoài khoảng hẹp hơn; muốn siết cho lần ghi mới thì thêm quy tắc.";
        changes.refuse(format!("trường “{}”", old.id), found, reason);
    }
}

fn length(old: &Field, new: &Field, changes: &mut Changes<'_>) {
    let (before, after) = (old.chars_max(), new.chars_max());
    if old.kind != new.kind || before == after {
        // Writing the default out changes nothing but the text.
        if old.kind == new.kind && old.length_max != new.length_max {
            changes.allow(ChangeKind::Retitled, &old.id, "length_max");
        }
        return;
    }
    let found = format!("độ dài {}", became(&before, &after));
    if after > before {
        changes.allow(ChangeKind::Widened, &old.id, found);
    } else {
        let reason = "Văn bản đã ghi có thể dài hơn; muốn siết cho lần ghi mới thì thêm quy tắc.";
        changes.refuse(format!("trường “{}”", old.id), found, reason);
    }
}

fn codes(old: &Field, new: &Field, changes: &mut Changes<'_>) {
    let part = || format!("trường “{}”", old.id);
    if old.kind == FieldType::Code && old.codes.is_empty() != new.codes.is_empty() {
        let found =
            if new.codes.is_empty() { "bỏ danh mục mã" } else { "thêm danh mục cho mã tự do" };
        changes.refuse(part(), found, "Mã tự do và mã theo danh mục là hai kiểu; khai báo trường mới.");
        return;
    }
    for before in &old.codes {
        match new.code(&before.id) {
            Some(after) => code(old, before, after, changes),
            None => {
                let found = format!("mã “{}” không còn", before.id);
                changes.refuse(part(), found, "Bản ghi cũ có thể mang mã ấy; đánh dấu deprecated = true.");
            }
        }
    }
    for after in new.codes.iter().filter(|code| old.code(&code.id).is_none()) {
        changes.allow(ChangeKind::CodeAdded, &old.id, format!("{} ({})", after.id, after.title.vi));
    }
    let order = |field: &Field, other: &Field| -> Vec<String> {
        field.codes.iter().filter(|code| other.code(&code.id).is_some()).map(|code| code.id.clone()).collect()
    };
    if order(old, new) != order(new, old) {
        changes.allow(ChangeKind::Retitled, &old.id, "thứ tự mã");
    }
}

fn code(field: &Field, old: &Code, new: &Code, changes: &mut Changes<'_>) {
    let part = format!("{}.{}", field.id, old.id);
    if old.title != new.title {
        changes.allow(ChangeKind::Retitled, &part, retitling(&old.title, &new.title));
    }
    deprecation(&part, old.deprecated, new.deprecated, changes);
}

fn deprecation(part: &str, old: bool, new: bool, changes: &mut Changes<'_>) {
    if old != new {
        let kind = if new { ChangeKind::Deprecated } else { ChangeKind::Restored };
        changes.allow(kind, part, "");
    }
}

/// What new commits must do.
fn duty(old: &Field, new: &Field, changes: &mut Changes<'_>) {
    if old.required != new.required {
        let kind = if new.required { ChangeKind::Tightened } else { ChangeKind::Loosened };
        changes.allow(kind, &old.id, if new.required { "bắt buộc" } else { "không bắt buộc" });
    }
    if old.personal != new.personal {
        if new.personal {
            changes.allow(ChangeKind::MarkedPersonal, &old.id, "");
        } else {
            let reason = "Dữ liệu cá nhân chỉ được ghi dưới dạng cam kết; không mở lại thành dữ liệu thường.";
            changes.refuse(format!("trường “{}”", old.id), "bỏ dấu dữ liệu cá nhân", reason);
        }
    }
    if old.lookup != new.lookup {
        let words = |field: &Field| field.lookup.as_ref().map(|from| format!("{}.{}", from.by, from.field));
        changes.allow(
            ChangeKind::LookupChanged,
            &old.id,
            became_opt(words(old).as_ref(), words(new).as_ref()),
        );
    }
}

fn presentation(old: &Field, new: &Field, changes: &mut Changes<'_>) {
    if old.title != new.title {
        changes.allow(ChangeKind::Retitled, &old.id, retitling(&old.title, &new.title));
    }
    if old.help != new.help {
        changes.allow(ChangeKind::Retitled, &old.id, "lời giúp");
    }
    if old.none != new.none {
        changes.allow(ChangeKind::Retitled, &old.id, "mã ghi khi để trống");
    }
    if old.aliases != new.aliases {
        changes.allow(ChangeKind::Retitled, &old.id, "tên cột khác");
    }
    let flags = |field: &Field| (field.list, field.index, field.search);
    if flags(old) != flags(new) {
        let named =
            [("liệt kê", old.list, new.list), ("lọc", old.index, new.index), ("tìm", old.search, new.search)];
        let changed = named.iter().filter(|(_, before, after)| before != after);
        let words: Vec<String> = changed
            .map(|(word, _, after)| format!("{word} {}", if *after { "bật" } else { "tắt" }))
            .collect();
        changes.allow(ChangeKind::Offered, &old.id, words.join(", "));
    }
    if old.find != new.find {
        let word = |field: &Field| match field.find {
            None => "không",
            Some(Find::Exact) => "đúng cả giá trị",
            Some(Find::Name) => "theo họ tên",
        };
        let words = format!("tìm người: {}", became(&word(old), &word(new)));
        changes.allow(ChangeKind::Offered, &old.id, words);
    }
    deprecation(&old.id, old.deprecated, new.deprecated, changes);
}
