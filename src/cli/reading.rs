//! How foreign files are to be read, as the command line says it.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use presszero::error::Error;
use presszero::import::{Entry, FORMATS, Format};
use std::path::PathBuf;

/// What is said of foreign files.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Foreign files")]
pub struct Reading {
    /// What the one foreign file does not say itself, instead of `X.overlay.yaml` beside it
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,

    /// Take every file as this format, instead of by its content
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub from: Option<&'static Format>,

    /// Where calls come in, in a dial plan: a context and an extension
    #[arg(long, value_name = "CONTEXT,EXTEN", value_parser = entry)]
    pub entry: Option<Entry>,
}

impl Reading {
    /// An overlay is one file's.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where several files are read.
    pub fn check(&self, files: usize) -> Result<(), Error> {
        if self.overlay.is_some() && files > 1 {
            let message =
                "`--overlay` is for one file; the overlay of `X.json` among others is `X.overlay.yaml` beside it";
            return Err(Error::Usage(message.to_owned()));
        }
        Ok(())
    }
}

fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS.iter().map(|format| format.name);
    let known = |name: String| Format::named(&name).ok_or("no such format");
    PossibleValuesParser::new(names).try_map(known)
}

fn entry(text: &str) -> Result<Entry, &'static str> {
    let (context, exten) = text
        .split_once(',')
        .ok_or("a context and an extension are wanted, as in `from-trunk,s`")?;
    Ok(Entry {
        context: context.trim().to_owned(),
        exten: exten.trim().to_owned(),
    })
}
