//! What the constructs of Genesys Cloud Architect mean, as data for the importer and for the documentation.

use crate::import::page::Construct;

/// One construct.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its name in the file.
    pub name: &'static str,
    /// What the flow designer calls it.
    pub title: &'static str,
    /// What it does.
    pub means: Means,
    /// The kind of step that it becomes; empty where it is passed over.
    pub becomes: &'static str,
    /// What is to be known about that, or why it is passed over.
    pub note: &'static str,
}

/// What a construct does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described by the words that mean it")]
pub enum Means {
    Say,
    Collect,
    Decide,
    Switch,
    Hours,
    Acd,
    User,
    Group,
    Number,
    Flow,
    Voicemail,
    Extension,
    Callback,
    HangUp,
    Menu,
    Task,
    ToMenu,
    ToTask,
    Call,
    End,
    Previous,
    Repeat,
    Loop,
    NextLoop,
    ExitLoop,
    Bot,
    Module,
    Wait,
    System,
    Update,
    Nothing,
    Setting,
}

/// The construct of this name among the actions of tasks and the choices of menus.
#[must_use]
pub fn find(name: &str) -> Option<&'static Word> {
    WORDS
        .iter()
        .find(|word| word.name == name && word.means != Means::Setting)
}

/// Every construct, for the documentation.
#[must_use]
pub fn constructs() -> Vec<Construct> {
    let construct = |word: &Word| Construct {
        written: word.name.to_owned(),
        becomes: word.becomes,
        note: word.note,
    };
    WORDS.iter().map(construct).collect()
}

const fn word(
    name: &'static str,
    title: &'static str,
    means: Means,
    becomes: &'static str,
    note: &'static str,
) -> Word {
    Word {
        name,
        title,
        means,
        becomes,
        note,
    }
}

const fn system(name: &'static str, title: &'static str) -> Word {
    let note = "leads on, and to `error` when it fails; further outputs make it a decision";
    word(name, title, Means::System, "message", note)
}

const fn passed(name: &'static str, title: &'static str, why: &'static str) -> Word {
    word(name, title, Means::Nothing, "", why)
}

const fn setting(name: &'static str, title: &'static str, becomes: &'static str, note: &'static str) -> Word {
    word(name, title, Means::Setting, becomes, note)
}

const WAITS: &str = "how long callers wait is not in the file";
const FAR: &str = "what the far end is, is not in the file";
const LOGS: &str = "callers do not notice it";
const SCREEN: &str = "it concerns agents, and callers do not notice it";
const BOT: &str = "what the bot says and understands is not in the file; its outputs make it a decision";
const FLOW: &str = "a flow of this name among the files is followed; what another is, is not known";
const FAILS: &str = "a user or group answers; a failure goes where the failure output leads, and on from there";
const DATA: &str =
    "what it sets are facts that later decisions test; a counter that is compared at once becomes a loop";

