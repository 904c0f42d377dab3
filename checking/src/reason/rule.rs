//! Another rule of counting: a part instead of the whole, an indicator beside it, an earlier definition.

use std::sync::Arc;

use mc_figure::Definition;
use mc_port::{By, Disclosing, Disclosure, FigureError, FigureRequest, StoreFailure};

use super::Subject;
use crate::candidate::factor;
use crate::read::refused;
use crate::sayings::Saying;

/// A part of the same indicator, the whole of it, or another indicator of its programme.
pub(super) fn other(
    subject: &Subject<'_>,
    known: &[(Arc<Definition>, Vec<Saying>)],
) -> Result<Option<String>, StoreFailure> {
    let (request, definition) = (subject.request(), &subject.read.definition);
    if subject.read.part.is_some() {
        let whole = subject.shelf.figure(definition, None, &request)?;
        if whole.is_ok_and(|figure| subject.is_stated(definition, &figure)) {
            return Ok(Some(format!("khác cách đếm: khớp với toàn bộ “{}”", definition.title.vi)));
        }
    } else if let Some(said) = part(subject, &request)? {
        return Ok(Some(said));
    }
    let beside = known.iter().map(|(definition, _)| definition).filter(|other| {
        other.id != definition.id
            && other.programme == definition.programme
            && factor(subject.claim, &other.unit.vi).is_some()
    });
    for other in beside.take_while(|_| !subject.is_late()) {
        let request = FigureRequest { indicator: other.id.clone(), ..request.clone() };
        let figure = subject.shelf.figure(other, None, &request)?;
        if figure.is_ok_and(|figure| subject.is_stated(other, &figure)) {
            return Ok(Some(format!("khác cách đếm: khớp với chỉ tiêu “{}” ({})", other.title.vi, other.id)));
        }
    }
    Ok(None)
}

/// A part of a declared cut that the reader may be told.
fn part(subject: &Subject<'_>, request: &FigureRequest) -> Result<Option<String>, StoreFailure> {
    let definition = subject.read.definition.as_ref();
    let (snapshot, viewer) = (subject.shelf.registers.snapshot, subject.shelf.registers.viewer);
    let told = Disclosing { snapshot, viewer, definition };
    for cut in definition.num.cuts.iter().take_while(|_| !subject.is_late()) {
        let by = By::Cut(cut.join("+"));
        let read = || -> Result<_, FigureError> {
            let whole = told.whole(request)?;
            let parts = snapshot.figure_by(request, &by)?;
            let all = told.parts(request.place, whole, &parts);
            Ok(parts.into_iter().zip(all))
        };
        let parts = match read() {
            Ok(parts) => parts,
            Err(error) => {
                refused(error)?;
                continue;
            }
        };
        let mut open = parts.filter(|(_, told)| *told == Disclosure::Open).map(|(part, _)| part);
        if let Some(part) = open.find(|part| subject.is_stated(definition, &part.figure)) {
            return Ok(Some(format!("khác cách đếm: khớp với riêng phần “{}”", part.title)));
        }
    }
    Ok(None)
}

/// An earlier version of the definition, as a recount.
pub(super) fn other_version(subject: &Subject<'_>) -> Result<Option<String>, StoreFailure> {
    let current = subject.read.reading.ours.version;
    for version in (1..current).rev() {
        if subject.holds(&FigureRequest { version: Some(version), ..subject.request() })? {
            return Ok(Some(format!("khác định nghĩa: khớp với phiên bản {version} của cách tính")));
        }
    }
    Ok(None)
}
