//! `serve`: the page on this machine, rebuilt whenever a file changes.

use crate::{process, toolchain, tools, trunk::trunk, workspace};
use anyhow::{Context, Result, bail};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

const PORT: u16 = 8080;
const PORTS_TO_TRY: u16 = 20;

/// What the command line asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// The port asked for; without one, the usual port or the next that is free.
    port: Option<u16>,
    /// Optimised, as it ships.
    release: bool,
}

impl Options {
    /// Reads `[--port N] [--release]`.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            port: None,
            release: false,
        };
        let mut arguments = arguments.iter().map(String::as_str);
        while let Some(argument) = arguments.next() {
            let port = match argument {
                "--release" => {
                    options.release = true;
                    continue;
                }
                "--port" => arguments.next().context("`--port` needs a number")?,
                other => match other.strip_prefix("--port=") {
                    Some(port) => port,
                    None => bail!(
                        "`serve` does not know `{other}`; it takes `--port N` and `--release`"
                    ),
                },
            };
            match port.parse() {
                Ok(number) if number > 0 => options.port = Some(number),
                _ => bail!("`{port}` is no port: a number from 1 to 65535 is"),
            }
        }
        Ok(options)
    }
}

/// Serves until it is stopped.
pub fn serve(options: &Options) -> Result<()> {
    toolchain::ensure_wasm()?;
    let tools = if options.release {
        tools::for_release()?
    } else {
        tools::for_building()?
    };
    let folders = tools::ensure(&tools)?;
    let port = choose_port(options.port)?;

    // A folder of its own: `dist/` keeps what `bundle` made.
    let dist = workspace::target()
        .join("xtask")
        .join(format!("serve-{port}"));
    if dist.exists() {
        std::fs::remove_dir_all(&dist)
            .with_context(|| format!("cannot clear {}", dist.display()))?;
    }
    let dist = dist.to_string_lossy().into_owned();
    let number = port.to_string();
    let mut arguments = vec![
        "serve",
        "--address",
        "127.0.0.1",
        "--port",
        &number,
        "--dist",
        &dist,
    ];
    arguments.extend(["--disable-address-lookup", "true", "--no-spa", "true"]);
    if options.release {
        arguments.push("--release");
    }
    println!("building the page; the first build takes a minute or two…");
    hand_over(&mut trunk(&folders, &arguments)?, port)
}

/// Becomes Trunk, so that whoever stops this process stops the server. Another process tells when it is up.
#[cfg(unix)]
fn hand_over(trunk: &mut Command, port: u16) -> Result<()> {
    use std::os::unix::process::CommandExt;
    announcer(port)?;
    let error = trunk.exec();
    Err(error).with_context(|| format!("cannot start `{}`", process::describe(trunk)))
}

/// Runs Trunk to its end. Another process tells when it is up.
#[cfg(not(unix))]
fn hand_over(trunk: &mut Command, port: u16) -> Result<()> {
    let mut announcer = announcer(port)?;
    let outcome = process::run(trunk);
    let _ = announcer.kill();
    outcome
}

fn announcer(port: u16) -> Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["announce", &port.to_string()]);
    command
        .spawn()
        .with_context(|| format!("cannot start `{}`", process::describe(&command)))
}

fn choose_port(wanted: Option<u16>) -> Result<u16> {
    let free = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    if let Some(port) = wanted {
        if !free(port) {
            bail!("port {port} is taken by another program; choose another with `--port`");
        }
        return Ok(port);
    }
    let Some(port) = (PORT..PORT + PORTS_TO_TRY).find(|port| free(*port)) else {
        bail!(
            "the ports from {PORT} to {} are all taken; choose one with `--port`",
            PORT + PORTS_TO_TRY - 1
        );
    };
    if port != PORT {
        println!("port {PORT} is taken by another program; using {port}");
    }
    Ok(port)
}

/// Says where the page is once it is really there.
pub fn announce(port: &str) -> Result<()> {
    let port = port.parse().context("`announce` needs a port")?;
    let is_needed = server_watch();
    let mut failed_before = false;
    while is_needed() {
        match answers(port) {
            Some(200) => {
                println!(
                    "\nGreenlight is at http://127.0.0.1:{port}/  (Ctrl-C stops it; a changed file reloads the page)\n"
                );
                return Ok(());
            }
            // The server is up, but has no page: the first build failed. A change starts the next.
            Some(_) if !failed_before => {
                println!("the build failed, see above; it is tried again when a file changes");
                failed_before = true;
            }
            _ => {}
        }
        thread::sleep(Duration::from_millis(250));
    }
    Ok(())
}

/// Tells whether the process that became Trunk is still there; an orphan has another parent.
#[cfg(unix)]
fn server_watch() -> impl Fn() -> bool {
    let server = std::os::unix::process::parent_id();
    move || std::os::unix::process::parent_id() == server
}

#[cfg(not(unix))]
fn server_watch() -> impl Fn() -> bool {
    || true
}

/// The status of the answer to a request for the page; none while nobody listens.
fn answers(port: u16) -> Option<u16> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(
        stream,
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(&head)
        .ok()?
        .strip_prefix("HTTP/1.1 ")?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options> {
        Options::parse(
            &arguments
                .iter()
                .map(|argument| (*argument).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn options_are_read_in_any_order() {
        assert_eq!(
            parse(&[]).unwrap(),
            Options {
                port: None,
                release: false
            }
        );
        assert_eq!(
            parse(&["--release", "--port", "9000"]).unwrap(),
            Options {
                port: Some(9000),
                release: true
            }
        );
        assert_eq!(
            parse(&["--port=9000"]).unwrap(),
            Options {
                port: Some(9000),
                release: false
            }
        );
    }

    #[test]
    fn wrong_options_are_named() {
        for wrong in [
            &["--port"][..],
            &["--port", "0"],
            &["--port", "eighty"],
            &["--open"],
        ] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_port_asked_for_is_not_replaced() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(
            choose_port(Some(port))
                .unwrap_err()
                .to_string()
                .contains("taken")
        );
    }
}