/// Every construct that is understood: actions, choices of menus, settings.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    word("playAudio", "Play Audio", Means::Say, "message", "recordings have unknown wording"),
    word("playAudioOnSilence", "Play Audio on Silence", Means::Say, "message", "the silence before it is not counted"),
    word("collectInput", "Collect Input", Means::Collect, "collect or menu", "a menu where what is entered is compared with single keys at once; one attempt"),
    word("dialByExtension", "Dial by Extension", Means::Extension, "collect", "the extension that is dialled is called; which ones there are is not in the file"),
    word("decision", "Decision", Means::Decide, "decision", "one expression is one fact"),
    word("switch", "Switch", Means::Switch, "decision", "each case is the expression as written"),
    word("evaluateScheduleGroup", "Evaluate Schedule Group", Means::Hours, "hours", "the hours are not in the file; an output that is not written goes on"),
    system("evaluateSchedule", "Evaluate Schedule"),
    word("transferToAcd", "Transfer to ACD", Means::Acd, "queue", WAITS),
    word("transferToUser", "Transfer to User", Means::User, "transfer", FAILS),
    word("transferToGroup", "Transfer to Group", Means::Group, "transfer", FAILS),
    word("transferToNumber", "Transfer to Number", Means::Number, "transfer", FAR),
    word("transferToFlow", "Transfer to Flow", Means::Flow, "transfer", FLOW),
    word("transferToFlowSecure", "Transfer to Secure Flow", Means::Flow, "transfer", FLOW),
    word("transferToVoicemail", "Transfer to Voicemail", Means::Voicemail, "voicemail", "when it is answered is not in the file"),
    word("transferToUserVoicemail", "Transfer to Voicemail", Means::Voicemail, "voicemail", "when it is answered is not in the file"),
    word("transferToGroupVoicemail", "Transfer to Voicemail", Means::Voicemail, "voicemail", "when it is answered is not in the file"),
    word("createCallback", "Create Callback", Means::Callback, "callback", "when the call is returned is not in the file"),
    word("disconnect", "Disconnect", Means::HangUp, "hang-up", "why is not in the file"),
    word("jumpToMenu", "Jump to Menu", Means::ToMenu, "", "what leads to it leads to the menu"),
    word("jumpToTask", "Jump to Reusable Task", Means::ToTask, "", "what leads to it leads to the task"),
    word("changeState", "Change State", Means::ToTask, "", "what leads to it leads to the state"),
    word("callTask", "Call Task", Means::Call, "subtree", "each output path is an exit"),
    word("endTask", "End Task", Means::End, "return or hang-up", "a task that was not called ends the call"),
    word("endState", "End State", Means::End, "hang-up", "it ends the call"),
    word("previousMenu", "Previous Menu", Means::Previous, "", "the menu that the call came from; a decision where several are possible"),
    word("loop", "Loop", Means::Loop, "loop", "its name is the counter"),
    word("loopNext", "Next Loop", Means::NextLoop, "", "what leads to it leads to the loop"),
    word("nextLoop", "Next Loop", Means::NextLoop, "", "what leads to it leads to the loop"),
    word("loopExit", "Exit Loop", Means::ExitLoop, "message", "it starts the counter anew"),
    word("exitLoop", "Exit Loop", Means::ExitLoop, "message", "it starts the counter anew"),
    word("callBotFlow", "Call Bot Flow", Means::Bot, "transfer or decision", BOT),
    word("callDigitalBotFlow", "Call Digital Bot Flow", Means::Bot, "transfer or decision", BOT),
    word("callLexBot", "Call Lex Bot", Means::Bot, "transfer or decision", BOT),
    word("callLexV2Bot", "Call Lex V2 Bot", Means::Bot, "transfer or decision", BOT),
    word("callDialogflowBot", "Call Dialogflow Bot", Means::Bot, "transfer or decision", BOT),
    word("callDialogflowCXBot", "Call Dialogflow CX Bot", Means::Bot, "transfer or decision", BOT),
    word("callBot", "Call Bot", Means::Bot, "transfer or decision", BOT),
    word("callBotConnector", "Call Bot Connector", Means::Bot, "transfer or decision", BOT),
    word("callAudioConnector", "Call Audio Connector", Means::Bot, "transfer or decision", BOT),
    word("callCommonModule", "Call Common Module", Means::Module, "transfer", "what the module does is not followed; the flow goes on afterwards"),
    word("wait", "Wait", Means::Wait, "message", "a pause"),
    word("holdMusic", "Hold Music", Means::Say, "message", "music has no words"),
    word("detectSilence", "Detect Silence", Means::System, "message", "leads on; further outputs make it a decision"),
    system("callData", "Call Data Action"),
    system("callBridge", "Call Bridge Action"),
    system("dataTableLookup", "Data Table Lookup"),
    system("findQueue", "Find Queue"),
    system("findQueueById", "Find Queue by Id"),
    system("findUser", "Find User"),
    system("findUserById", "Find User by Id"),
    system("findUsersById", "Find Users by Id"),
    system("findGroup", "Find Group"),
    system("findSchedule", "Find Schedule"),
    system("findScheduleGroup", "Find Schedule Group"),
    system("findEmergencyGroup", "Find Emergency Group"),
    system("findSkill", "Find Skill"),
    system("findLanguageSkill", "Find Language Skill"),
    system("findUserPrompt", "Find User Prompt"),
    system("findSystemPrompt", "Find System Prompt"),
    system("getExternalContact", "Get External Contact"),
    system("getExternalOrganization", "Get External Organization"),
    system("searchExternalContacts", "Search External Contacts"),
    system("getConversationData", "Get Conversation Data"),
    system("setConversationData", "Set Conversation Data"),
    system("getEstimatedWaitTime", "Get Estimated Wait Time"),
    system("getQueueMetrics", "Get Queue Metrics"),
    system("getRateLimitedData", "Get Rate Limited Data"),
    system("getPositionInQueue", "Get Position in Queue"),
    system("sendResponse", "Send Response"),
    system("setExternalTag", "Set External Tag"),
    system("encryptData", "Encrypt Data"),
    system("decryptData", "Decrypt Data"),
    system("evaluateLists", "Evaluate Lists"),
    word("updateData", "Update Data", Means::Update, "", DATA),
    word("getParticipantData", "Get Participant Data", Means::Update, "", DATA),
    word("setParticipantData", "Set Participant Data", Means::Update, "", DATA),
    word("getSipHeaders", "Get SIP Headers", Means::Update, "", DATA),
    word("getSIPHeaders", "Get SIP Headers", Means::Update, "", DATA),
    word("getRawSIPHeaders", "Get SIP Headers", Means::Update, "", DATA),
    word("createMap", "Create Map", Means::Update, "", DATA),
    passed("setLanguage", "Set Language", "prompts behind it are taken to be in the flow's own language, and that is noted"),
    passed("setScreenPop", "Set Screen Pop", SCREEN),
    passed("setWhisperAudio", "Set Whisper Audio", "the agent hears it, no caller does"),
    passed("setWrapupCode", "Set Wrap-up Code", SCREEN),
    passed("setUUIData", "Set UUI Data", LOGS),
    passed("setPostFlow", "Set Post-Flow", "it is met after the conversation"),
    passed("setSkills", "Set Skills", "how calls are ordered within a queue is not simulated"),
    passed("enableParticipantRecord", "Enable Participant Recording", LOGS),
    passed("initializeFlowOutcome", "Initialize Flow Outcome", LOGS),
    passed("setFlowOutcome", "Set Flow Outcome", LOGS),
    passed("addFlowMilestone", "Add Flow Milestone", LOGS),
    passed("setLogLevel", "Set Log Level", LOGS),
    word("menuTask", "Task", Means::Task, "", "the option leads to its actions"),
    word("menuSubMenu", "Menu", Means::Menu, "menu", "the option leads to the menu inside of it"),
    word("subMenu", "Menu", Means::Menu, "menu", "the option leads to the menu inside of it"),
    word("menuMenu", "Menu", Means::Menu, "menu", "the option leads to the menu inside of it"),
    word("menuJumpToMenu", "Jump to Menu", Means::ToMenu, "", "the option leads to the menu"),
    word("menuJumpToTask", "Jump to Reusable Task", Means::ToTask, "", "the option leads to the task"),
    word("menuTransferToAcd", "Transfer to ACD", Means::Acd, "queue", "what follows a failed transfer is not in the file"),
    word("menuTransferToUser", "Transfer to User", Means::User, "transfer", "a user answers"),
    word("menuTransferToGroup", "Transfer to Group", Means::Group, "transfer", "a group answers"),
    word("menuTransferToNumber", "Transfer to Number", Means::Number, "transfer", FAR),
    word("menuTransferToFlow", "Transfer to Flow", Means::Flow, "transfer", FLOW),
    word("menuTransferToFlowSecure", "Transfer to Secure Flow", Means::Flow, "transfer", FLOW),
    word("menuTransferToVoicemail", "Transfer to Voicemail", Means::Voicemail, "voicemail", "when it is answered is not in the file"),
    word("menuDialByExtension", "Dial by Extension", Means::Extension, "collect", "which extensions there are is not in the file"),
    word("menuDialByName", "Dial by Name", Means::Extension, "collect", "which people there are is not in the file"),
    word("menuDisconnect", "Disconnect", Means::HangUp, "hang-up", "why is not in the file"),
    word("menuRepeatMenu", "Repeat Menu", Means::Repeat, "", "an option with the role `repeat`"),
    word("menuReplay", "Repeat Menu", Means::Repeat, "", "an option with the role `repeat`"),
    word("menuPreviousMenu", "Previous Menu", Means::Previous, "", "an option with the role `back`"),
    setting("inboundCall", "Inbound call flow", "phone tree", "each is one line"),
    setting("initialGreeting", "Initial greeting", "message", "heard before the first menu or task"),
    setting("startUpRef", "Starting menu or task", "`entry`", ""),
    setting("menus / menu", "Reusable menu", "menu", "the untouched main menu of a new flow is left out where nothing leads to it"),
    setting("tasks / task, states / state", "Reusable task", "its actions, each leading to the next", "behind the last action the call ends"),
    setting("dtmf", "Key", "a key of the menu", "`digit_0` to `digit_9`, `digit_star`, `digit_pound`"),
    setting("speechRecTerms", "Speech recognition terms", "`says` of the option", "in the flow's own language, where speech is recognised at all"),
    setting("globalDtmf, globalSpeechRecTerms", "Global choice", "an option of every menu", "it does not work while data are entered"),
    setting("defaultChildMenuRef", "Default menu choice", "`no-input` and `no-match`", "without one the line drops after the last attempt"),
    setting("repeatCount", "Menu repeat count", "`attempts`", "how often the prompt is played; 3 unless said"),
    setting("menuSelectionTimeout", "Menu selection timeout", "`timeout`", "10s unless said"),
    setting("noEntryTimeout, interDigitTimeout", "Time-outs of entries", "`timeout`, `inter-digit`", "5s and 3s unless said; 6s between digits of an extension"),
    setting("noValue", "Inherited setting", "", "the flow's own setting holds"),
    setting("listenForExtensionDialing", "Extension dialing", "", "callers who know an extension can dial it in a menu, unless this is false; whom they reach is noted as unknown"),
    setting("settingsErrorHandling", "Error handling", "", "failures of the platform itself are not simulated"),
    setting("failureTransferAudio", "Failed transfer audio", "message", "before the failure output; passed over in menus, which have none"),
    setting("overrideInQueueFlow", "In-queue flow", "", "what is heard in the queue is not followed"),
    setting("{{name}}", "Substitution", "words that are not known", "a file with further template notation has to be rendered first"),
];
