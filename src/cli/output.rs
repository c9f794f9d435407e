//! Where output goes: standard output, or a file that is written whole or not at all.

use presszero::error::Error;
use presszero::report::text::words::plain;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes to standard output; a reader who has gone is no error.
///
/// # Errors
/// When the system refuses for another reason.
pub fn print(parts: impl IntoIterator<Item = impl AsRef<str>>) -> Result<(), Error> {
    let mut out = anstream::AutoStream::auto(io::stdout()).lock();
    let write = || {
        for part in parts {
            out.write_all(part.as_ref().as_bytes())?;
        }
        out.flush()
    };
    match write() {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(failed("standard output", &error)),
        _ => Ok(()),
    }
}

/// Whether colours go to standard output.
pub fn is_colorful() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Tells the user what went wrong; nothing in the names that it mentions controls the terminal.
pub fn warn(message: &str) {
    let red = anstyle::AnsiColor::BrightRed.on_default().bold();
    say(&format!("{red}error{red:#}: {}\n", plain(message)));
}

/// Writes to standard error.
pub fn say(text: &str) {
    let mut out = anstream::AutoStream::auto(io::stderr()).lock();
    // Nothing can be done where even this cannot be written.
    let _ = out.write_all(text.as_bytes());
}

/// Writes a file: whole, or not at all; `-` is standard output.
///
/// The text goes to a new file beside it, which then takes its name. What is no ordinary file (a pipe, a terminal) is
/// written to directly.
///
/// # Errors
/// When the system refuses.
pub fn write_file(path: &Path, parts: impl IntoIterator<Item = impl AsRef<str>>) -> Result<(), Error> {
    if path.as_os_str() == "-" {
        return print(parts);
    }
    let name = path.display().to_string();
    let target = match fs::metadata(path) {
        Ok(known) if known.is_file() => fs::canonicalize(path).map_err(|error| failed(&name, &error))?,
        Ok(known) if known.is_dir() => return Err(failed(&name, &ErrorKind::IsADirectory.into())),
        Ok(_) => {
            let mut file = fs::OpenOptions::new()
                .write(true)
                .open(path)
                .map_err(|error| failed(&name, &error))?;
            return write_all(&mut file, parts).map_err(|error| failed(&name, &error));
        }
        Err(_) => path.to_owned(),
    };
    let (mut file, beside) = new_beside(&target).map_err(|error| failed(&name, &error))?;
    let done = keep_permissions(&target, &file)
        .and_then(|()| write_all(&mut file, parts))
        .and_then(|()| file.sync_all())
        .and_then(|()| {
            drop(file);
            fs::rename(&beside, &target)
        });
    done.map_err(|error| {
        // The unfinished file is of no use; that it cannot be removed would hide the first error.
        let _ = fs::remove_file(&beside);
        failed(&name, &error)
    })
}

/// Who may read and write a file stays as it was, where it was there before.
fn keep_permissions(target: &Path, file: &fs::File) -> io::Result<()> {
    match fs::metadata(target) {
        Ok(known) => file.set_permissions(known.permissions()),
        Err(_) => Ok(()),
    }
}

/// A new file in the folder of another, under a name that nobody uses.
fn new_beside(target: &Path) -> io::Result<(fs::File, PathBuf)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0_u32;
    loop {
        let path = target.with_file_name(format!(".{name}.{}-{number}.unfinished", std::process::id()));
        match fs::File::create_new(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
            Ok(file) => return Ok((file, path)),
        }
    }
}

fn write_all(file: &mut fs::File, parts: impl IntoIterator<Item = impl AsRef<str>>) -> io::Result<()> {
    let mut out = io::BufWriter::new(file);
    for part in parts {
        out.write_all(part.as_ref().as_bytes())?;
    }
    out.flush()
}

fn failed(path: &str, error: &io::Error) -> Error {
    Error::File {
        path: path.to_owned(),
        action: "write",
        reason: error.to_string(),
    }
}
