//! What every store offers, in plain data: commits, records, places, figures, verification.

pub mod account;
pub mod agency;
pub mod column_map;
pub mod commit;
mod cursor;
pub mod declare;
pub mod disclosure;
pub mod evidence;
pub mod figure;
pub mod import;
pub mod instance;
pub mod job;
pub mod personal;
pub mod place;
pub mod record;
pub mod saved;
pub mod snapshot;
mod trees;
pub mod verify;

pub use account::{AccountTable, Credential, DEVICES_MAX, SESSIONS_MAX, SecondFactor};
pub use agency::{Agency, AgencyParent, AgencySuccession, AgencyTree, Branch, Seat, View};
pub use column_map::ColumnMaps;
pub use commit::{CommitError, CommitRequest, EDITS_MAX, EditRequest, Receipt, RowRefusal};
pub use cursor::Turn;
pub use declare::{declare_indicator, declare_schema, record};
pub use disclosure::{CELL_MIN, Disclosing, Disclosure};
pub use evidence::{EVIDENCE_BYTES_MAX, Evidence, EvidenceFile, EvidenceState, SourceFile};
pub use figure::{
    AgencyCut, AgencyRow, BY_AGENCY, By, FigureError, FigureRequest, Part, PlaceBasis, TOTALS_MAX,
    TotalsAsked, TotalsPage, agency_cut, agency_cut_of,
};
pub use import::{
    IMPORT_ROWS_MAX, ImportCounts, ImportRequest, ImportRow, Importer, Prepared, REJECTED_MAX, RejectedRow,
};
pub use instance::{Instance, LogKey, Position};
pub use job::{ApplyingImport, JOBS_MAX, JobTable, StoredJob};
pub use personal::{Access, AccessLine, FOUND_MAX, FoundPersonal, PersonalSearch, PersonalTerm};
pub use place::{Place, PlaceCode, PlaceTree, Succession};
pub use record::{Commit, Filter, Flag, Hit, ListRequest, PAGE_MAX, RecordPage, Version};
pub use saved::{
    OPENING_CHARS, SAVED_BYTES_MAX, SAVED_CHECKS_MAX, SaveError, SavedCheck, SavedChecks, SavedPage,
};
pub use snapshot::{
    Declarations, EntryProof, Figures, Proofs, Published, Records, SNAPSHOT_MAX, Side, Sink, Snapshot,
    Source, Standing, StoreFailure,
};
pub use trees::Trees;
pub use verify::{FINDINGS_MAX, Finding, FindingKind, Report};
