//! Which moves between states are permitted. Guards are expressions; `mc-figure` evaluates them.

use mc_ledger::Value;

use crate::record::Record;
use crate::schema::{Field, Schema, Transition, Workflow};

/// Why a move is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WorkflowError {
    /// The register has no workflow.
    #[error("Sổ “{register}” không có quy trình; trạng thái được ghi như một trường thường.")]
    NoWorkflow {
        /// Register id.
        register: String,
    },
    /// There is no such transition.
    #[error("Sổ “{register}” không có bước chuyển “{transition}”; các bước hiện có: {known}.")]
    NoTransition {
        /// Register id.
        register: String,
        /// Id asked for.
        transition: String,
        /// Titles of the transitions there are.
        known: String,
    },
    /// The transition does not leave the present state.
    #[error("Không thể “{title}” khi đang ở trạng thái “{from}”; bước này chỉ đi từ: {expected}.")]
    WrongState {
        /// Title of the transition.
        title: String,
        /// Title of the present state.
        from: String,
        /// Titles of the states it leaves.
        expected: String,
    },
    /// None of the actor's roles may do it.
    #[error("Bước “{title}” cần một trong các vai trò: {expected}; người thực hiện có: {found}.")]
    WrongRole {
        /// Title of the transition.
        title: String,
        /// Roles that may.
        expected: String,
        /// Roles of the actor.
        found: String,
    },
    /// A field that the transition needs is not filled.
    #[error("Bước “{title}” cần điền: {missing}.")]
    Needs {
        /// Title of the transition.
        title: String,
        /// Titles of the fields that are empty.
        missing: String,
    },
    /// A record may not begin in this state.
    #[error("Bản ghi mới không thể bắt đầu ở trạng thái “{found}”; cần một trong: {expected}.")]
    NotInitial {
        /// Title of the state.
        found: String,
        /// Titles of the states a record may begin in.
        expected: String,
    },
    /// No transition joins the two states.
    #[error("Không có bước chuyển từ “{from}” sang “{to}”; từ đó chỉ có: {expected}.")]
    NoPath {
        /// Title of the present state.
        from: String,
        /// Title of the state wanted.
        to: String,
        /// Titles of the states that can be entered.
        expected: String,
    },
}

/// The transition `transition`, when a record in state `from` may take it and one of `roles` may do it.
///
/// # Errors
/// Why not.
pub fn permitted<'a>(
    schema: &'a Schema,
    from: &str,
    transition: &str,
    roles: &[&str],
) -> Result<&'a Transition, WorkflowError> {
    let workflow = workflow(schema)?;
    let step = workflow.transitions.iter().find(|step| step.id == transition).ok_or_else(|| {
        WorkflowError::NoTransition {
            register: schema.id.clone(),
            transition: crate::quote::shorten(transition),
            known: quoted(workflow.transitions.iter().map(|step| step.title.vi.as_str())),
        }
    })?;
    if !step.from.iter().any(|state| state == from) {
        return Err(WorkflowError::WrongState {
            title: step.title.vi.clone(),
            from: state_title(schema, from),
            expected: quoted(step.from.iter().map(|state| state_title(schema, state))),
        });
    }
    if !may(step, roles) {
        return Err(WorkflowError::WrongRole {
            title: step.title.vi.clone(),
            expected: step.roles.join(", "),
            found: if roles.is_empty() { "không vai trò nào".to_owned() } else { roles.join(", ") },
        });
    }
    Ok(step)
}

/// The moves an actor with `roles` may make from state `from`, in declared order: the buttons of a record
/// page.
#[must_use]
pub fn moves<'a>(schema: &'a Schema, from: &str, roles: &[&str]) -> Vec<&'a Transition> {
    let steps = schema.workflow.iter().flat_map(|workflow| &workflow.transitions);
    steps.filter(|step| step.from.iter().any(|state| state == from) && may(step, roles)).collect()
}

/// The transition that an edit of the state field amounts to: how imports and forms without buttons are held
/// to the workflow. `Ok(None)` when the state stays or the register has no workflow.
///
/// # Errors
/// No transition joins the states, a new record begins in the wrong state, or the roles do not allow it.
pub fn transition_of<'a>(
    schema: &'a Schema,
    before: Option<&Record>,
    after: &Record,
    roles: &[&str],
) -> Result<Option<&'a Transition>, WorkflowError> {
    let Some(workflow) = &schema.workflow else { return Ok(None) };
    let to = state(schema, workflow, after);
    let Some(before) = before else {
        begins(schema, workflow, to)?;
        return Ok(None);
    };
    let from = state(schema, workflow, before);
    if from == to {
        return Ok(None);
    }
    let steps = || workflow.transitions.iter().filter(|step| step.from.iter().any(|state| state == from));
    let joining = || steps().filter(|step| step.to == to);
    // Two buttons may join the same states for different roles.
    if let Some(step) = joining().find(|step| may(step, roles)).or_else(|| joining().next()) {
        return permitted(schema, from, &step.id, roles).map(Some);
    }
    Err(WorkflowError::NoPath {
        from: state_title(schema, from),
        to: state_title(schema, to),
        expected: quoted(steps().map(|step| state_title(schema, &step.to))),
    })
}

/// Checks that the fields a transition needs are filled after the move.
///
/// # Errors
/// The titles of those that are not.
pub fn needs(schema: &Schema, step: &Transition, after: &Record) -> Result<(), WorkflowError> {
    let fields = step.needs.iter().filter_map(|id| schema.field(id));
    let empty: Vec<&Field> = fields.filter(|field| is_empty(after.get(field.no))).collect();
    if empty.is_empty() {
        return Ok(());
    }
    Err(WorkflowError::Needs {
        title: step.title.vi.clone(),
        missing: quoted(empty.iter().map(|field| field.title.vi.as_str())),
    })
}

fn workflow(schema: &Schema) -> Result<&Workflow, WorkflowError> {
    schema.workflow.as_ref().ok_or_else(|| WorkflowError::NoWorkflow { register: schema.id.clone() })
}

fn may(step: &Transition, roles: &[&str]) -> bool {
    step.roles.is_empty() || step.roles.iter().any(|role| roles.contains(&role.as_str()))
}

fn begins(schema: &Schema, workflow: &Workflow, state: &str) -> Result<(), WorkflowError> {
    let initial = || workflow.states.iter().filter(|state| state.initial);
    if initial().any(|known| known.id == state) {
        return Ok(());
    }
    Err(WorkflowError::NotInitial {
        found: state_title(schema, state),
        expected: quoted(initial().map(|state| state_title(schema, &state.id))),
    })
}

/// The state of a record, the empty text where it has none.
fn state<'a>(schema: &Schema, workflow: &Workflow, record: &'a Record) -> &'a str {
    match record.get_id(schema, &workflow.field) {
        Some(Value::Code(state)) => state,
        _ => "",
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) | Value::Code(text) => text.is_empty(),
        Value::CodeSet(codes) => codes.is_empty(),
        _ => false,
    }
}

fn state_title(schema: &Schema, id: &str) -> String {
    let field = schema.workflow.as_ref().and_then(|workflow| schema.field(&workflow.field));
    match field.and_then(|field| field.code(id)) {
        Some(code) => code.title.vi.clone(),
        None if id.is_empty() => "chưa có".to_owned(),
        None => crate::quote::shorten(id),
    }
}

fn quoted<T: AsRef<str>>(titles: impl Iterator<Item = T>) -> String {
    let list: Vec<String> = titles.map(|title| format!("“{}”", title.as_ref())).collect();
    if list.is_empty() { "không có".to_owned() } else { list.join(", ") }
}
