//! The wording of the generated trees: templates whose slots are written `<slot>`.

/// What a branch of a tree is about: its name, how it is announced, what is asked, what is told.
pub(super) const TOPICS: [(&str, &str, &str, &str); 10] = [
    (
        "bills",
        "a question about your bill",
        "account number",
        "the amount due",
    ),
    (
        "orders",
        "an order that you have placed",
        "order number",
        "the state of your order",
    ),
    (
        "cards",
        "a lost or stolen card",
        "card number",
        "the state of your card",
    ),
    ("claims", "a claim", "claim number", "the state of your claim"),
    ("repairs", "a repair or a fault", "contract number", "the next visit"),
    ("returns", "a return or an exchange", "return number", "the refund"),
    ("bookings", "a booking", "booking number", "the details of your booking"),
    (
        "refills",
        "a prescription refill",
        "prescription number",
        "the day of your refill",
    ),
    ("visits", "an appointment", "patient number", "your next appointment"),
    ("parcels", "a parcel", "tracking number", "where your parcel is"),
];

pub(super) const COMPANIES: [&str; 8] = [
    "Northwind Bank",
    "Harbour Mutual Insurance",
    "Lakeside Clinics",
    "Evergreen Power and Light",
    "Pinecrest Outfitters",
    "Cascade Telephone",
    "Meridian Air",
    "Summit Home Services",
];

pub(super) const GREETINGS: [&str; 3] = [
    "Thank you for calling <company>.",
    "Welcome to <company>. Your call may be recorded for training and quality.",
    "Hello, you have reached <company>. For emergencies, hang up and dial 911.",
];

pub(super) const MARKETING: &str = " Did you know that you can do most things faster on our web site? Visit us at any \
time, day or night, to see your account, pay what you owe, and learn about this season's offers for new members.";

pub(super) const NOTICES: [&str; 3] = [
    "We are receiving more calls than usual, and answers may take two business days.",
    "Changes made today are shown on the next business day. Please keep your papers at hand.",
    "You will find the same information, with pictures, in the letter that we sent you last month.",
];

pub(super) const SUBJECTS: [&str; 8] = [
    "billing",
    "orders",
    "returns",
    "repairs",
    "new service",
    "claims",
    "refunds",
    "parcels",
];

pub(super) const HEAD: &str = r#"# <company>, line <number>. Owner: customer care. Reviewed every quarter.
phone-tree: 1
name: <company>, line <number>
line: "+1 800 555 0142"
language: en-US
entry: welcome

voice: {words-per-minute: <words>, pause-between-options: 500ms}

schedules:
  office:
    time-zone: America/<city>
    open:
      mon-fri: ["08:00-12:00", "13:00-20:00"]
      sat: "09:00-13:00"
    # Checked against the office calendar in autumn.
    closed-on: [2026-11-26, 2026-12-25, 2027-01-01, 2027-01-18, 2027-02-15, 2027-05-31, 2027-07-05]

callers:                       # from the tally of last spring
  <a>: {share: 45, served-by: [<a>-status, <a>-team]}
  <b>: {share: 35, served-by: [<b>-status, <b>-team, operator]}
  <c>: {share: 20, served-by: [<c>-team], urgent: true}

arrivals: {mon-fri: {"08:00-20:00": <calls> per hour}, sat: {"09:00-13:00": 40 per hour}}

pools:
  care: {agents: {mon-fri: {"08:00-20:00": <agents>}, sat: {"09:00-13:00": 4}}, handle-time: 6m, patience: 5m}

steps:
  welcome:
    kind: message
    purpose: greeting
    prompt: "<greeting><marketing>"<barge-in>
    then: office-hours

  office-hours:
    kind: hours
    schedule: office
    open: main
    closed: after-hours

  # The main menu: the order is that of the tally.
  main:
    kind: menu
    prompt: >-
      For <a-says>, press 1. For <b-says>, press 2.
      For <c-says>, press 3. For our address and opening hours, press 4.<stray>
     <operator> To hear this again, press star.
    reprompts:
      - "Sorry, I did not get that. For <a-says>, press 1. For <b-says>, press 2. For <c-says>, press 3."
    timeout: 5s
    attempts: 3
    keys:
      1: {to: <a>, label: <a>, share: 42%}
      2: {to: <b>, label: <b>}
      3: <c>
      4: address
      0: operator              # every menu has this
      "*": {to: main, role: repeat}<no-input>

  address:
    kind: message
    prompt: >-
      Our office is at 12 Main Street, on the second floor. We are open from Monday to Friday,
      from eight in the morning to noon, then from one to eight in the evening.
    then: <after-address>
"#;

