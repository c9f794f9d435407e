//! Times the audit against its own parts and against peers, all in one run; see README.md beside this file.

mod generate;
mod timing;

use presszero::audit::{Portfolio, figures::figures};
use presszero::check::check;
use presszero::document;
use presszero::graph::pace::Pace;
use presszero::settings::Settings;
use presszero::source::Source;
use presszero::yaml;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use timing::{print, row, size, spent};

/// Every run makes the same trees.
const SEED: u64 = 20_130_522;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--one") {
        one_tree(arguments.get(at + 1).map_or("", String::as_str));
        return;
    }
    let files = size("FILES", 10_000);
    let steps = size("STEPS", 1_000_000);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench");
    let portfolio = write_portfolio(&folder, files);
    let mut out = String::new();
    in_process(&portfolio, &mut out);
    whole_process(&portfolio, &mut out);
    single(&folder, &mut out);
    big(&folder, steps / 10, &mut out);
    big(&folder, steps, &mut out);
    print(&out);
}

/// Reading, parsing, lowering and auditing the same files on one thread, each as CPU seconds.
fn in_process(folder: &Path, out: &mut String) {
    let paths = files(folder);
    let (bytes, read_bytes) = timed(|| {
        paths
            .iter()
            .map(|path| fs::read_to_string(path).unwrap_or_default())
            .collect::<Vec<_>>()
    });
    let size: usize = bytes.iter().map(String::len).sum();
    let (_, parse) = timed(|| {
        bytes
            .iter()
            .map(|text| black_box(yaml::read(text)).arena.len())
            .sum::<usize>()
    });
    let (portfolio, lower) = timed(|| {
        let mut portfolio = Portfolio::default();
        for (path, text) in paths.iter().zip(&bytes) {
            let source = Source::new(path.display().to_string(), text.clone());
            let reading = document::read(&source);
            portfolio.add(source, "presszero", reading.trees);
        }
        portfolio
    });
    let settings = Settings::default();
    let (findings, after) = timed(|| {
        let mut findings = 0;
        for id in 0..portfolio.trees.len() {
            let id = u32::try_from(id).unwrap_or(u32::MAX);
            if let Some(audit) = portfolio.audit(id, Pace::default()) {
                findings += check(&audit, &settings).findings.len();
                black_box(figures(&audit));
            }
        }
        findings
    });
    let reading = read_bytes + lower;
    let whole = reading + after;
    row(
        out,
        &format!(
            "{} files, {} MB, {findings} findings; one thread, CPU seconds",
            paths.len(),
            size / 1_000_000
        ),
        "",
    );
    row(out, "reading the bytes", &show(read_bytes, reading));
    row(out, "parsing the YAML alone", &show(parse, reading));
    row(out, "reading: bytes, parse, lowering", &show(reading, reading));
    row(
        out,
        "whole audit: reading, graph, measures, rules, figures",
        &show(whole, reading),
    );
}

/// The program against peers that do the same, as whole processes.
fn whole_process(folder: &Path, out: &mut String) {
    row(out, "", "");
    row(out, "whole processes: CPU seconds, wall seconds", "");
    let program = env!("CARGO_BIN_EXE_presszero");
    let audit = |threads: &str| {
        let mut command = Command::new(program);
        command
            .args(["audit", "--fail-on", "never", "--quiet", "--threads", threads])
            .arg(folder);
        command
    };
    let Some(one) = process(audit("1")) else {
        row(out, "presszero audit", "did not run");
        return;
    };
    row(
        out,
        "presszero audit, one thread",
        &format!("{:8.2} {:8.2}", one.0, one.1),
    );
    if let Some(two) = process(audit("2")) {
        let faster = one.1 / two.1.max(1e-9);
        row(
            out,
            "presszero audit, two threads",
            &format!("{:8.2} {:8.2}   {faster:.2} times as fast as one", two.0, two.1),
        );
    }
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for (name, script) in [
        ("Python: PyYAML CSafeLoader and NetworkX", "audit.py"),
        ("rapidyaml, parsing alone", "rapidyaml_parse.py"),
    ] {
        let mut command = Command::new(&python);
        command.arg(peers.join(script)).arg(folder);
        match process(command) {
            Some((cpu, wall)) => {
                let ratio = cpu / one.0.max(1e-9);
                row(
                    out,
                    name,
                    &format!("{cpu:8.2} {wall:8.2}   {ratio:.2} times the CPU of presszero"),
                );
            }
            None => row(out, name, "not there: pip install -r benches/peers/requirements.txt"),
        }
    }
}

