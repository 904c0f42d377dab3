//! Differences of the register as a whole: identity, key, spells, rules, workflow.

use crate::evolution::words::{became, became_opt, retitling};
use crate::evolution::{ChangeKind, Changes};
use crate::schema::{Rule, Schema, Severity};

pub(super) fn compare(old: &Schema, new: &Schema, changes: &mut Changes<'_>) {
    identity(old, new, changes);
    counting(old, new, changes);
    words(old, new, changes);
    rules(old, new, changes);
    if old.owner != new.owner {
        changes.allow(ChangeKind::OwnerChanged, "", became_opt(old.owner.as_ref(), new.owner.as_ref()));
    }
    if old.workflow != new.workflow {
        changes.allow(ChangeKind::WorkflowChanged, "", "");
    }
}

fn identity(old: &Schema, new: &Schema, changes: &mut Changes<'_>) {
    if old.id != new.id {
        changes.refuse("mã sổ", became(&old.id, &new.id), "Mã sổ là vĩnh viễn; sổ khác thì khai báo sổ mới.");
    }
    if old.slug != new.slug {
        let reason = "Slug nằm trong đường dẫn đã ghim và đã gửi đi; không đổi được.";
        changes.refuse("slug", became(&old.slug, &new.slug), reason);
    }
    if old.key != new.key {
        let reason = "Khóa nêu tên các bản ghi đã có trong sổ niêm phong; cần khóa khác thì khai báo sổ mới.";
        changes.refuse("khóa", became(&old.key.join(", "), &new.key.join(", ")), reason);
    }
    if old.spells != new.spells {
        let reason = "Trường theo giai đoạn quyết định khóa và cách đếm của bản ghi đã có; không đổi được.";
        let found = became(&old.spells.join(", "), &new.spells.join(", "));
        changes.refuse("danh sách trường theo giai đoạn", found, reason);
    }
}

fn counting(old: &Schema, new: &Schema, changes: &mut Changes<'_>) {
    if old.place != new.place {
        let reason = "Số liệu đã công bố được cộng theo trường địa bàn này; không đổi được.";
        changes.refuse("trường địa bàn", became_opt(old.place.as_ref(), new.place.as_ref()), reason);
    }
    if old.unknown_from != new.unknown_from {
        let reason = "Bản ghi thiếu ngày đầu đã được tính theo cách cũ; không đổi được.";
        changes.refuse("unknown_from", became(&old.unknown_from, &new.unknown_from), reason);
    }
}

fn words(old: &Schema, new: &Schema, changes: &mut Changes<'_>) {
    let mut retitled = |part: &str, detail: String| changes.allow(ChangeKind::Retitled, part, detail);
    if old.title != new.title {
        retitled("tên sổ", retitling(&old.title, &new.title));
    }
    if old.description != new.description {
        retitled("mô tả", String::new());
    }
    if old.unit != new.unit {
        retitled("đơn vị đếm", retitling(&old.unit, &new.unit));
    }
    if old.programme != new.programme {
        retitled("chương trình", became(&old.programme, &new.programme));
    }
}

fn rules(old: &Schema, new: &Schema, changes: &mut Changes<'_>) {
    for rule in &new.rule {
        match old.rule.iter().find(|before| before.id == rule.id) {
            Some(before) => self::rule(before, rule, changes),
            None => changes.allow(ChangeKind::RuleAdded, &rule.id, rule.expr.clone()),
        }
    }
    for rule in &old.rule {
        if !new.rule.iter().any(|after| after.id == rule.id) {
            changes.allow(ChangeKind::Loosened, &rule.id, "bỏ quy tắc");
        }
    }
    let kept = |rules: &[Rule], others: &[Rule]| -> Vec<String> {
        let both = |rule: &&Rule| others.iter().any(|other| other.id == rule.id);
        rules.iter().filter(both).map(|rule| rule.id.clone()).collect()
    };
    if kept(&old.rule, &new.rule) != kept(&new.rule, &old.rule) {
        changes.allow(ChangeKind::Retitled, "thứ tự quy tắc", "");
    }
}

fn rule(old: &Rule, new: &Rule, changes: &mut Changes<'_>) {
    if old.expr != new.expr {
        changes.allow(ChangeKind::RuleChanged, &old.id, became(&old.expr, &new.expr));
    }
    if old.message != new.message {
        changes.allow(ChangeKind::Retitled, &old.id, became(&old.message.vi, &new.message.vi));
    }
    if old.severity != new.severity {
        let tighter = strength(new.severity) > strength(old.severity);
        let kind = if tighter { ChangeKind::Tightened } else { ChangeKind::Loosened };
        changes.allow(kind, &old.id, became(&severity(old.severity), &severity(new.severity)));
    }
}

const fn strength(severity: Severity) -> u8 {
    match severity {
        Severity::Warn => 0,
        Severity::Explain => 1,
        Severity::Refuse => 2,
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Warn => "nhắc",
        Severity::Explain => "cần giải trình",
        Severity::Refuse => "từ chối",
    }
}
