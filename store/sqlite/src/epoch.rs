//! Opening the seal of a restored instance: it is shown to be no older than the newest checkpoint that is
//! known, or it goes on under a new name, a new *epoch* of the ledger that names the old root.
//!
//! An epoch is a commit like any other: a record of register `epoch`. From it on, checkpoints bear the origin
//! `<origin>/epoch/<number>`, so that none of them can be taken for one of the branch that was lost.

use mc_access::Actor;
use mc_base::Hash32;
use mc_ledger::checkpoint::CheckpointError;
use mc_ledger::tree::root_of_nodes;
use mc_ledger::{Checkpoint, NoteVerifier, Value};
use mc_port::{CommitError, CommitRequest, EditRequest, LogKey, Receipt, record};
use mc_register::{Edit, Schema, system};
use rusqlite::Connection;

use crate::catalog::Catalog;
use crate::commit::Made;
use crate::ddl::table;
use crate::files::signer;
use crate::layout::Layout;
use crate::log::StoredNodes;
use crate::reader::Reader;
use crate::sealed::{self, Sealed};
use crate::writer::Writer;
use crate::{StoreError, meta, rows};

/// Between the first origin of a ledger and the number of its epoch.
const EPOCH: &str = "/epoch/";

/// Why a seal stays closed. `Display` is the sentence that the operator reads.
#[derive(Debug, thiserror::Error)]
pub enum UnsealError {
    /// There is none.
    #[error("Bản cài này không phải bản phục hồi còn niêm phong: không có gì để mở.")]
    NotSealed,
    /// The checkpoint was not signed by the instance, or cannot be read.
    #[error("Mốc niêm phong đưa vào không phải của bản cài này: {0}.")]
    Checkpoint(#[from] CheckpointError),
    /// Entries are lost.
    #[error(
        "Mốc niêm phong đưa vào ghi {known} lần ghi, bản sao lưu chỉ có {here}: {} lần ghi đã mất, không được ký \
         tiếp như cũ. Hãy phục hồi từ bản sao lưu mới hơn, hoặc mở kỷ nguyên mới: \
         `minhchung seal --new-epoch --newest MỐC --reason LÝ_DO`.",
        known - here
    )]
    Behind {
        /// Entries under the checkpoint.
        known: u64,
        /// Entries in the backup.
        here: u64,
    },
    /// Two histories.
    #[error(
        "Ở lần ghi {0}, mã gốc của mốc niêm phong khác với mã gốc của bản phục hồi: đây là hai nhánh khác nhau của \
         sổ cái. Hãy chạy `minhchung verify` và tìm bản sao lưu đúng trước khi làm gì tiếp."
    )]
    Branch(u64),
    /// The erasure journal knows entries after the backup.
    #[error(
        "Nhật ký xóa nêu lần ghi {known}, bản sao lưu chỉ có {here}: các lần ghi sau đó đã mất, nên chỉ đi tiếp được \
         bằng kỷ nguyên mới: `minhchung seal --new-epoch --reason LÝ_DO`."
    )]
    Erased {
        /// Position of the last erasure.
        known: u64,
        /// Entries in the backup.
        here: u64,
    },
    /// The old key is not here.
    #[error(
        "Khóa niêm phong ở đây không phải khóa đã ký bản sao lưu. Hãy chép khóa cũ vào keys/checkpoint.seed, hoặc mở \
         kỷ nguyên mới: `minhchung seal --new-epoch --reason LÝ_DO`."
    )]
    Key,
    /// A mark of the journal cannot be put on the copy.
    #[error(
        "Nhật ký xóa cho biết có trường của sổ “{register}” được đánh dấu dữ liệu cá nhân sau bản sao lưu, nhưng không đánh \
         dấu lại được: {error}. Hãy phục hồi từ bản sao lưu mới hơn; nếu không có, dùng --without-erasures rồi tự đánh dấu \
         bằng `minhchung pack apply` và xóa lại theo nhật ký trước khi cho ai đọc."
    )]
    Mark {
        /// Title of the register.
        register: String,
        /// Why.
        error: Box<UnsealError>,
    },
    /// The commit of the epoch was refused.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Writer {
    /// What is known of the backup, where this instance was restored and not unsealed.
    #[must_use]
    pub const fn sealed(&self) -> Option<&Sealed> {
        self.sealed.as_ref()
    }

    /// Opens the seal if `newest`, the newest checkpoint that the operator or a witness holds, is of this very
    /// ledger and no newer than the backup.
    ///
    /// # Errors
    /// Why the seal stays closed.
    pub fn unseal(&mut self, newest: &str) -> Result<(), UnsealError> {
        let sealed = self.sealed.clone().ok_or(UnsealError::NotSealed)?;
        let known = Checkpoint::verify(newest, &sealed::verifier(&self.db, &self.layout)?)?;
        if known.size > sealed.size {
            return Err(UnsealError::Behind { known: known.size, here: sealed.size });
        }
        if root_of_nodes(&StoredNodes(&self.db), known.size).map_err(StoreError::corrupt)? != known.root {
            return Err(UnsealError::Branch(known.size));
        }
        if sealed.journal_until > sealed.size {
            return Err(UnsealError::Erased { known: sealed.journal_until, here: sealed.size });
        }
        // The operator may have put the old key in its place since.
        self.signer = signer(&self.layout, &self.instance.origin)?;
        if self.signer.verifier().to_string() != sealed.vkey {
            return Err(UnsealError::Key);
        }
        Sealed::open(&self.db)?;
        self.sealed = None;
        Ok(())
    }

    /// Opens the seal by a commit that begins a new epoch: the same entries go on under a new name.
    /// `newest` is the newest checkpoint known of the branch that is lost.
    ///
    /// # Errors
    /// Why the seal stays closed.
    pub fn new_epoch(
        &mut self,
        newest: Option<&str>,
        actor: &Actor,
        reason: &str,
    ) -> Result<Receipt, UnsealError> {
        let sealed = self.sealed.clone().ok_or(UnsealError::NotSealed)?;
        let old = sealed::verifier(&self.db, &self.layout)?;
        let known = newest.map(|note| Checkpoint::verify(note, &old)).transpose()?;
        let schema = self.system(system::EPOCH)?;
        let number = last_number(&self.db, &schema)? + 1;
        let first = self.instance.origin.split(EPOCH).next().unwrap_or_default();
        let origin = format!("{first}{EPOCH}{number}");
        let signer = signer(&self.layout, &origin)?;
        let text = |text: &str| Value::Text(text.to_owned());
        let size = |size: u64| i64::try_from(size).map_or(Value::Null, Value::Int);
        let hash = |hash: Hash32| Value::Code(hash.to_string());
        let record = record(
            &schema,
            [
                ("epoch_no", Value::Int(number)),
                ("old_size", size(self.log.size())),
                ("old_root", hash(self.log.root())),
                ("old_key", text(&old.to_string())),
                ("new_key", text(&signer.verifier().to_string())),
                ("known_size", known.as_ref().map_or(Value::Null, |known| size(known.size))),
                ("known_root", known.as_ref().map_or(Value::Null, |known| hash(known.root))),
                ("reason", if reason.trim().is_empty() { Value::Null } else { text(reason) }),
            ],
        );
        let request = CommitRequest {
            actor: actor.clone(),
            source: "mở kỷ nguyên mới sau khi phục hồi".to_owned(),
            reason: reason.to_owned(),
            idempotency_key: String::new(),
            edits: vec![EditRequest { register: system::EPOCH.to_owned(), edit: Edit::Insert { record } }],
        };
        let old = (self.instance.origin.clone(), std::mem::replace(&mut self.signer, signer));
        self.instance.origin = origin;
        self.sealed = None;
        self.new_epoch = true;
        let made = self.commit(&request);
        self.new_epoch = false;
        if made.is_err() {
            (self.instance.origin, self.signer) = old;
            self.sealed = Some(sealed);
        }
        Ok(made?)
    }

    pub(crate) fn system(&self, register: &str) -> Result<std::sync::Arc<Schema>, StoreError> {
        self.schema(register).ok_or_else(|| StoreError::Missing(format!("thiếu sổ hệ thống {register}")))
    }

    /// Only [`Writer::new_epoch`] writes the register: nobody else may say under which name the ledger goes on.
    pub(crate) fn epoch_refused(&self, request: &CommitRequest) -> Option<CommitError> {
        let touched = request.edits.iter().any(|edit| edit.register == system::EPOCH);
        (touched && !self.new_epoch).then(|| {
            CommitError::Rows(vec![mc_port::RowRefusal {
                register: system::EPOCH.to_owned(),
                key: String::new(),
                field: None,
                message: "Sổ này chỉ ghi bằng lệnh `minhchung seal --new-epoch` trên một bản phục hồi."
                    .to_owned(),
            }])
        })
    }

    /// Brings the name and the seal up to the commit just made, in its transaction, if it begins an epoch.
    pub(crate) fn epoch_made(&self, made: &Made) -> Result<(), StoreError> {
        if !made.touched.contains_key(system::EPOCH) {
            return Ok(());
        }
        meta::set(&self.db, meta::ORIGIN, &self.instance.origin)?;
        Sealed::open(&self.db)
    }
}

