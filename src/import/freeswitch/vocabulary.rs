//! What the words of `FreeSWITCH`'s configuration mean, as data for the importer and for the documentation.

/// One word.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// As it is written.
    pub name: &'static str,
    /// Where it is written.
    pub place: Place,
    /// What it does, where it is an application.
    pub means: Means,
    /// What it becomes; empty where it is passed over.
    pub becomes: &'static str,
    /// What is to be known about that, or why it is passed over.
    pub note: &'static str,
}

/// Where a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An attribute of `<menu>`.
    Menu,
    /// The action of an `<entry>`.
    Entry,
    /// How a sound is written.
    Sound,
    /// A part of the dial plan.
    DialPlan,
    /// An application, in an `<action>` or behind `menu-exec-app`.
    Application,
    /// Elsewhere in the configuration.
    Elsewhere,
}

/// What an application does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described by the words that mean it")]
pub enum Means {
    Bridge,
    Collect,
    Far,
    HangUp,
    Menu,
    Nothing,
    Play,
    Phrase,
    Queue,
    Redirect,
    Run,
    Say,
    Script,
    Set,
    Sleep,
    Speak,
    Transfer,
    Voicemail,
}

impl Means {
    /// Whether callers only hear something.
    #[must_use]
    pub const fn is_heard(self) -> bool {
        matches!(self, Self::Play | Self::Phrase | Self::Say | Self::Sleep | Self::Speak)
    }

    /// Whether nothing that stands behind it is done.
    #[must_use]
    pub const fn is_last(self) -> bool {
        matches!(self, Self::HangUp | Self::Redirect | Self::Transfer)
    }
}

/// The application of this name, in small letters.
#[must_use]
pub fn application(name: &str) -> Option<&'static Word> {
    WORDS
        .iter()
        .find(|word| word.place == Place::Application && word.name == name)
}

const fn word(place: Place, name: &'static str, becomes: &'static str, note: &'static str) -> Word {
    Word {
        name,
        place,
        means: Means::Nothing,
        becomes,
        note,
    }
}

const fn menu(name: &'static str, becomes: &'static str, note: &'static str) -> Word {
    word(Place::Menu, name, becomes, note)
}

const fn app(name: &'static str, means: Means, becomes: &'static str, note: &'static str) -> Word {
    Word {
        name,
        place: Place::Application,
        means,
        becomes,
        note,
    }
}

const fn silent(name: &'static str) -> Word {
    app(name, Means::Nothing, "", "callers do not notice it")
}

const fn script(name: &'static str) -> Word {
    app(
        name,
        Means::Script,
        "transfer",
        "what the program does is not in the configuration",
    )
}

const PASSED: &str = "it changes nothing that is audited";

