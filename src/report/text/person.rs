//! How a person is offered and reached, in the lines of a summary.

use super::Look;
use super::told::Told;
use super::words::{acts, duration, time, when};
use crate::audit::figures::{Figures, PersonFigures, WayFigures};

/// Where the worst is told beside the best.
const AT_WORST: &str = "where hours and outcomes are at their worst";

/// The lines on the ways to a person.
pub fn lines(figures: &Figures, person: &PersonFigures, look: Look) -> Vec<Told> {
    let mut page = Page { told: Vec::new(), look };
    page.offered(figures, person);
    page.told
}

/// When a way is open, where people do not always answer in the same way.
fn moment_of(figures: &Figures, way: &WayFigures) -> String {
    let staffed = || figures.worlds.iter().filter(|world| world.staffed);
    match staffed().find(|world| world.example == way.at) {
        Some(world) if staffed().count() > 1 => format!(" ({})", when(&way.at, world.minutes_per_week > 0)),
        _ => String::new(),
    }
}

/// The cells of a way to a person: at which menu it is offered, after how long, when reached, and how.
pub fn way_of(person: &PersonFigures) -> Vec<String> {
    let mut cells = offer(person);
    let or_none = |way: Option<&WayFigures>| way.map_or("-".to_owned(), duration);
    let reached = person.reached.as_ref().or(person.possible_soonest.as_ref());
    cells.push(or_none(reached));
    cells.push(or_none(person.reached_worst.as_ref()));
    let hidden = if person.reached.is_none() {
        ", which nobody is told"
    } else {
        ""
    };
    cells.extend(reached.map(|way| format!("{}{hidden}", acts(&way.acts))));
    cells
}

/// At which menu a person is offered, and after how long.
#[must_use]
pub fn offer(person: &PersonFigures) -> Vec<String> {
    let perhaps = person.perhaps_offered.as_ref();
    let menu = match (&person.offered, perhaps) {
        (Some(way), _) => format!("menu {}", way.menus),
        (None, Some(way)) => format!("perhaps menu {}", way.menus),
        (None, None) => "never".to_owned(),
    };
    let soonest = person.offered_soonest.as_ref().or(perhaps);
    vec![menu, soonest.map_or("-".to_owned(), duration)]
}

struct Page {
    told: Vec<Told>,
    look: Look,
}

impl Page {
    fn line(&mut self, label: &'static str, words: &str) {
        self.told.push(Told::Line(label, words.to_owned()));
    }

    fn offered(&mut self, figures: &Figures, person: &PersonFigures) {
        let at = |way: &WayFigures| moment_of(figures, way);
        let offered = person.offered.as_ref().map(|fewest| {
            let words = format!("at menu {}, after {}{}", fewest.menus, duration(fewest), at(fewest));
            let soonest = person.offered_soonest.as_ref();
            match soonest.filter(|way| way.ms + 1000 <= fewest.ms) {
                Some(soonest) if soonest.at == fewest.at => format!("{words}; soonest after {}", duration(soonest)),
                Some(soonest) => format!("{words}; soonest after {}{}", duration(soonest), at(soonest)),
                None => words,
            }
        });
        let unsure = person.perhaps_offered.as_ref();
        let perhaps = unsure.map(|way| {
            let (menu, after) = (way.menus, duration(way));
            format!("perhaps at menu {menu}, after {after}, if options of unknown wording are announced")
        });
        match (offered, perhaps) {
            (Some(offered), perhaps) => {
                self.line("a person is offered", &offered);
                if let Some(perhaps) = perhaps.filter(|_| unsure != person.offered.as_ref()) {
                    self.line("", &perhaps);
                }
            }
            (None, Some(perhaps)) => self.line("a person is offered", &perhaps),
            (None, None) => {
                let never = self.look.grave("never announced");
                self.line("a person is offered", &never);
            }
        }
        if let (Some(most), Some(latest), Some(best)) = (&person.offered_worst, &person.offered_latest, &person.offered)
            && (most.menus > best.menus || latest.ms >= best.ms + 1000)
        {
            let (menu, after) = (most.menus, duration(latest));
            let words = format!("at menu {menu}, after {after}, {AT_WORST}");
            self.line("  at worst", &words);
        }
        if person.offered.is_some() && person.offered_worst.is_none() {
            self.line("  at worst", &format!("no person, {AT_WORST}"));
        }
        self.reached(figures, person);
    }

    fn reached(&mut self, figures: &Figures, person: &PersonFigures) {
        let way = |way: &WayFigures| {
            format!(
                "after {}{}: {}",
                duration(way),
                moment_of(figures, way),
                acts(&way.acts)
            )
        };
        if let Some(reached) = &person.reached {
            self.line("a person is reached", &way(reached));
            self.waits(reached);
            let fewest = person.fewest_keys.as_ref();
            if let Some(fewest) = fewest.filter(|way| way.presses + way.digits < reached.presses + reached.digits) {
                self.line("  with fewest keys", &way(fewest));
            }
            let worst = person.reached_worst.as_ref();
            if let Some(worst) = worst.filter(|worst| worst.ms >= reached.ms + 1000) {
                self.line("  at worst", &way(worst));
            }
        }
        if let Some(possible) = &person.possible_soonest {
            let told = person.reached.as_ref().map(|reached| reached.ms);
            if told.is_none_or(|told| told >= possible.ms + 1000) {
                let sooner = |told: u64| format!(", {} sooner", time(told - possible.ms, 0));
                let is_unsure = person.offered.is_none() && person.perhaps_offered.is_some();
                let untold = if is_unsure {
                    "which perhaps nobody is told"
                } else {
                    "which nobody is told"
                };
                let gain = told.map_or(String::new(), sooner);
                self.line("  if you know how", &format!("{}, {untold}{gain}", way(possible)));
                if person.reached.is_none() {
                    self.waits(possible);
                }
            }
        }
        match &person.silent {
            Some(silent) => {
                // What can keep a person from all callers can keep her from these.
                let prevented = person.reached.is_some() && person.reached_worst.is_none();
                let or_none = if prevented {
                    format!("; none, {AT_WORST}")
                } else {
                    String::new()
                };
                let words = format!("a person after {}{or_none}", duration(silent));
                self.line("  if you do nothing", &words);
            }
            None => self.line("  if you do nothing", "no person"),
        }
    }

    /// The wait at the end of a way to a person who does not answer at once.
    fn waits(&mut self, way: &WayFigures) {
        let words = match way.wait_ms {
            Some(0) => return,
            Some(ms) => format!("{} (as declared)", time(ms, 0)),
            None => "not known".to_owned(),
        };
        self.line("  and then waits", &words);
    }
}
