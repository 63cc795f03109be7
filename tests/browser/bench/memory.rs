//! Memory of processes as Linux tells it in `/proc`; elsewhere nothing is told.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The most memory that a process has had resident so far, in bytes.
pub fn peak_of(process: u32) -> Option<u64> {
    kilobytes(format!("/proc/{process}/status"), "VmHWM:")
}

/// What all descendants of a process take, in bytes; what several share counts once (PSS).
pub fn of_descendants(process: u32) -> Option<u64> {
    let parents = parents()?;
    let is_descendant = |mut child: u32| {
        while let Some((_, parent)) = parents.iter().find(|(known, _)| *known == child) {
            if *parent == process {
                return true;
            }
            child = *parent;
        }
        false
    };
    let descendants = parents.iter().filter(|(child, _)| is_descendant(*child));
    // One that ended meanwhile takes nothing.
    let shares = descendants
        .filter_map(|(child, _)| kilobytes(format!("/proc/{child}/smaps_rollup"), "Pss:"));
    Some(shares.sum())
}

/// The load of the machine over the last minute.
pub fn load() -> Option<String> {
    let load = std::fs::read_to_string("/proc/loadavg").ok()?;
    load.split(' ').next().map(str::to_owned)
}

/// Watches how much the descendants of a process take, every 50 ms.
pub struct Watch {
    stopped: Arc<AtomicBool>,
    most: Arc<AtomicU64>,
    watcher: JoinHandle<()>,
}

impl Watch {
    /// Watches from now on.
    pub fn start(process: u32) -> Self {
        let (stopped, most) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicU64::new(0)),
        );
        let (is_stopped, seen) = (Arc::clone(&stopped), Arc::clone(&most));
        let watcher = thread::spawn(move || {
            while !is_stopped.load(Ordering::Relaxed) {
                let now = of_descendants(process).unwrap_or(0);
                seen.fetch_max(now, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(50));
            }
        });
        Self {
            stopped,
            most,
            watcher,
        }
    }

    /// Ends the watch and tells the most that was seen, in bytes.
    pub fn peak(self) -> Option<u64> {
        self.stopped.store(true, Ordering::Relaxed);
        self.watcher.join().unwrap();
        Some(self.most.load(Ordering::Relaxed)).filter(|most| *most > 0)
    }
}

/// Each process with its parent.
fn parents() -> Option<Vec<(u32, u32)>> {
    let processes = std::fs::read_dir("/proc").ok()?.flatten();
    let parent = |entry: std::fs::DirEntry| {
        let process = entry.file_name().to_str()?.parse().ok()?;
        let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
        // Number, name in brackets, state, parent: a name may hold anything.
        let (_, after_name) = stat.rsplit_once(')')?;
        let parent = after_name.split_whitespace().nth(1)?.parse().ok()?;
        Some((process, parent))
    };
    Some(processes.filter_map(parent).collect())
}

/// The line `name NNN kB` of a file.
fn kilobytes(path: impl AsRef<Path>, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let number: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(number * 1024)
}
