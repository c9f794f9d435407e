//! What the block types of Amazon Connect mean, as data for the importer and for the documentation.

use crate::import::page::Construct;

/// One type of block.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its name in the file.
    pub name: &'static str,
    /// Its `target` in the older notation, where one name has several.
    pub target: &'static str,
    /// What the flow designer calls it.
    pub title: &'static str,
    /// What it does.
    pub means: Means,
    /// The kind of step that it becomes; empty where it is passed over.
    pub becomes: &'static str,
    /// What is to be known about that, or why it is passed over.
    pub note: &'static str,
    /// The values that it renews, by the beginning of their path; empty where there are none.
    pub renews: &'static str,
}

/// What a block does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described by the words that mean it")]
pub enum Means {
    Say,
    Listen,
    Bot,
    Compare,
    Share,
    Loop,
    Hours,
    Metric,
    TargetQueue,
    Queue,
    Hold,
    Flow,
    Number,
    Agent,
    Callback,
    HangUp,
    End,
    Wait,
    Attributes,
    Hooks,
    System,
    Module,
    Nothing,
}

impl Means {
    /// Whether a caller notices the block.
    #[must_use]
    pub const fn is_met(self) -> bool {
        matches!(
            self,
            Self::Say
                | Self::Listen
                | Self::Bot
                | Self::Queue
                | Self::Flow
                | Self::Number
                | Self::Agent
                | Self::Callback
                | Self::HangUp
                | Self::Module
        )
    }
}

/// Every type, for the documentation.
#[must_use]
pub fn constructs() -> Vec<Construct> {
    let construct = |word: &Word| Construct {
        written: match word.target {
            "" => word.name.to_owned(),
            target => format!("{} ({target})", word.name),
        },
        becomes: word.becomes,
        note: word.note,
    };
    WORDS.iter().map(construct).collect()
}

/// The type of this name.
#[must_use]
pub fn find(name: &str, target: &str) -> Option<&'static Word> {
    WORDS
        .iter()
        .find(|word| word.name == name && (word.target.is_empty() || word.target == target))
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
        target: "",
        title,
        means,
        becomes,
        note,
        renews: "",
    }
}

const fn to(target: &'static str, word: Word) -> Word {
    Word { target, ..word }
}

const fn renews(prefix: &'static str, word: Word) -> Word {
    Word { renews: prefix, ..word }
}

const fn passed(name: &'static str, title: &'static str, why: &'static str) -> Word {
    word(name, title, Means::Nothing, "", why)
}

const fn system(name: &'static str, title: &'static str, prefix: &'static str) -> Word {
    let note =
        "a step without a prompt that leads on, and to `error` when it fails; further outcomes make it a decision";
    renews(prefix, word(name, title, Means::System, "message", note))
}

const LOGS: &str = "callers do not notice logging or recording";
const ROUTES: &str = "how calls are ordered within a queue is not simulated";
const SCREEN: &str = "it concerns agents' or other channels' screens";
const WAITS: &str = "how long callers wait is not in the file";
const FAR: &str = "what the far end is, is not in the file";
const LEAVES: &str = "whatever invoked the flow takes the call back, and that is not in the file";
const HOOKED: &str = "the flow that it names stands elsewhere, and what callers hear of it is unknown";
const STORED: &str = "a menu where the entry is compared with single keys at once";

