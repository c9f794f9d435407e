//! `presszero init`: a commented phone tree to start from.

use super::exit::Exit;
use super::{output, settings};
use clap::{Args, ValueEnum};
use presszero::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const TREE: &str = include_str!("init/phone-tree.yaml");
const SETTINGS: &str = include_str!("init/presszero.yaml");
const GITHUB: &str = include_str!("init/github.yml");
const GITLAB: &str = include_str!("init/gitlab.yml");

/// Write a commented phone tree to start from, and settings beside it
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  presszero init
  presszero init lines/bookings.yaml
  presszero init lines --ci github")]
pub struct Arguments {
    /// The file to write, or a folder for it
    #[arg(default_value = "phone-tree.yaml", value_name = "PATH")]
    path: PathBuf,

    /// Write a file too that audits the trees whenever they change; it belongs to the current folder
    #[arg(long, value_enum, value_name = "SERVICE")]
    ci: Option<Ci>,
}

/// Who runs the audit of every change.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Ci {
    /// GitHub Actions, in `.github/workflows/presszero.yml`
    Github,
    /// GitLab CI, in `.gitlab-ci.yml`
    Gitlab,
}

impl Ci {
    /// Where its file belongs and what that holds.
    const fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Github => (".github/workflows/presszero.yml", GITHUB),
            Self::Gitlab => (".gitlab-ci.yml", GITLAB),
        }
    }
}

/// Writes the files; nothing is overwritten.
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
    let mut said = String::new();
    write_new(&tree, TREE, &mut said)?;
    write_new(&beside, SETTINGS, &mut said)?;
    if let Some(ci) = arguments.ci {
        let (path, text) = ci.file();
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let trees = folder.to_string_lossy().replace('\\', "/");
        write_new(Path::new(path), &text.replace("TREES", &trees), &mut said)?;
    }
    let _ = writeln!(said, "next: presszero audit {}", tree.display());
    output::print([said])?;
    Ok(Exit::Clean)
}

/// Writes a file with its folders, unless it is there already.
fn write_new(path: &Path, text: &str, said: &mut String) -> Result<(), Error> {
    if path.exists() {
        let _ = writeln!(said, "left {} as it is", path.display());
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    std::fs::create_dir_all(Path::new(".").join(folder)).map_err(|error| Error::File {
        path: folder.display().to_string(),
        action: "create",
        reason: error.to_string(),
    })?;
    output::write_file(path, [text])?;
    let _ = writeln!(said, "wrote {}", path.display());
    Ok(())
}