pub(super) const TOPIC: &str = r#"
  <topic>:
    kind: menu
    prompt: >-
      You chose <says>. To hear <does>, press 1. For what is new, press 2.
      To speak to a person, press 0. To go back to the main menu, press star.
    reprompts: ["To hear <does>, press 1. For what is new, press 2. To speak to a person, press 0."]
    timeout: 5s
    attempts: 2
    keys:
      1: {to: <topic>-number, label: Hear <does>, share: 60%}
      2: <topic>-news
      0: <topic>-check
      "*": {to: main, role: main-menu}
    no-input: <topic>-check
    no-match: <topic>-check

  <topic>-news:
    kind: message
    purpose: notice
    prompt: <notice>
    then: <topic>

  <topic>-number:
    kind: collect
    collects: <datum>
    prompt: Please enter your <digits>-digit <spoken>, followed by the pound key. To speak to a person, press 0.
    reprompts: ["That number is not known to us. Please enter your <spoken> again."]
    digits: <digits>
    terminator: '#'
    source: <source>
    skip-if-known: true
    accepted: 92%
    attempts: 2
    keys: {0: <topic>-check}
    then: <topic>-status
    otherwise: <topic>-check

  <topic>-status:
    kind: self-service
    prompt: ["Here is <does>,", {value: <topic>-status, seconds: 4}, "as of this morning."]
    takes: 2s
    effect: reads
    succeeds: <succeeds>
    then: <topic>-more
    otherwise: <topic>-check

  <topic>-more:
    kind: menu
    prompt: To hear that again, press 1. To speak to a person, press 2. If you are done, you may hang up, or press 3.
    reprompts: ["To hear that again, press 1. To speak to a person, press 2."]
    attempts: 2
    keys: {1: <topic>-status, 2: <topic>-check, 3: goodbye}
    no-input: goodbye
    no-match: <topic>-check

  <topic>-check:
    kind: decision
    on: priority-customer
    cases:
      "yes": {to: operator, share: 10%}
    otherwise: <topic>-team

  <topic>-team:
    kind: queue
    wait: <wait>
    prompt: Please hold for the next person. Calls are answered in the order in which they come in.
    receives: [<datum>]
    announces: [position, expected-wait]
    keys: {2: {to: call-back, label: Call me back, announced: false}}
    overflow: {after: 10m, to: call-back}
"#;

pub(super) const TAIL: &str = r"
  operator:
    kind: queue
    pool: care
    prompt: Please hold. The next person who is free will take your call.
    announces: [expected-wait]<overflow>

  call-back:
    kind: callback
    prompt: We will call you back on the number from which you are calling.
    within: 2h
    owner: Customer care

  after-hours:
    kind: menu
    prompt: Our office is closed. To leave a message, press 1. To hear our address and opening hours, call again by day.
    attempts: 2
    keys: {1: message-box}
    no-input: message-box
    no-match: message-box

  message-box:
    kind: voicemail
    prompt: Please leave your name, your number and a short message after the tone.
    answered-within: 1 business day
    owner: Customer care
    then: goodbye

  goodbye: {kind: hang-up, prompt: Thank you for calling. Goodbye., reason: served}
";

pub(super) const BIG_HEAD: &str = r#"phone-tree: 1
name: One very large line
language: en-US
entry: s0

schedules:
  office: {time-zone: America/New_York, open: {mon-fri: "08:00-20:00", sat: "09:00-13:00"}}

steps:
"#;

pub(super) const BIG_MENU: &str = r#"  <name>:
    kind: menu
    prompt: For <first>, press 1. For <second>, press 2. For <third>, press 3.
    keys: {1: <one>, 2: <two>, 3: <three>, "*": <up>}
    no-input: <queue>
    no-match: <queue>
"#;

/// Menus are in the majority, as they are in real trees.
pub(super) const BIG_INNER: [&str; 4] = [
    BIG_MENU,
    BIG_MENU,
    "  <name>:\n    kind: decision\n    on: <name>\n    cases: {one: <one>, two: <two>}\n    otherwise: <three>\n",
    "  <name>: {kind: hours, schedule: office, open: <one>, closed: <two>, holiday: <three>}\n",
];

pub(super) const BIG_LEAVES: [&str; 6] = [
    "  <name>:\n    kind: message\n    prompt: Please have your papers on <first> at hand.\n    then: <onward>\n",
    "  <name>:\n    kind: collect\n    collects: order-number\n    prompt: Please enter your order number.\n    digits: 8\n    then: <onward>\n    otherwise: <queue>\n",
    "  <name>:\n    kind: self-service\n    prompt: One moment, please.\n    succeeds: 80%\n    then: <onward>\n    otherwise: <queue>\n",
    "  <name>: {kind: transfer, number: \"+1 800 555 0142\", reaches: person, unanswered: <onward>}\n",
    "  <name>: {kind: voicemail, prompt: Leave a message about <first>., owner: Care, answered-within: 2h}\n",
    "  <name>: {kind: hang-up, prompt: Thank you for calling about <first>. Goodbye., reason: served}\n",
];

pub(super) const BIG_QUEUE: &str = "  <name>: {kind: queue, wait: 2m, prompt: Please hold for the next person.}\n";
