//! An instance, its backup, and what comes out of it.

use std::path::{Path, PathBuf};

use mc_base::Instant;
use mc_port::Report;
use mc_sqlite::{
    BackupError, BackupRequest, ErasureRequest, Layout, Manifest, Restoring, StoryWorld, Writer, backup,
    restore,
};
use mc_stories::small::{COMMUNES, dawn, inserted, mast, outlay, plot, request};
use mc_testkit::instance::{found, verify};

pub const OWNER: &str = "Sùng A Dơ";
pub const PLOT: &str = "1/7/2025-01-01";

pub struct Ground {
    pub root: tempfile::TempDir,
    pub writer: Option<Writer>,
}

pub fn world(seed: u64) -> Box<StoryWorld> {
    Box::new(StoryWorld::new(Instant(dawn().0 + i64::try_from(seed).expect("small")), seed))
}

impl Ground {
    /// A plot with an owner, a mast and an outlay, and an evidence file.
    pub fn new() -> Self {
        let root = tempfile::tempdir().expect("a directory");
        let layout = Layout::new(root.path().join("data"));
        let mut writer = found(&layout, 1);
        let edits = vec![
            inserted("plot", plot(7, COMMUNES[0], "2025-01-01", OWNER)),
            inserted("mast", mast("C-1", COMMUNES[0], "live", "2025-01-01")),
        ];
        writer.commit(&request(edits)).expect("a commit");
        std::fs::create_dir(layout.evidence()).expect("a folder");
        let bytes = b"so,ngay\n1,2025-08-01\n";
        let name = mc_ledger::hash::sha256(bytes).to_string();
        std::fs::write(layout.evidence().join(name), bytes).expect("an evidence file");
        Self { root, writer: Some(writer) }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn layout(&self) -> Layout {
        Layout::new(self.path("data"))
    }

    pub fn writer(&mut self) -> &mut Writer {
        self.writer.as_mut().expect("a writer")
    }

    /// One more commit.
    pub fn spend(&mut self, code: &str) {
        let edits = vec![inserted("outlay", outlay(code, COMMUNES[0], "2025-08-01", 100))];
        self.writer().commit(&request(edits)).expect("a commit");
    }

    pub fn erase(&mut self) {
        erase(self.writer()).expect("an erasure");
    }

    pub fn back_up(&self) -> Manifest {
        back_up(&self.layout(), &self.path("backup.tar")).expect("a backup")
    }

    pub fn key(&self) -> String {
        std::fs::read_to_string(self.layout().signing_key()).expect("a key")
    }

    pub fn newest(&self) -> String {
        std::fs::read_to_string(self.layout().checkpoint()).expect("a checkpoint")
    }

    /// Takes the backup out, with the key.
    pub fn take_out(&self) -> Result<Restoring, BackupError> {
        self.take_out_with(Some(&self.key()))
    }

    pub fn take_out_with(&self, key: Option<&str>) -> Result<Restoring, BackupError> {
        let target = self.path("again");
        restore(&self.path("backup.tar"), key, &target, world(99).as_mut(), &mut |_, _| {})
    }

    /// Takes the backup out to its place, and opens it.
    pub fn restored(&self) -> Writer {
        self.take_out().expect("a restored instance").publish().expect("published");
        self.open_again()
    }

    pub fn open_again(&self) -> Writer {
        Writer::open(&Layout::new(self.path("again")), world(100)).expect("it opens")
    }

    pub fn verified(&self) -> Report {
        sound(&self.path("again"))
    }

    /// Nothing but what was there before.
    pub fn nothing_left(&self) {
        let mut names: Vec<String> = std::fs::read_dir(self.root.path())
            .expect("a directory")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names, ["backup.tar", "data"]);
    }
}

pub fn erase(writer: &mut Writer) -> Result<mc_port::Receipt, mc_port::CommitError> {
    writer.erase(&ErasureRequest {
        actor: mc_access::Actor::operator(),
        register: "plot".to_owned(),
        key: PLOT.to_owned(),
        fields: None,
        ground: "Điều 16".to_owned(),
        reason: "yêu cầu".to_owned(),
        texts: false,
    })
}

pub fn back_up(layout: &Layout, to: &Path) -> Result<Manifest, BackupError> {
    back_up_while(layout, to, &mut || {})
}

/// Makes a backup, and does something each time it says how far it is.
pub fn back_up_while(
    layout: &Layout,
    to: &Path,
    meanwhile: &mut dyn FnMut(),
) -> Result<Manifest, BackupError> {
    let asked = BackupRequest { product: "thử", created_at: dawn(), replace: false };
    backup(layout, to, &asked, &mut |_, _| meanwhile())
}

pub fn sound(dir: &Path) -> Report {
    let report = verify(dir).expect("it opens");
    assert_eq!(report.findings, []);
    report
}
