//! Taking a backup out into a new directory, and sealing what comes out.

use std::collections::HashSet;
use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use mc_base::{Hash32, Instant};
use mc_ledger::{Checkpoint, InstanceId, NoteSigner, NoteVerifier};

use super::archive::Archive;
use super::manifest::{CHECKPOINT, Part};
use super::{BackupError, BackupStage, Manifest, Tenths, space};
use crate::files::{private_dir, private_file};
use crate::layout::Layout;
use crate::log::Log;
use crate::sealed::Sealed;
use crate::world::World;
use crate::{StoreError, accounts, meta, open};

/// A restored directory beside its final place. It goes when this is dropped before [`Restoring::publish`].
#[derive(Debug)]
pub struct Restoring {
    layout: Layout,
    target: PathBuf,
    published: bool,
    /// What the backup holds.
    pub manifest: Manifest,
}

/// Takes the backup `from` out beside `target` and seals it. `seed` is the text of the saved key; without it
/// the instance gets a new one, under which only a new epoch can begin.
///
/// # Errors
/// Why it cannot be used; then nothing is left behind.
pub fn restore(
    from: &Path,
    seed: Option<&str>,
    target: &Path,
    world: &mut dyn World,
    listener: &mut dyn FnMut(BackupStage, u64),
) -> Result<Restoring, BackupError> {
    // Without a slash at the end, so that what stands beside it does.
    let target: &Path = &target.components().collect::<PathBuf>();
    vacant(target)?;
    let mut archive = Archive::open(from)?;
    let manifest = archive.manifest.clone();
    let vkey = NoteVerifier::parse(&manifest.vkey)
        .map_err(|error| BackupError::archive(format!("bản kê ghi khóa công khai sai ({error})")))?;
    let seed = key(&manifest, seed, world)?;
    let restoring = Restoring::begin(target, manifest)?;
    let dir = restoring.layout.dir();
    space::check(dir, restoring.manifest.bytes())?;
    let mut folders = HashSet::new();
    let mut tenths = Tenths::new(BackupStage::Extract, listener);
    archive.extract(&mut tenths, |part| place(dir, part, &mut folders))?;
    private_dir(&restoring.layout.keys())?;
    private_file(&restoring.layout.signing_key(), seed.to_string().as_bytes())?;
    restoring.agrees(&vkey)?;
    restoring.seal(world.now())?;
    Ok(restoring)
}

/// The target is absent or empty, and can be written beside.
fn vacant(target: &Path) -> Result<(), BackupError> {
    match fs::read_dir(target).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(BackupError::NotEmpty(target.display().to_string())),
        Ok(false) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(BackupError::file("đọc được thư mục", target)(error)),
    }
}

/// The signing seed: the one that was saved, if it signs as the backup was signed, or a new one.
fn key(manifest: &Manifest, seed: Option<&str>, world: &mut dyn World) -> Result<Hash32, BackupError> {
    let Some(text) = seed else {
        let mut seed = [0; 32];
        world.fill(&mut seed);
        return Ok(Hash32(seed));
    };
    let seed = Hash32::from_hex(text.trim())
        .ok_or_else(|| BackupError::Key("nội dung không phải 64 chữ số thập lục phân".to_owned()))?;
    let signer = NoteSigner::from_seed(&manifest.origin, &seed.0)
        .map_err(|error| BackupError::Key(error.to_string()))?;
    let found = signer.verifier().to_string();
    if found == manifest.vkey {
        return Ok(seed);
    }
    Err(BackupError::Key(format!("là khóa {found}, bản sao lưu được ký bằng khóa {}", manifest.vkey)))
}

/// A new file for a part, in a folder that only its owner may enter.
fn place(dir: &Path, part: &Part, folders: &mut HashSet<PathBuf>) -> Result<File, BackupError> {
    let path = dir.join(&part.name);
    if let Some(folder) = path.parent()
        && folders.insert(folder.to_path_buf())
    {
        private_dir(folder)?;
    }
    let mut options = File::options();
    options.create_new(true).write(true).mode(0o600).open(&path).map_err(BackupError::file("ghi được", &path))
}

impl Restoring {
    fn begin(target: &Path, manifest: Manifest) -> Result<Self, BackupError> {
        let mut name = target.as_os_str().to_owned();
        name.push(".restoring");
        let dir = PathBuf::from(name);
        if dir.exists() {
            return Err(BackupError::Remains(dir.display().to_string()));
        }
        private_dir(&dir)?;
        Ok(Self { layout: Layout::new(dir), target: target.to_path_buf(), published: false, manifest })
    }

    /// Where the instance lies until it is published.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What the manifest says must be what the database and its checkpoint say.
    fn agrees(&self, vkey: &NoteVerifier) -> Result<(), BackupError> {
        let db = open::writer(&self.layout.database())?;
        let instance = meta::instance(&db)?;
        let id = InstanceId::from_hex(&instance.id).unwrap_or(InstanceId([0; 16]));
        let log = Log::open(&db, id, instance.illustrative)?;
        let manifest = &self.manifest;
        let found = (instance.id.as_str(), instance.origin.as_str(), log.size(), log.root().to_string());
        let stated =
            (manifest.instance.as_str(), manifest.origin.as_str(), manifest.size, manifest.root.clone());
        if found != stated || vkey.name() != instance.origin {
            return Err(BackupError::archive(
                "bản cài, số lần ghi hoặc mã gốc trong dữ liệu khác với bản kê",
            ));
        }
        let note = match fs::read_to_string(self.layout.checkpoint()) {
            Ok(note) => note,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(BackupError::file("đọc được", Path::new(CHECKPOINT))(error)),
        };
        Checkpoint::verify(&note, vkey)
            .map_err(|error| BackupError::archive(format!("chữ ký không khớp khóa của bản kê: {error}")))?;
        Ok(())
    }

    fn seal(&self, now: Instant) -> Result<(), BackupError> {
        let db = open::writer(&self.layout.database())?;
        accounts::end_all(&db).map_err(StoreError::from)?;
        let sealed = Sealed {
            restored_at: now.0,
            size: self.manifest.size,
            root: self.manifest.root.clone(),
            vkey: self.manifest.vkey.clone(),
            journal_until: 0,
        };
        Ok(sealed.keep(&db)?)
    }

    /// Moves the directory to its place, whole.
    ///
    /// # Errors
    /// When it cannot be moved; then it goes.
    pub fn publish(mut self) -> Result<Manifest, BackupError> {
        let failed = || BackupError::file("chuyển được thư mục vào", &self.target);
        for entry in fs::read_dir(self.layout.dir()).map_err(failed())? {
            let path = entry.map_err(failed())?.path();
            File::open(&path).and_then(|file| file.sync_all()).map_err(failed())?;
        }
        // An empty directory of that name is replaced in the same step.
        fs::rename(self.layout.dir(), &self.target).map_err(failed())?;
        self.published = true;
        if let Some(parent) = self.target.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            File::open(parent).and_then(|dir| dir.sync_all()).map_err(failed())?;
        }
        Ok(self.manifest.clone())
    }
}

impl Drop for Restoring {
    fn drop(&mut self) {
        if !self.published {
            let _ = fs::remove_dir_all(self.layout.dir());
        }
    }
}
