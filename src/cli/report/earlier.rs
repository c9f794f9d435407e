//! An earlier package, which a new one is set beside.

use presszero::error::Error;
use presszero::report::package::Brief;
use presszero::report::package::data;
use std::path::Path;

/// What is looked at of it.
pub struct Former {
    /// What the user calls it.
    pub name: String,
    /// Its trees.
    pub trees: Vec<Brief>,
}

impl Former {
    /// Reads it; it may lie in the folder that the new package goes to.
    ///
    /// # Errors
    /// Where there is no package, or one of another form.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(data::FILE);
        let name = path.display();
        let text = std::fs::read(&path).map_err(|error| {
            let reason = match error.kind() {
                std::io::ErrorKind::NotFound => "there is none, so the folder holds no package".to_owned(),
                _ => error.to_string(),
            };
            Error::Usage(format!("cannot read `{name}`: {reason}"))
        })?;
        let earlier = data::read(&text).map_err(|reason| Error::Usage(format!("`{name}` {reason}")))?;
        Ok(Self {
            name: folder.to_string_lossy().replace('\\', "/"),
            trees: earlier.trees,
        })
    }
}