fn last_number(db: &Connection, schema: &Schema) -> Result<i64, StoreError> {
    let Some(field) = schema.field("epoch_no") else { return Ok(1) };
    let sql =
        format!("SELECT COALESCE(MAX({}), 1) FROM {}", crate::ddl::column(field.no), table(system::EPOCH));
    Ok(db.query_row(&sql, [], |row| row.get(0))?)
}

/// The public keys of all epochs: which of them signed a checkpoint follows from its size.
pub(crate) struct Keys {
    /// Largest size that a key signed, and the key, ascending.
    old: Vec<(u64, NoteVerifier)>,
    now: NoteVerifier,
}

impl Keys {
    pub(crate) fn of(db: &Connection, catalog: &Catalog, layout: &Layout) -> Result<Self, StoreError> {
        let now = sealed::verifier(db, layout)?;
        let Some(info) = catalog.register(system::EPOCH) else { return Ok(Self { old: Vec::new(), now }) };
        let sql = format!("SELECT {} FROM {} ORDER BY vid", info.columns, table(system::EPOCH));
        let mut old = Vec::new();
        for stored in rows::collect(db.prepare_cached(&sql)?.query([])?, info, catalog)? {
            let value = |id: &str| stored.record.get_id(&info.schema, id);
            let (Some(Value::Int(size)), Some(Value::Text(key))) = (value("old_size"), value("old_key"))
            else {
                return Err(StoreError::Corrupt(format!("kỷ nguyên {} thiếu khóa cũ", stored.key)));
            };
            let size = u64::try_from(*size).map_err(StoreError::corrupt)?;
            old.push((size, NoteVerifier::parse(key).map_err(StoreError::corrupt)?));
        }
        Ok(Self { old, now })
    }

    /// The key of a checkpoint over `size` entries.
    pub(crate) fn at(&self, size: u64) -> &NoteVerifier {
        self.old.iter().find(|(last, _)| size <= *last).map_or(&self.now, |(_, key)| key)
    }

    /// The key that publishes now.
    pub(crate) const fn now(&self) -> &NoteVerifier {
        &self.now
    }

    fn all(&self) -> Vec<LogKey> {
        let old = self.old.iter().map(|(last, key)| (key, Some(*last)));
        let all = old.chain([(&self.now, None)]);
        (1..).zip(all).map(|(epoch, (key, until))| LogKey { epoch, vkey: key.to_string(), until }).collect()
    }
}

impl Reader {
    /// The public keys of all epochs, the one that signs now last.
    ///
    /// # Errors
    /// When a key cannot be read.
    pub fn log_keys(&self) -> Result<Vec<LogKey>, StoreError> {
        Ok(Keys::of(self.db()?, &self.catalog, self.layout())?.all())
    }
}
