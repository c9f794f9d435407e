//! What may be asked of a package: charts by their names, formats, a moment.

use clap::ValueEnum;
use presszero::document::schedule::Moment;
use presszero::error::{Error, nearest};
use presszero::report::{chart, portfolio};

/// As what charts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Charts {
    /// Lines and letters, for documents that are printed at any size
    Svg,
    /// Pixels, for slides and chats
    Png,
    /// In the pages only
    None,
}

/// Whether the formats make sense together.
pub fn check(charts: &[Charts]) -> Result<(), Error> {
    if charts.len() > 1 && charts.contains(&Charts::None) {
        let message = "`--charts none` stands alone: charts are either written or not";
        return Err(Error::Usage(message.to_owned()));
    }
    Ok(())
}

/// The name of a chart.
pub fn chart(name: &str) -> Result<&'static str, String> {
    let known = || chart::names().chain(portfolio::CHARTS);
    if let Some(known) = known().find(|known| *known == name) {
        return Ok(known);
    }
    let help = nearest(name, known()).map_or_else(
        || format!("known are {}", known().collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Err(format!("no chart is called `{name}`; {help}"))
}

/// A moment of the calendar.
pub fn moment(text: &str) -> Result<Moment, String> {
    text.parse()
}
