//! The workflow: its states are the codes of its field, its transitions lead somewhere, every state is
//! reached.

use std::collections::BTreeSet;

use crate::check::{Findings, words};
use crate::error::Part;
use crate::limits::MOVES_MAX;
use crate::schema::{FieldType, Schema, Transition, Workflow};

pub(super) fn check(schema: &Schema, findings: &mut Findings) {
    let Some(workflow) = &schema.workflow else { return };
    if workflow.states.len() > MOVES_MAX || workflow.transitions.len() > MOVES_MAX {
        findings.add(
            Part::Workflow,
            format!("{} trạng thái, {} bước chuyển", workflow.states.len(), workflow.transitions.len()),
            format!("tối đa {MOVES_MAX} mỗi loại"),
        );
        return;
    }
    states(schema, workflow, findings);
    let mut ids = BTreeSet::new();
    for transition in &workflow.transitions {
        if !ids.insert(transition.id.as_str()) {
            let part = Part::Transition(transition.id.clone());
            findings.add(part, "mã bước chuyển khai báo hai lần", "mỗi mã một lần");
        }
        self::transition(schema, workflow, transition, findings);
    }
    paths(workflow, findings);
}

fn states(schema: &Schema, workflow: &Workflow, findings: &mut Findings) {
    let field = schema.field(&workflow.field);
    let Some(field) = field.filter(|field| field.kind == FieldType::Code && !field.codes.is_empty()) else {
        let found = format!("trường trạng thái “{}”", workflow.field);
        findings.add(Part::Workflow, found, "một trường mã có danh mục (codes)");
        return;
    };
    if field.personal {
        findings.add(Part::Workflow, "trạng thái là dữ liệu cá nhân", "trường không phải dữ liệu cá nhân");
    }
    let codes: BTreeSet<&str> = field.codes.iter().map(|code| code.id.as_str()).collect();
    let mut states = BTreeSet::new();
    for state in &workflow.states {
        if !states.insert(state.id.as_str()) {
            findings.add(
                Part::Workflow,
                format!("trạng thái “{}” hai lần", state.id),
                "mỗi trạng thái một lần",
            );
        }
        if !codes.contains(state.id.as_str()) {
            let found = format!("trạng thái “{}” không có trong danh mục", state.id);
            findings.add(Part::Workflow, found, format!("một mã của trường “{}”", field.id));
        }
    }
    for code in codes.difference(&states) {
        let found = format!("mã “{code}” của trường “{}” không phải trạng thái", field.id);
        findings.add(Part::Workflow, found, "mọi mã là một trạng thái của quy trình");
    }
    if !workflow.states.iter().any(|state| state.initial) {
        findings.add(Part::Workflow, "không có trạng thái đầu", "ít nhất một trạng thái initial = true");
    }
}

fn transition(schema: &Schema, workflow: &Workflow, transition: &Transition, findings: &mut Findings) {
    let part = Part::Transition(transition.id.clone());
    words::id(findings, part.clone(), "mã bước chuyển", &transition.id);
    words::title(findings, &part, "tên", &transition.title);
    if transition.from.is_empty() {
        findings.add(part.clone(), "không có trạng thái đi", "ít nhất một trạng thái trong from");
    }
    for id in transition.from.iter().chain([&transition.to]) {
        if !workflow.states.iter().any(|state| state.id == *id) {
            findings.add(
                part.clone(),
                format!("trạng thái “{id}” chưa khai báo"),
                "trạng thái của quy trình",
            );
        }
    }
    for id in &transition.from {
        if *id == transition.to {
            findings.add(
                part.clone(),
                format!("đi từ “{id}” về chính nó"),
                "trạng thái đến khác trạng thái đi",
            );
        }
        if workflow.states.iter().any(|state| state.id == *id && state.last) {
            findings.add(part.clone(), format!("rời trạng thái cuối “{id}”"), "không gì rời trạng thái cuối");
        }
    }
    for role in &transition.roles {
        words::id(findings, part.clone(), "vai trò", role);
    }
    for id in transition.needs.iter().filter(|id| schema.field(id).is_none()) {
        findings.add(part.clone(), format!("needs nêu trường “{id}” chưa khai báo"), "trường có trong sổ");
    }
    if let Some(guard) = &transition.guard {
        words::expression(findings, &part, "điều kiện", guard);
    }
}

/// Every state is reached from an initial one, and only last states have no way out.
fn paths(workflow: &Workflow, findings: &mut Findings) {
    let mut reached: BTreeSet<&str> =
        workflow.states.iter().filter(|state| state.initial).map(|state| state.id.as_str()).collect();
    // At most one new state a round, so the number of states bounds the rounds.
    for _ in 0..workflow.states.len() {
        let next = workflow.transitions.iter().filter(|step| {
            step.from.iter().any(|from| reached.contains(from.as_str()))
                && !reached.contains(step.to.as_str())
        });
        let found: Vec<&str> = next.map(|step| step.to.as_str()).collect();
        if found.is_empty() {
            break;
        }
        reached.extend(found);
    }
    for state in &workflow.states {
        if !reached.contains(state.id.as_str()) {
            let found = format!("không có đường từ trạng thái đầu tới “{}”", state.id);
            findings.add(Part::Workflow, found, "mọi trạng thái đều tới được");
        }
        let leaves = workflow.transitions.iter().any(|step| step.from.contains(&state.id));
        if !state.last && !leaves {
            let found = format!("trạng thái “{}” không có bước chuyển ra", state.id);
            findings.add(Part::Workflow, found, "một bước chuyển ra, hoặc last = true");
        }
    }
}
