//! What the applications and lines of a dial plan mean, as data for the importer and for the documentation.

use super::args::{Piece, arguments};
use super::pattern::KEYS;
use std::collections::HashMap;
use std::sync::OnceLock;

/// One application, or another construct of a dial plan.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its name as it is written; capitals do not count.
    pub name: &'static str,
    /// What it does.
    pub means: Means,
    /// The kind of step that it becomes; empty where it is passed over.
    pub becomes: &'static str,
    /// What is to be known about that.
    pub note: &'static str,
}

/// What an application does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is described by the words that mean it")]
pub enum Means {
    Background,
    Playback,
    Say,
    Wait,
    WaitExten,
    Read,
    Goto,
    GotoIf,
    GotoIfTime,
    ExecIfTime,
    Gosub,
    GosubIf,
    Macro,
    MacroIf,
    Return,
    StackPop,
    While,
    EndWhile,
    ExitWhile,
    ContinueWhile,
    ExecIf,
    Exec,
    Set,
    MSet,
    Queue,
    Dial,
    Page,
    Conference,
    Voicemail,
    Mailbox,
    Directory,
    Park,
    Authenticate,
    Mailboxer,
    Record,
    Agi,
    Speech,
    Transfer,
    Outgoing,
    HangUp,
    Device,
    System,
    Nothing,
    Line,
}

/// The application of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Word> {
    static INDEX: OnceLock<HashMap<String, &'static Word>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let applications = WORDS.iter().filter(|word| word.means != Means::Line);
        applications
            .map(|word| (word.name.to_ascii_lowercase(), word))
            .collect()
    });
    index.get(name.to_ascii_lowercase().as_str()).copied()
}

