//! A test executable that is also the process that reads files.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use mc_intake::{CHILD_COMMAND, child_main};

/// Runs the tests, or reads a file for one of them: called with the hidden command, this executable is the
/// child that [`mc_intake::read_in_child`] starts. It is the whole `main` of a test without the usual harness.
#[must_use]
pub fn tests_or_child<const N: usize>(tests: [(&'static str, fn()); N]) -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(CHILD_COMMAND) {
        return child_main();
    }
    let trials = tests.map(|(name, test)| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}
