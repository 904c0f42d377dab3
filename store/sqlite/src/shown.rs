//! What a reader is shown of a register that is being imported: its state before the import.
//!
//! Every other register is shown at the head. A figure over several registers is shown at the least of their
//! positions.

use std::borrow::Cow;

use mc_base::Seq;
use mc_figure::totals::TOTALS;
use mc_port::{FigureError, FigureRequest};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::reader::Reader;
use crate::rows::{self, StoredVersion};

impl Reader {
    /// The latest position at which a register is shown.
    pub(crate) fn latest_of(&self, info: &RegisterInfo) -> Seq {
        match self.importing().filter(|job| job.register == info.no) {
            Some(job) => Seq(job.seq - 1),
            None => self.head().seq,
        }
    }

    /// The position at which to read a register; `None`: the head.
    pub(crate) fn position(
        &self,
        info: &RegisterInfo,
        asked: Option<Seq>,
    ) -> Result<Option<Seq>, StoreError> {
        let latest = self.latest_of(info);
        let hidden = latest < self.head().seq;
        match asked {
            Some(asked) if hidden && asked > latest => {
                Err(StoreError::Missing(FigureError::Importing { asked, latest }.to_string()))
            }
            None if hidden => Ok(Some(latest)),
            asked => Ok(asked),
        }
    }

    /// The request with the position at which all the registers it reads are shown.
    pub(crate) fn pinned<'r>(
        &self,
        request: &'r FigureRequest,
    ) -> Result<Cow<'r, FigureRequest>, FigureError> {
        if self.importing().is_none() {
            return Ok(Cow::Borrowed(request));
        }
        let at = request.at.unwrap_or(self.head().seq);
        let Some(info) = self.catalog.indicator(&request.indicator, request.version, at) else {
            return Ok(Cow::Borrowed(request));
        };
        let definition = &info.definition;
        let registers = [Some(&definition.num), definition.den.as_ref()];
        let latest = registers
            .into_iter()
            .flatten()
            .map(|measure| measure.register.as_str())
            .chain([TOTALS])
            .filter_map(|register| self.catalog.register(register))
            .map(|info| self.latest_of(info))
            .min()
            .unwrap_or(self.head().seq);
        match request.at {
            Some(asked) if asked > latest && latest < self.head().seq => {
                Err(FigureError::Importing { asked, latest })
            }
            None if latest < self.head().seq => {
                Ok(Cow::Owned(FigureRequest { at: Some(latest), ..request.clone() }))
            }
            _ => Ok(Cow::Borrowed(request)),
        }
    }

    /// Versions as they stand where the register is shown.
    pub(crate) fn as_shown(&self, info: &RegisterInfo, versions: Vec<StoredVersion>) -> Vec<StoredVersion> {
        let latest = self.latest_of(info);
        let mut shown: Vec<StoredVersion> =
            versions.into_iter().filter(|version| version.seq_from <= latest).collect();
        for version in &mut shown {
            version.seq_to = version.seq_to.filter(|to| *to <= latest);
        }
        shown
    }

    /// The open versions of the thing that `key` belongs to, by key.
    pub(crate) fn current_of_thing(
        &self,
        info: &RegisterInfo,
        key: &str,
    ) -> Result<Vec<StoredVersion>, StoreError> {
        let found = rows::thing_versions(self.db()?, info, &self.catalog, key)?;
        let mut shown = self.as_shown(info, found);
        shown.retain(|version| version.seq_to.is_none());
        Ok(shown)
    }
}
