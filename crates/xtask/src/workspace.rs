//! Where things lie.

use std::env;
use std::path::{Path, PathBuf};

#[derive(Clone)]
pub struct Workspace {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder; stamps lie there too, so `cargo clean` forgets them.
    pub target: PathBuf,
}

impl Workspace {
    pub fn here() -> Workspace {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.ancestors().nth(2).unwrap_or(manifest).to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Workspace { root, target }
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Programs that the set-up installs for this repository alone.
    pub fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    pub fn stamp(&self, name: &str) -> PathBuf {
        self.target.join("xtask").join(name)
    }
}

/// The program that a shell would start, or none.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|program| program.is_file())
}