/// As `find`; a script for speech that keys interrupt, `AGI(googletts.agi,text,language,any)`, is a prompt of a menu.
///
/// Source: the scripts' own documentation: a key that interrupts goes on at the extension of its name.
#[must_use]
pub fn find_with(name: &str, args: Piece<'_>) -> Option<&'static Word> {
    let word = find(name)?;
    if word.means != Means::Agi {
        return Some(word);
    }
    let parts = arguments(args);
    let speaks = parts.first().is_some_and(|script| is_speaker(script.bare().text));
    let keys = parts.get(3).map_or("", |keys| keys.bare().text);
    let are_keys = keys == "any" || (!keys.is_empty() && keys.chars().all(|key| KEYS.contains(key)));
    Some(if speaks && are_keys { &INTERRUPTED } else { word })
}

/// A script for speech that keys interrupt.
const INTERRUPTED: Word = word(
    "AGI",
    Means::Background,
    "menu",
    "a script for speech that keys interrupt",
);

/// Scripts that speak the text that they are given.
const SPEAKERS: &[&str] = &[
    "googletts",
    "picotts",
    "tts",
    "espeak",
    "swift",
    "festival",
    "flite",
    "polly",
    "say",
    "speak",
    "gtts",
    "cepstral",
    "azure",
    "msstts",
    "propertts",
];

/// Whether a script speaks the text that it is given.
#[must_use]
pub fn is_speaker(script: &str) -> bool {
    let name = super::plan::base(script).to_ascii_lowercase();
    SPEAKERS.iter().any(|speaker| name.contains(speaker))
}

const fn word(name: &'static str, means: Means, becomes: &'static str, note: &'static str) -> Word {
    Word {
        name,
        means,
        becomes,
        note,
    }
}

const fn passed(name: &'static str, note: &'static str) -> Word {
    word(name, Means::Nothing, "", note)
}

const fn say(name: &'static str) -> Word {
    word(
        name,
        Means::Say,
        "message",
        "what is said is put in while the call runs",
    )
}

const fn system(name: &'static str) -> Word {
    word(
        name,
        Means::System,
        "",
        "a program of the server; what it sets is unknown",
    )
}

const fn line(name: &'static str, becomes: &'static str, note: &'static str) -> Word {
    word(name, Means::Line, becomes, note)
}

const LOG: &str = "callers do not hear it";
const RECORDING: &str = "recordings have unknown wording, unless a comment tells it or they are Asterisk's own";
const CALLS: &str = "entered as a function is called; one that never returns only leads on";
const EAR: &str = "it concerns what is recorded or measured, not what is heard";
const CHANNEL: &str = "it concerns the line or the far end's screen";
const LOOPS: &str = "a counter that grows and is compared is a loop; other conditions are decisions";
const TEXT: &str = "its text is what is spoken";

/// Every construct that is known.
///
/// Source: Asterisk documentation, "Dialplan Applications", 2024, and the reference of Asterisk 1.4 for older names.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    word("Background", Means::Background, "menu", "with the extensions of its context as keys, and `i` and `t` for wrong keys and silence"),
    word("BackgroundDetect", Means::Background, "menu", "as Background"),
    word("WaitExten", Means::WaitExten, "menu", "silence goes on at the next priority, else at `t`, else the call ends"),
    word("Read", Means::Read, "menu or collect", "a menu where its variable is compared with single keys, data otherwise"),
    word("Playback", Means::Playback, "message", RECORDING),
    word("ControlPlayback", Means::Playback, "message", RECORDING),
    word("PlayTones", Means::Nothing, "", "a tone"),
    word("StopPlayTones", Means::Nothing, "", "a tone"),
    word("Morsecode", Means::Nothing, "", "a tone"),
    word("Milliwatt", Means::Device, "message", "a test tone of unknown length"),
    word("MusicOnHold", Means::Device, "message", "music of unknown length"),
    word("StartMusicOnHold", Means::Nothing, "", "music beneath what follows"),
    word("StopMusicOnHold", Means::Nothing, "", "music beneath what follows"),
    word("SetMusicOnHold", Means::Nothing, "", "music beneath what follows"),
    word("WaitMusicOnHold", Means::Wait, "message", "a pause"),
    say("SayDigits"), say("SayNumber"), say("SayAlpha"), say("SayAlphaCase"), say("SayPhonetic"), say("SayUnixTime"),
    say("SayCountedNoun"), say("SayCountedAdj"), say("SayMoney"), say("SayOrdinal"), say("DateTime"), say("SayDate"),
    say("SayTime"), say("SayCountPL"),
    word("Festival", Means::Speech, "message", TEXT),
    word("Flite", Means::Speech, "message", TEXT),
    word("Swift", Means::Speech, "message", TEXT),
    word("Cepstral", Means::Speech, "message", TEXT),
    word("Polly", Means::Speech, "message", TEXT),
    word("PicoTTS", Means::Speech, "message", TEXT),
    word("eSpeak", Means::Speech, "message", TEXT),
    word("MRCPSynth", Means::Speech, "message", TEXT),
    word("Wait", Means::Wait, "message", "a pause; up to two seconds alone are passed over"),
    word("WaitForSilence", Means::Nothing, "", "it waits for silence on the line"),
    word("WaitForNoise", Means::Nothing, "", "it waits for a noise on the line"),
    word("WaitForRing", Means::Nothing, "", "it waits for the line"),
    word("WaitUntil", Means::Nothing, "", "a pause of unknown length"),
    word("WaitDigit", Means::Nothing, "", "a pause that a key ends"),
    word("Goto", Means::Goto, "", "it only leads on; to a number that is put in, it is a decision between those that serve it"),
    word("GotoIf", Means::GotoIf, "decision", LOOPS),
    word("GotoIfTime", Means::GotoIfTime, "hours", "hours of a week are read; with days of a month or months they are unknown"),
    word("ExecIfTime", Means::ExecIfTime, "hours", "as GotoIfTime; what it runs counts"),
    word("Gosub", Means::Gosub, "subtree", CALLS),
    word("GosubIf", Means::GosubIf, "decision and subtree", CALLS),
    word("Macro", Means::Macro, "subtree", CALLS),
    word("MacroExclusive", Means::Macro, "subtree", CALLS),
    word("MacroIf", Means::MacroIf, "decision and subtree", CALLS),
    word("Return", Means::Return, "return", "its value is the exit"),
    word("MacroExit", Means::Return, "return", "out of a macro"),
    word("StackPop", Means::StackPop, "", "the subroutine is left for good"),
    word("While", Means::While, "decision", LOOPS),
    word("EndWhile", Means::EndWhile, "", "it only leads back"),
    word("ExitWhile", Means::ExitWhile, "", "it only leads on"),
    word("ContinueWhile", Means::ContinueWhile, "", "it only leads back"),
    word("ExecIf", Means::ExecIf, "decision", "a decision where callers notice what it runs"),
    word("Exec", Means::Exec, "", "what it runs counts"),
    word("TryExec", Means::Exec, "", "what it runs counts"),
    word("Set", Means::Set, "", "known values decide later conditions; a counter set back resets its loop"),
    word("SetVar", Means::Set, "", "as Set"),
    word("SetGlobalVar", Means::Set, "", "as Set"),
    word("MSet", Means::MSet, "", "as Set"),
    word("ARRAY", Means::System, "", "what it sets is unknown"),
    word("Queue", Means::Queue, "queue", "the wait is unknown; its time limit leads on to what follows"),
    word("QueueUpdate", Means::System, "", LOG),
    word("Dial", Means::Dial, "transfer", "a station is a person, a number beyond a trunk is unknown"),
    word("RetryDial", Means::Dial, "transfer", "as Dial"),
    word("FollowMe", Means::Dial, "transfer", "a person is looked for at several numbers"),
    word("Page", Means::Page, "transfer", "an announcement by loudspeaker"),
    word("Pickup", Means::Outgoing, "transfer", "a call of somebody else"),
    word("PickupChan", Means::Outgoing, "transfer", "a call of somebody else"),
    word("ChanSpy", Means::Outgoing, "transfer", "a call of somebody else"),
    word("ExtenSpy", Means::Outgoing, "transfer", "a call of somebody else"),
    word("ConfBridge", Means::Conference, "transfer", "who is in the conference is unknown"),
    word("MeetMe", Means::Conference, "transfer", "who is in the conference is unknown"),
    word("Konference", Means::Conference, "transfer", "who is in the conference is unknown"),
    word("MeetMeCount", Means::Say, "message", "the number of people in a conference"),
    word("VoiceMail", Means::Voicemail, "voicemail", "the call goes on behind it"),
    word("MinivmRecord", Means::Voicemail, "voicemail", "the call goes on behind it"),
    word("MinivmGreet", Means::Device, "message", "a greeting of unknown words"),
    word("VoiceMailMain", Means::Mailbox, "self-service", "the menus of Asterisk's own voicemail are not in the file"),
    word("VoiceMailPlayMsg", Means::Mailbox, "self-service", "the menus of Asterisk's own voicemail are not in the file"),
    word("MinivmAccMess", Means::Mailbox, "self-service", "the menus of Asterisk's own voicemail are not in the file"),
    word("Directory", Means::Directory, "collect and transfer", "a name is spelled on the keys, and the person is called"),
    word("Park", Means::Park, "transfer", "who takes the call up is unknown"),
    word("ParkAndAnnounce", Means::Park, "transfer", "who takes the call up is unknown"),
    word("ParkedCall", Means::Outgoing, "transfer", "a call of somebody else"),
    word("Authenticate", Means::Authenticate, "collect", "a secret with three attempts; the call ends when they fail"),
    word("VMAuthenticate", Means::Mailboxer, "collect", "a mailbox with its secret; the call ends when it fails"),
    word("Record", Means::Record, "voicemail", "who listens to it is not in the file"),
    word("Dictate", Means::Record, "voicemail", "as Record"),
    word("AGI", Means::Agi, "message", "a program of the server: what it says and does is unknown, except that of scripts for speech, whose prompts keys may interrupt"),
    word("DeadAGI", Means::Agi, "message", "as AGI"),
    word("EAGI", Means::Agi, "message", "as AGI"),
    word("FastAGI", Means::Agi, "message", "as AGI"),
    word("Stasis", Means::Outgoing, "transfer", "a program outside of the dial plan takes the call"),
    word("ExternalIVR", Means::Outgoing, "transfer", "a program outside of the dial plan takes the call"),
    word("AudioSocket", Means::Outgoing, "transfer", "a program outside of the dial plan takes the call"),
    word("SpeechBackground", Means::Device, "message", "what is understood of speech is unknown"),
    word("Transfer", Means::Transfer, "transfer", "the call leaves Asterisk"),
    word("DISA", Means::Outgoing, "transfer", "a dial tone: the caller dials on"),
    word("Originate", Means::System, "", "another call"),
    word("Bridge", Means::Outgoing, "transfer", "a call of somebody else"),
    word("Echo", Means::Device, "message", "a test of unknown length"),
    word("AgentLogin", Means::Outgoing, "transfer", "an agent logs in"),
    word("AddQueueMember", Means::System, "", "it concerns agents"),
    word("RemoveQueueMember", Means::System, "", "it concerns agents"),
    word("PauseQueueMember", Means::System, "", "it concerns agents"),
    word("UnpauseQueueMember", Means::System, "", "it concerns agents"),
    word("Hangup", Means::HangUp, "hang-up", "why is not in the file"),
    word("HangupCauseClear", Means::Nothing, "", LOG),
    word("Busy", Means::HangUp, "hang-up", "the busy tone"),
    word("Congestion", Means::HangUp, "hang-up", "the tone for congestion"),
    word("Zapateller", Means::Nothing, "", "a tone"),
    system("System"), system("TrySystem"), system("Curl"), system("MYSQL"), system("ODBC_Commit"), system("DBdel"),
    system("DBdeltree"), system("DBput"), system("DBget"), system("UserEvent"), system("SendText"), system("SendImage"),
    system("SendURL"), system("JabberSend"), system("LookupCIDName"), system("LookupBlacklist"), system("ChanIsAvail"),
    system("ReadFile"), system("EnumLookup"), system("SIPdtmfMode"), system("ADSIProg"), system("PrivacyManager"),
    system("AELSub"), system("SRAEAGI"), system("MinivmNotify"), system("MinivmDelete"), system("VMCount"),
    system("MailboxExists"), system("HasVoicemail"), system("HasNewVoicemail"), system("AMD"),
    passed("Answer", "the line is taken"),
    passed("Ringing", "the ringing tone"),
    passed("Progress", CHANNEL), passed("Proceeding", CHANNEL), passed("PreDial", CHANNEL), passed("SIPAddHeader", CHANNEL),
    passed("SIPRemoveHeader", CHANNEL), passed("SetCallerPres", CHANNEL), passed("SetCallerID", CHANNEL),
    passed("SetCIDName", CHANNEL), passed("SetCIDNum", CHANNEL), passed("CallingPres", CHANNEL), passed("SetAMAFlags", CHANNEL),
    passed("SetAccount", CHANNEL), passed("SetCDRUserField", CHANNEL), passed("AppendCDRUserField", CHANNEL),
    passed("SetLanguage", "it tells the language of the prompts"),
    passed("NoOp", LOG), passed("Verbose", LOG), passed("Log", LOG), passed("DumpChan", LOG), passed("CELGenUserEvent", LOG),
    passed("NoCDR", LOG), passed("ResetCDR", LOG), passed("ForkCDR", LOG),
    passed("MixMonitor", EAR), passed("StopMixMonitor", EAR), passed("Monitor", EAR), passed("StopMonitor", EAR),
    passed("PauseMonitor", EAR), passed("UnpauseMonitor", EAR), passed("JACK", EAR), passed("NVFaxDetect", EAR),
    passed("DigitTimeout", "as TIMEOUT(digit)"), passed("ResponseTimeout", "as TIMEOUT(response)"),
    passed("AbsoluteTimeout", "the longest time of a call"),
    passed("SendDTMF", "keys towards the far end"), passed("Flash", CHANNEL), passed("ClearHash", LOG),
    passed("ChannelRedirect", "another call"), passed("SoftHangup", "another call"), passed("ImportVar", LOG),
    passed("GetCPEID", CHANNEL), passed("RaiseException", "a mistake"), passed("QueueLog", LOG),
    passed("BlindTransfer", CHANNEL), passed("DAHDISendKeypadFacility", CHANNEL),
    passed("SendFrame", CHANNEL), passed("Incomplete", "it waits for more digits"), passed("CallCompletionRequest", CHANNEL),
    passed("CallCompletionCancel", CHANNEL), passed("ReceiveFAX", "a fax"), passed("SendFAX", "a fax"), passed("RxFAX", "a fax"),
    line("[context]", "", "a namespace of extensions; several of one name are one"),
    line("[name](!), [name](template)", "", "a template; what it holds counts as included"),
    line("exten => digit,1,...", "menu keys", "an option of every menu in this context"),
    line("exten => _pattern,1,...", "menu keys", "`X`, `Z`, `N`, `[...]`, `.`, `!`, matched and ordered as Asterisk does"),
    line("exten => i,1,...", "no-match", "without it a wrong key ends the call"),
    line("exten => t,1,...", "no-input", "without it silence ends the call"),
    line("exten => h,1,...", "", "what runs when the caller has hung up is not heard"),
    line("include => context", "menu keys", "what is not found in a context is looked for here"),
    line("include => context,times", "hours", "extensions that count at some hours"),
    line("#include file", "", "files that lie beside the dial plan are read with it"),
    line("switch => ...", "", "extensions of another server are unknown"),
    line("; comment", "prompt", "words behind Background, Playback and Read are the wording of the recording where they are prose"),
    line("autofallthrough=no", "menu", "an extension that runs out of priorities waits for keys"),
];