/// Every type of block that is understood, the newer notation first.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    word("MessageParticipant", "Play prompt", Means::Say, "message", "recordings have unknown wording"),
    word("GetParticipantInput", "Get customer input", Means::Listen, "menu or collect", STORED),
    renews("$.Lex.", word("ConnectParticipantWithLexBot", "Get customer input", Means::Bot, "menu", "intents are options without keys; what callers say is unknown")),
    word("MessageParticipantIteratively", "Loop prompts", Means::Hold, "queue", WAITS),
    word("Compare", "Check contact attributes", Means::Compare, "decision", "one path is one fact"),
    word("DistributeByPercentage", "Distribute by percentage", Means::Share, "decision", "decided afresh at every call of the block"),
    word("Loop", "Loop", Means::Loop, "loop", "its identifier is the counter"),
    word("CheckHoursOfOperation", "Check hours of operation", Means::Hours, "hours", "the hours are not in the file"),
    word("CheckMetricData", "Check queue status", Means::Metric, "decision", "staffing is decided afresh at every check"),
    word("UpdateContactTargetQueue", "Set working queue", Means::TargetQueue, "", "it names the queue that follows"),
    word("TransferContactToQueue", "Transfer to queue", Means::Queue, "queue", WAITS),
    word("DequeueContactAndTransferToQueue", "Transfer to queue", Means::Queue, "queue", WAITS),
    word("TransferToQueue", "Transfer to queue", Means::Queue, "queue", WAITS),
    word("TransferParticipantToQueue", "Transfer to queue", Means::Queue, "queue", WAITS),
    word("TransferToFlow", "Transfer to flow", Means::Flow, "transfer", FAR),
    word("TransferParticipantToThirdParty", "Transfer to phone number", Means::Number, "transfer", FAR),
    word("TransferContactToAgent", "Transfer to agent", Means::Agent, "agent", "an agent answers at once"),
    word("CreateCallbackContact", "Transfer to queue: callback", Means::Callback, "callback", "when the call is returned is not in the file"),
    word("DisconnectParticipant", "Disconnect", Means::HangUp, "hang-up", "why is not in the file"),
    word("EndFlowExecution", "End flow / resume", Means::End, "transfer", LEAVES),
    word("EndFlowModuleExecution", "Return", Means::End, "transfer", LEAVES),
    word("Wait", "Wait", Means::Wait, "message", "a pause"),
    word("UpdateContactAttributes", "Set contact attributes", Means::Attributes, "", "what it sets are facts that later decisions test"),
    word("UpdateFlowAttributes", "Set contact attributes", Means::Attributes, "", "what it sets are facts that later decisions test"),
    word("UpdateContactEventHooks", "Set event flow", Means::Hooks, "", HOOKED),
    renews("$.Attributes.", word("InvokeFlowModule", "Invoke module", Means::Module, "transfer", "what the module does is not in the file; the flow goes on afterwards")),
    system("InvokeLambdaFunction", "AWS Lambda function", "$.External."),
    system("GetMetricData", "Get queue metrics", "$.Metrics."),
    system("GetCustomerProfile", "Customer profiles", "$.Customer."),
    system("GetCustomerProfileObject", "Customer profiles", "$.Customer."),
    system("GetCalculatedAttributesForCustomerProfile", "Customer profiles", "$.Customer."),
    system("CreateCustomerProfile", "Customer profiles", "$.Customer."),
    system("UpdateCustomerProfile", "Customer profiles", "$.Customer."),
    system("AssociateContactToCustomerProfile", "Customer profiles", "$.Customer."),
    system("GetCase", "Cases", "$.Case."),
    system("CreateCase", "Cases", "$.Case."),
    system("UpdateCase", "Cases", "$.Case."),
    system("CreateTask", "Create task", "$.Task."),
    system("CheckVoiceId", "Check Voice ID", "$.VoiceId."),
    system("CheckOutboundCallStatus", "Check call progress", "$.Outbound."),
    system("LoadContactContent", "Get stored content", "$.StoredContent."),
    system("AuthenticateParticipant", "Authenticate customer", "$.Authentication."),
    system("EvaluateDataTableValues", "Data table", "$.DataTables."),
    system("UpsertDataTableValues", "Data table", "$.DataTables."),
    system("StartOutboundChatContact", "Send message", "$.Outbound."),
    system("UpdateContactCallbackNumber", "Set callback number", "$.CallbackNumber"),
    system("CreateWisdomSession", "Connect assistant", "$.Wisdom."),
    passed("UpdateContactTextToSpeechVoice", "Set voice", "it tells the language of the prompts"),
    passed("UpdateContactData", "Set contact attributes", "it tells the language of the prompts"),
    passed("UpdateFlowLoggingBehavior", "Set logging behavior", LOGS),
    passed("UpdateContactRecordingBehavior", "Set recording behavior", LOGS),
    passed("UpdateContactRecordingAndAnalyticsBehavior", "Set recording, analytics and processing behavior", LOGS),
    passed("UpdateContactMediaStreamingBehavior", "Start media streaming", LOGS),
    passed("UpdateContactMediaProcessing", "Set recording, analytics and processing behavior", LOGS),
    passed("UpdateContactRoutingBehavior", "Change routing priority / age", ROUTES),
    passed("UpdateContactRoutingCriteria", "Set routing criteria", ROUTES),
    passed("UpdateRoutingCriteria", "Set routing criteria", ROUTES),
    passed("UpdatePreviousContactParticipantState", "Hold customer or agent", "it concerns the agent's leg of the call"),
    passed("CreatePersistentContactAssociation", "Create persistent contact association", SCREEN),
    passed("CompleteOutboundCall", "Call phone number", "it concerns outbound calls"),
    passed("ShowView", "Show view", SCREEN),
    passed("ResumeContact", "Resume contact", SCREEN),
    passed("TagContact", "Contact tags", LOGS),
    passed("UnTagContact", "Contact tags", LOGS),
    passed("StartVoiceIdStream", "Set Voice ID", LOGS),
    passed("Start", "Entry", "it only leads on"),
    word("PlayPrompt", "Play prompt", Means::Say, "message", "recordings have unknown wording"),
    to("Lex", renews("$.Lex.", word("GetUserInput", "Get customer input", Means::Bot, "menu", "intents are options without keys; what callers say is unknown"))),
    word("GetUserInput", "Get customer input", Means::Listen, "menu", "options are keys"),
    word("StoreUserInput", "Store customer input", Means::Listen, "menu or collect", STORED),
    word("LoopPrompts", "Loop prompts", Means::Hold, "queue", WAITS),
    word("CheckAttribute", "Check contact attributes", Means::Compare, "decision", "one path is one fact"),
    word("CheckStaffing", "Check staffing", Means::Metric, "decision", "staffing is decided afresh at every check"),
    word("CheckQueueStatus", "Check queue status", Means::Metric, "decision", "the state of a queue is decided afresh at every check"),
    word("Distribute", "Distribute by percentage", Means::Share, "decision", "decided afresh at every call of the block"),
    word("SetQueue", "Set working queue", Means::TargetQueue, "", "it names the queue that follows"),
    to("Queue", word("Transfer", "Transfer to queue", Means::Queue, "queue", WAITS)),
    to("Flow", word("Transfer", "Transfer to flow", Means::Flow, "transfer", FAR)),
    to("PhoneNumber", word("Transfer", "Transfer to phone number", Means::Number, "transfer", FAR)),
    to("Agent", word("Transfer", "Transfer to agent", Means::Agent, "agent", "an agent answers at once")),
    to("Callback", word("Transfer", "Transfer to queue: callback", Means::Callback, "callback", "when the call is returned is not in the file")),
    word("Callback", "Transfer to queue: callback", Means::Callback, "callback", "when the call is returned is not in the file"),
    word("TransferToAgent", "Transfer to agent", Means::Agent, "agent", "an agent answers at once"),
    word("Disconnect", "Disconnect", Means::HangUp, "hang-up", "why is not in the file"),
    word("Resume", "End flow / resume", Means::End, "transfer", LEAVES),
    word("EndFlow", "End flow / resume", Means::End, "transfer", LEAVES),
    word("SetAttributes", "Set contact attributes", Means::Attributes, "", "what it sets are facts that later decisions test"),
    word("SetEventHook", "Set event flow", Means::Hooks, "", HOOKED),
    word("SetContactFlow", "Set whisper or queue flow", Means::Hooks, "", HOOKED),
    system("InvokeExternalResource", "AWS Lambda function", "$.External."),
    system("GetQueueMetrics", "Get queue metrics", "$.Metrics."),
    system("SetCallBackNumber", "Set callback number", "$.CallbackNumber"),
    passed("SetVoice", "Set voice", "it tells the language of the prompts"),
    passed("SetLoggingBehavior", "Set logging behavior", LOGS),
    passed("SetRecordingBehavior", "Set recording behavior", LOGS),
    passed("StartMediaStreaming", "Start media streaming", LOGS),
    passed("StopMediaStreaming", "Stop media streaming", LOGS),
    passed("SetQueuePriority", "Change routing priority / age", ROUTES),
    passed("ChangeRoutingPriority", "Change routing priority / age", ROUTES),
    passed("HoldCustomerOrAgent", "Hold customer or agent", "it concerns the agent's leg of the call"),
];
