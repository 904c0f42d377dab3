//! Registers that no file is imported into.

use mc_port::{CommitError, Importer as _};
use mc_register::system;

use super::instance::{Instance, import_of};

#[test]
fn what_only_its_own_command_may_write_is_not_imported() {
    let instance = Instance::new();
    for (register, _) in system::TEXTS {
        let mut none = std::iter::empty();
        let refused = instance.queue().prepare(&import_of(register), &mut none, &mut |_| {});
        assert!(matches!(refused, Err(CommitError::Rows(_))), "{register}");
    }
}
