//! `cargo xtask`: all set-up and all chores, in Rust, so that a toolchain from rustup is all one has to bring.

mod bench;
mod browser;
mod bundle;
mod csp;
mod html;
mod install;
mod lazy;
mod offline;
mod one_file;
mod post_build;
mod process;
mod python;
mod serve;
mod sizes;
mod steps;
mod test;
mod toolchain;
mod tools;
mod trunk;
mod workspace;

use anyhow::{Result, bail};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <command>

  serve [--port N] [--release]     build the page, serve it on this machine, rebuild when a file changes
  test                             everything a change must pass: lints, tests, the bundle's sizes, a real browser
  bundle [--single-file]           build what ships into dist/ and check its sizes; the page as one file is in it
  bench [--large] [--python PATH]  time what ships on a million rows, beside pandas and scikit-learn
  bench --over-time [--python PATH] the same for windows of time and drift
  clean-tools                      remove the build tools that these commands installed

What is missing (Trunk, wasm-bindgen, wasm-opt, the wasm target) is installed once, into your cache folder.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((command, rest)) = arguments.split_first() else {
        bail!("which command?\n\n{USAGE}");
    };
    match command.as_str() {
        "serve" => serve::serve(&serve::Options::parse(rest)?),
        "test" => no_options(command, rest).and_then(|()| test::test()),
        "bundle" => bundle::bundle(&bundle::Wanted::parse(rest)?),
        "bench" => bench::bench(&bench::Options::parse(rest)?),
        "clean-tools" => no_options(command, rest).and_then(|()| tools::clean()),
        // Trunk calls this one, between its own build and the swap of the old output for the new.
        "post-build" => no_options(command, rest).and_then(|()| post_build::post_build()),
        // `serve` starts this one, to tell when its page is there.
        "announce" => serve::announce(rest.first().map_or("", String::as_str)),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("there is no command `{other}`\n\n{USAGE}"),
    }
}

fn no_options(command: &str, rest: &[String]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(option) => bail!("`{command}` takes no options, but got `{option}`"),
    }
}
