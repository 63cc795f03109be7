//! The modules that the page loads when it needs them, under names that change with their content.

use crate::html;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// The modules that the page loads when it needs them. A `meta` element called `greenlight-NAME` says where each is.
pub const LAZY: [Lazy; 3] = [
    Lazy {
        name: "engine",
        start: Some(WORKER_START),
    },
    Lazy {
        name: "engine_json",
        start: Some(WORKER_START),
    },
    Lazy {
        name: "workbench",
        start: None,
    },
];

/// A module that Trunk leaves under a fixed name, so that a page from a new deployment could meet one from an old cache.
pub struct Lazy {
    /// Its program's name.
    pub name: &'static str,
    /// Makes the glue start itself; `{module}` stands for the wasm file, which is found beside the script.
    start: Option<&'static str>,
}

/// A rejected promise does not reach the page, be it that of the start or a later one; an error thrown from a timer
/// does: it fires the worker's `onerror`.
const WORKER_START: &str = r#"
addEventListener("unhandledrejection", (event) => setTimeout(() => { throw event.reason; }));
wasm_bindgen({ module_or_path: "{module}" });
"#;

/// A lazy module in the folder.
pub struct Placed {
    /// Its program's name.
    pub name: &'static str,
    /// The name of its script.
    pub script: String,
    /// The name of its wasm file.
    pub module: String,
    /// The script without what starts it.
    pub glue: String,
}

impl Lazy {
    /// Turns the script and its wasm into files named by their content.
    pub fn name_by_content(&self, folder: &Path) -> Result<Placed> {
        let name = self.name;
        let glue_path = folder.join(format!("{name}.js"));
        let wasm_path = folder.join(format!("{name}_bg.wasm"));
        let glue = fs::read_to_string(&glue_path)
            .with_context(|| format!("cannot read {}", glue_path.display()))?;
        let wasm =
            fs::read(&wasm_path).with_context(|| format!("cannot read {}", wasm_path.display()))?;
        let start = self.start.unwrap_or_default();
        let digest = Sha256::new()
            .chain_update(&wasm)
            .chain_update(start)
            .chain_update(&glue)
            .finalize();
        let hash = short_hex(&digest);
        let script = format!("{name}-{hash}.js");
        let module = format!("{name}-{hash}_bg.wasm");
        let started = [glue.as_str(), &start.replace("{module}", &module)].concat();
        fs::write(folder.join(&script), started)?;
        fs::rename(&wasm_path, folder.join(&module))?;
        fs::remove_file(&glue_path)?;
        Ok(Placed {
            name,
            script,
            module,
            glue,
        })
    }
}

impl Placed {
    /// The page with the script's name in its `meta` element.
    pub fn point_to(&self, page: &str) -> Result<String> {
        html::with_meta(page, self.name, &self.script)
    }
}

/// The first 64 bits of a hash, as in the names of files.
pub fn short_hex(digest: &[u8]) -> String {
    let bytes = digest.iter().take(8);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_engine_it_was_built_with() {
        let page = "<meta name=\"greenlight-engine\" content=\"engine.js\"><p>engine.js</p>";
        let placed = Placed {
            name: "engine",
            script: "engine-0a.js".to_owned(),
            module: String::new(),
            glue: String::new(),
        };
        assert_eq!(
            placed.point_to(page).unwrap(),
            "<meta name=\"greenlight-engine\" content=\"engine-0a.js\"><p>engine.js</p>"
        );
    }

    #[test]
    fn the_engines_name_follows_its_content() {
        let folder = std::env::temp_dir().join(format!("greenlight-xtask-{}", std::process::id()));
        let mut names = Vec::new();
        for wasm in ["one", "two", "one"] {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("engine.js"), "let wasm_bindgen;").unwrap();
            fs::write(folder.join("engine_bg.wasm"), wasm).unwrap();
            let placed = LAZY[0].name_by_content(&folder).unwrap();
            let script = fs::read_to_string(folder.join(&placed.script)).unwrap();
            assert!(
                script.starts_with("let wasm_bindgen;\n") && script.contains(&placed.module),
                "{script}"
            );
            assert_eq!(placed.glue, "let wasm_bindgen;");
            let module = folder.join(placed.module);
            assert_eq!(fs::read_to_string(module).unwrap(), wasm);
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
            names.push(placed.script);
            fs::remove_dir_all(&folder).unwrap();
        }
        assert_eq!(names[0], names[2]);
        assert_ne!(names[0], names[1]);
    }
}