/// Every word that is understood.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    menu("name", "menu", "its name; `menu-sub` and `ivr` lead to it"),
    menu("greet-long", "prompt", "heard on entering; a menu without it never listens"),
    menu("greet-short", "reprompts", "heard from the second time on; `greet-long` again where there is none"),
    menu("invalid-sound", "reprompts", "heard after a wrong key, before the greeting"),
    menu("exit-sound", "message", "heard when the menu that `ivr` began is left"),
    menu("transfer-sound", "message", "heard before a `transfer`"),
    menu("timeout", "timeout", "milliseconds; 10 seconds where it is 0 or missing"),
    menu("inter-digit-timeout", "inter-digit", "milliseconds until a key acts where another may follow; half of `timeout` where it is 0 or missing"),
    menu("max-failures", "attempts", "wrong keys that are borne; 3 where it is 0 or missing"),
    menu("max-timeouts", "attempts", "times of silence that are borne; as `max-failures` where it is missing, 3 where it is 0"),
    menu("exec-on-max-failures", "no-match", "an application, done after the last wrong key"),
    menu("exec-on-max-timeouts", "no-input", "an application, done after the last silence"),
    menu("digit-len", "digits", "how many keys are awaited at most; longer options cannot be chosen, and after fewer keys it is waited for more"),
    menu("pin", "collect", "asked for before the menu, three times; the menu is left where it is wrong"),
    menu("pin-file", "prompt", "what asks for the `pin`"),
    menu("bad-pin-file", "reprompts", "heard after a wrong `pin`"),
    menu("confirm-macro", "", "what asks whether the keys were meant; noted as unknown"),
    menu("confirm-key", "", "belongs to `confirm-macro`"),
    menu("confirm-attempts", "", "belongs to `confirm-macro`"),
    menu("tts-engine", "", PASSED),
    menu("tts-voice", "", PASSED),
    word(Place::Entry, "menu-exec-app", "option", "what the application becomes; when it is over, the menu is heard again"),
    word(Place::Entry, "menu-sub", "option", "leads to another menu, which returns here when it ends; a subtree where several menus lead to one"),
    word(Place::Entry, "menu-top", "option", "back to the menu that `ivr` began"),
    word(Place::Entry, "menu-back", "option", "back to the menu that led here; at the first menu, out of it"),
    word(Place::Entry, "menu-exit", "option", "out of all menus: the exit sound, then what follows `ivr`"),
    word(Place::Entry, "menu-play-sound", "message", "then the menu again"),
    word(Place::Entry, "menu-call-transfer", "option", "an old action; FreeSWITCH builds no menu with it"),
    word(Place::Entry, "menu-exec-api", "transfer", "an old action; FreeSWITCH builds no menu with it"),
    word(Place::Entry, "digits", "keys", "several digits, or `/^...$/`, which becomes patterns of keys"),
    word(Place::Sound, "say:", "text", "the words, also behind `say:engine:voice:`; `${...}` is a value"),
    word(Place::Sound, "phrase:", "prompt", "the parts of the macro where it is among the files, else a recording of unknown wording"),
    word(Place::Sound, "file_string://", "prompt", "its parts, between `!`"),
    word(Place::Sound, "silence_stream://", "pause", "milliseconds"),
    word(Place::Sound, "tone_stream://", "", "a tone has no words"),
    word(Place::Sound, "*.wav", "audio", "a recording; its wording is unknown"),
    word(Place::DialPlan, "<context>", "", "extensions are tried in order within it"),
    word(Place::DialPlan, "<extension>", "steps", "in the order in which they are tried; `continue` goes on to the next"),
    word(Place::DialPlan, "<condition field>", "decision", "the number that is dialled is compared at once; what is known in a call only is decided there"),
    word(Place::DialPlan, "<regex>", "decision", "one of several tests of a condition"),
    word(Place::DialPlan, "wday, hour, minute, minute-of-day, time-of-day", "hours", "with the schedule that they say"),
    word(Place::DialPlan, "mon, mday, mweek, week, yday, year, date-time", "decision", "no week says it"),
    word(Place::DialPlan, "break", "", "`on-false`, `on-true`, `always` and `never` are followed"),
    word(Place::DialPlan, "<anti-action>", "steps", "where the condition does not hold"),
    app("answer", Means::Nothing, "", "calls are answered"),
    app("playback", Means::Play, "message", "cannot be interrupted"),
    app("endless_playback", Means::Play, "message", "taken as heard once"),
    app("loop_playback", Means::Play, "message", "taken as heard once"),
    app("play_fsv", Means::Play, "message", "a recording"),
    app("speak", Means::Speak, "message", "`engine|voice|words`"),
    app("phrase", Means::Phrase, "message", "as `phrase:`"),
    app("say", Means::Say, "message", "a value that is spoken"),
    app("sleep", Means::Sleep, "message", "a pause"),
    app("gentones", Means::Nothing, "", "a tone has no words"),
    app("ivr", Means::Menu, "menu", "the menu of that name; what follows is done when it is left"),
    app("play_and_get_digits", Means::Collect, "collect", "a menu where one key is used in a `transfer` behind it, or asked for by conditions there"),
    app("read", Means::Collect, "collect", "as `play_and_get_digits`, asked once"),
    app("transfer", Means::Transfer, "", "what the first extension that fits does; unknown where its context is not among the files"),
    app("execute_extension", Means::Run, "", "as `transfer`, and then what follows"),
    app("bridge", Means::Bridge, "transfer", "reaches a person at `user/`, `group/` or a registered telephone; a gateway leads out"),
    app("group", Means::Nothing, "", PASSED),
    app("callcenter", Means::Queue, "queue", "`max-wait-time` is taken from the queue where it is among the files"),
    app("fifo", Means::Queue, "queue", "`in`; an agent's `out` is passed over"),
    app("voicemail", Means::Voicemail, "voicemail", "`check` is the owner's own mailbox, and leads out"),
    app("hangup", Means::HangUp, "hang-up", "calls end at the end of an extension too"),
    app("respond", Means::HangUp, "hang-up", "the call is refused"),
    app("deflect", Means::Redirect, "transfer", "the call is handed to another number"),
    app("redirect", Means::Redirect, "transfer", "the call is handed to another number"),
    app("conference", Means::Far, "transfer", "who is in a conference is not known"),
    app("park", Means::Far, "transfer", "what takes a parked call is not known"),
    app("valet_park", Means::Far, "transfer", "who takes a parked call is not known"),
    app("echo", Means::Far, "transfer", "a test of the line"),
    app("delay_echo", Means::Far, "transfer", "a test of the line"),
    app("intercept", Means::Far, "transfer", "which call is taken is not known"),
    app("eavesdrop", Means::Far, "transfer", "which call is heard is not known"),
    app("rxfax", Means::Far, "transfer", "a fax is received"),
    app("txfax", Means::Far, "transfer", "a fax is sent"),
    app("record", Means::Far, "transfer", "what becomes of the recording is not known"),
    app("att_xfer", Means::Far, "transfer", "a call between two others"),
    app("directory", Means::Far, "transfer", "whom the directory leads to is not known"),
    script("lua"),
    script("javascript"),
    script("python"),
    script("perl"),
    script("socket"),
    script("httapi"),
    script("managed"),
    app("set", Means::Set, "sets", "facts that conditions test"),
    app("export", Means::Set, "sets", "as `set`"),
    silent("pre_answer"), silent("ring_ready"), silent("multiset"), silent("unset"), silent("hash"), silent("db"),
    silent("log"), silent("info"), silent("event"), silent("eval"), silent("bind_meta_app"), silent("unbind_meta_app"),
    silent("bind_digit_action"), silent("digit_action_set_realm"), silent("clear_digit_action"), silent("record_session"),
    silent("stop_record_session"), silent("start_dtmf"), silent("stop_dtmf"), silent("limit"), silent("limit_execute"),
    silent("sched_hangup"), silent("sched_transfer"), silent("sched_broadcast"), silent("privacy"), silent("set_user"),
    silent("set_profile_var"), silent("set_global"), silent("set_name"), silent("verbose_events"), silent("presence"),
    silent("break"), silent("check_acl"), silent("conference_set_auto_outcall"), silent("export_vars"), silent("flush_dtmf"),
    silent("push"), silent("enum"), silent("lcr"), silent("media_reset"), silent("bypass_media"), silent("sofia_sla"),
    silent("stop_displace_session"), silent("displace_session"), silent("spandsp_start_dtmf"), silent("soundtouch"),
    silent("jitterbuffer"), silent("send_display"), silent("send_info"), silent("chat"), silent("fire"), silent("mkdir"),
    silent("system"), silent("bgsystem"), silent("nibblebill"), silent("cidlookup"), silent("set_audio_level"), silent("mutex"),
    silent("send_dtmf"), silent("queue_dtmf"), silent("esf_page_group"), silent("vad_test"), silent("ladspa_run"),
    silent("stop"), silent("stop_tone_detect"), silent("tone_detect"), silent("spandsp_start_fax_detect"), silent("avmd_start"),
    word(Place::Elsewhere, "<macro>", "prompt", "a phrase: the parts of the first pattern that fits"),
    word(Place::Elsewhere, "X-PRE-PROCESS cmd=\"set\"", "", "put in for `$${...}`; `default_language` is the language of the prompts"),
    word(Place::Elsewhere, "X-PRE-PROCESS cmd=\"include\"", "", "within a context, the files that it names follow there"),
    word(Place::Elsewhere, "<queue>", "", "`max-wait-time` ends the wait of `callcenter`"),
];
