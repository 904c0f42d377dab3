//! What the reading process takes from itself: memory, time, files, the network and nearly all system calls.

use std::collections::BTreeMap;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _,
    RulesetStatus,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};

use super::LimitsHeld;
use crate::limits::CHILD_MEMORY_BYTES;

/// Applies every limit that this system offers to the calling process and says which hold. There is no way
/// back.
pub fn enter(cpu_seconds: u64) -> LimitsHeld {
    let cap =
        |resource, value| setrlimit(resource, Rlimit { current: Some(value), maximum: Some(value) }).is_ok();
    // Before descriptors are denied: making the rule set needs one.
    let landlock = deny_paths();
    let memory = cap(Resource::As, CHILD_MEMORY_BYTES);
    let cpu = cap(Resource::Cpu, cpu_seconds);
    let files = cap(Resource::Nofile, 0) & cap(Resource::Fsize, 0) & cap(Resource::Core, 0);
    LimitsHeld { memory, cpu, files, landlock, seccomp: deny_calls() }
}

/// No path may be opened and no port used; the open file and the pipe stay usable.
fn deny_paths() -> bool {
    let restrict = || {
        Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(ABI::V5))?
            .handle_access(AccessNet::from_all(ABI::V5))?
            .create()?
            .restrict_self()
    };
    restrict().is_ok_and(|status| status.ruleset != RulesetStatus::NotEnforced)
}

/// System calls that reading, computing, allocating and ending need; every other one fails with `EPERM`.
const ALLOWED: [libc::c_long; 33] = [
    libc::SYS_read,
    libc::SYS_pread64,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_statx,
    libc::SYS_close,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_tgkill,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_prlimit64,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

fn deny_calls() -> bool {
    let Ok(arch) = TargetArch::try_from(std::env::consts::ARCH) else { return false };
    let rules: BTreeMap<i64, _> = ALLOWED.iter().map(|&call| (call, Vec::new())).collect();
    let denied = SeccompAction::Errno(libc::EPERM as u32);
    SeccompFilter::new(rules, denied, SeccompAction::Allow, arch)
        .and_then(BpfProgram::try_from)
        .is_ok_and(|program| seccompiler::apply_filter(&program).is_ok())
}
