//! `presszero completions`: what a shell needs to complete commands.

use super::exit::Exit;
use super::output;
use clap::{Args, Command};
use clap_complete::Shell;
use presszero::error::Error;

/// Print what a shell needs to complete commands and options
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  presszero completions bash > ~/.local/share/bash-completion/completions/presszero
  presszero completions fish > ~/.config/fish/completions/presszero.fish")]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints it.
pub fn run(arguments: &Arguments, mut command: Command) -> Result<Exit, Error> {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "presszero", &mut out);
    output::print([String::from_utf8_lossy(&out)])?;
    Ok(Exit::Clean)
}