/// One tree of thirty steps: what a designer waits for.
fn single(folder: &Path, out: &mut String) {
    let path = folder.join("one.yaml");
    let _ = fs::write(&path, generate::portfolio_file(SEED, 0));
    let mut walls: Vec<f64> = (0..21)
        .filter_map(|_| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_presszero"));
            command.args(["audit", "--fail-on", "never"]).arg(&path);
            process(command).map(|(_, wall)| wall)
        })
        .collect();
    walls.sort_by(f64::total_cmp);
    row(out, "", "");
    if let Some(median) = walls.get(walls.len() / 2) {
        row(
            out,
            "one tree of 30 steps, whole process, median",
            &format!("{:8.1} ms", median * 1e3),
        );
    }
}

/// One large tree, in a process of its own so that its memory is its own.
fn big(folder: &Path, steps: usize, out: &mut String) {
    let path = folder.join(format!("big-{steps}.yaml"));
    if fs::write(&path, generate::big_tree(SEED, steps)).is_err() {
        return;
    }
    let own = std::env::current_exe().unwrap_or_default();
    let answer = Command::new(own).arg("--one").arg(&path).stderr(Stdio::null()).output();
    let _ = fs::remove_file(&path);
    if let Ok(answer) = answer {
        row(out, "", "");
        out.push_str(&String::from_utf8_lossy(&answer.stdout));
    }
}

/// Reads and audits one file, and prints what each part took.
fn one_tree(path: &str) {
    let mut out = String::new();
    let text = fs::read_to_string(path).unwrap_or_default();
    let size = text.len();
    let source = Source::new(path, text);
    let (reading, read) = timed(|| document::read(&source));
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "presszero", reading.trees);
    let parsed = resident();
    let settings = Settings::default();
    let steps = portfolio.trees.first().map_or(0, |entry| entry.tree.steps.len());
    let ((), after) = timed(|| {
        if let Some(audit) = portfolio.audit(0, Pace::default()) {
            black_box(check(&audit, &settings));
            black_box(figures(&audit));
        }
    });
    let peak = peak();
    row(
        &mut out,
        &format!("one tree of {steps} steps, {} MB", size / 1_000_000),
        "",
    );
    row(&mut out, "reading: parse, lowering", &format!("{read:8.2} s"));
    row(
        &mut out,
        "graph, measures, rules, figures",
        &format!("{after:8.2} s   {:.2} of reading", after / read.max(1e-9)),
    );
    row(&mut out, "memory once it is read", &format!("{:8} MB", parsed / 1024));
    row(&mut out, "peak memory", &format!("{:8} MB", peak / 1024));
    print(&out);
}

fn write_portfolio(folder: &Path, count: usize) -> PathBuf {
    let target = folder.join(format!("portfolio-{count}"));
    if files(&target).len() == count {
        return target;
    }
    let _ = fs::create_dir_all(&target);
    for index in 0..count {
        let name = target.join(format!("tree-{index:05}.yaml"));
        let _ = fs::write(name, generate::portfolio_file(SEED, index as u64));
    }
    target
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
}

/// Runs a command to its end: CPU seconds and wall seconds; none where it cannot be run or fails.
fn process(mut command: Command) -> Option<(f64, f64)> {
    let (status, cost) = spent(true, || command.stdout(Stdio::null()).stderr(Stdio::null()).status());
    status.ok()?.success().then_some((cost.cpu, cost.wall))
}

/// Runs something and tells how much CPU this process spent on it, in seconds.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let (answer, cost) = timing::timed(work);
    (answer, cost.cpu)
}

fn resident() -> u64 {
    status_of("VmRSS:")
}

fn peak() -> u64 {
    status_of("VmHWM:")
}

fn status_of(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

fn show(seconds: f64, reading: f64) -> String {
    format!("{seconds:8.2} s   {:.2} of reading", seconds / reading.max(1e-9))
}
