//! `presszero init`: a commented phone tree to start from.

use super::exit::Exit;
use super::{output, settings};
use clap::Args;
use presszero::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const TREE: &str = include_str!("init/phone-tree.yaml");
const SETTINGS: &str = include_str!("init/presszero.yaml");

/// Write a commented phone tree to start from, and settings beside it
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  presszero init
  presszero init lines/bookings.yaml")]
pub struct Arguments {
    /// The file to write, or a folder for it
    #[arg(default_value = "phone-tree.yaml", value_name = "PATH")]
    path: PathBuf,
}

/// Writes both files; nothing is overwritten.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let mut tree = arguments.path.clone();
    let is_yaml = tree.extension().is_some_and(|end| end == "yaml" || end == "yml");
    if tree.is_dir() || !is_yaml {
        tree.push("phone-tree.yaml");
    }
    let folder = tree.parent().unwrap_or(Path::new(""));
    let beside = folder.join(settings::FILE);
    if tree.exists() {
        return Err(Error::Usage(format!(
            "`{}` is there already; nothing was written",
            tree.display()
        )));
    }
    std::fs::create_dir_all(Path::new(".").join(folder)).map_err(|error| Error::File {
        path: folder.display().to_string(),
        action: "create",
        reason: error.to_string(),
    })?;
    let mut said = format!("wrote {}\n", tree.display());
    output::write_file(&tree, [TREE])?;
    if beside.exists() {
        let _ = writeln!(said, "left {} as it is", beside.display());
    } else {
        output::write_file(&beside, [SETTINGS])?;
        let _ = writeln!(said, "wrote {}", beside.display());
    }
    let _ = writeln!(said, "next: presszero audit {}", tree.display());
    output::print([said])?;
    Ok(Exit::Clean)
}
