//! The words of recordings that come with Asterisk.

/// The words of one of Asterisk's own recordings, by the name that plays it; logarithmic.
///
/// Source: Asterisk Core Sounds in English, `core-sounds-en.txt`, release 1.6.1, spoken by Allison Smith, Digium 2015.
#[must_use]
pub fn words(file: &str) -> Option<&'static str> {
    let name = file.strip_prefix("en/").unwrap_or(file);
    let at = SOUNDS.binary_search_by_key(&name, |(name, _)| name).ok()?;
    SOUNDS.get(at).map(|(_, words)| *words)
}

/// Recordings by name, in the order of the names.
#[rustfmt::skip]
const SOUNDS: &[(&str, &str)] = &[
    ("activated", "Activated."),
    ("added", "Added."),
    ("agent-alreadyon", "That agent is already logged on. Please enter your agent number followed by the pound key."),
    ("agent-incorrect", "Login incorrect. Please enter your agent number followed by the pound key."),
    ("agent-loggedoff", "Agent Logged off."),
    ("agent-loginok", "Agent logged in."),
    ("agent-pass", "Please enter your password followed by the pound key."),
    ("agent-user", "Agent login. Please enter your agent number followed by the pound key."),
    ("all-circuits-busy-now", "All circuits are busy now."),
    ("auth-incorrect", "Password incorrect. Please enter your password followed by the pound key."),
    ("auth-thankyou", "Thank you."),
    ("basic-pbx-ivr-main", "Thank you for calling Super Awesome Company, Waldo's premier provider of perfect products. If you know your party's extension, you may dial it at any time. To establish a sales partnership, press one. To speak with a customer advocate, press two. For accounting and other receivables, press three. For a company directory, press four. For an operator, press zero."),
    ("calling", "Calling."),
    ("cannot-complete-as-dialed", "Your call cannot be completed as dialed."),
    ("check-number-dial-again", "Please check the number and dial again."),
    ("conf-getconfno", "Please enter your conference number followed by the pound key."),
    ("conf-getpin", "Please enter the conference pin number."),
    ("conf-invalid", "That is not a valid conference number. Please try again."),
    ("conf-invalidpin", "That pin is invalid for this conference."),
    ("conf-onlyperson", "You are currently the only person in this conference."),
    ("conf-placeintoconf", "You will now be placed into the conference."),
    ("demo-abouttotry", "I am about to attempt an Inter-Asterisk Exchange connection to a demonstration server located at Digium. In order for this to work you must already be connected to the Internet. Please wait a moment while I attempt to make the connection."),
    ("demo-congrats", "Congratulations. You have successfully installed and executed the Asterisk open source PBX. You have also installed a set of sample sounds and configuration files that should help you to get started. Like a normal PBX you will navigate this demonstration by dialing digits. If you are using a console channel driver instead of a real phone you can use the dial, answer, and hang up commands to simulate the actions of a standard telephone."),
    ("demo-echodone", "The echo test has been completed."),
    ("demo-echotest", "You are about to enter an echo test. In this mode everything you say will be repeated back to you just as soon as it is received. The purpose of this test is to give you an audible sense of the latency between you and the machine that is running the echo test application. You may end the test by hanging up or by pressing the pound key."),
    ("demo-enterkeywords", "Please enter one or more keywords separated by * and then press the pound key."),
    ("demo-instruct", "If you would like to learn more technical information about Asterisk dial 2 now. If you'd like to test out the voice over IP capabilities of Asterisk you can dial 500 to attempt an Inter-Asterisk Exchange or IAX connection to a demonstration server at Digium. In order for this test to work you will need to be connected to the Internet and have at least a 28.8 kilobit modem. To execute an echo test dial 600. This test is most useful when you have connected to this Asterisk server from a remote location. The sample configuration also has a single user with extension 1234 and password 4242. That user is configured to ring the console when their extension is dialed. If you dial 1234 you can try to ring the console. If the console is busy or unavailable you will be given the option to leave voicemail. To check voice mail for the user dial extension 8500 to enter the voicemail system. Finally, you can press the pound key to disconnect from the PBX."),
    ("demo-moreinfo", "Asterisk is an Open Source full-featured PBX and IVR platform that runs on the linux operating system. For more information, visit www.asterisk.org."),
    ("demo-nogo", "I am afraid I was unable to create a connection to the Digium demonstration Asterisk server. You may find some helpful debugging information on the Asterisk console."),
    ("demo-nomatch", "I'm sorry there are no matches for those keywords"),
    ("demo-thanks", "Goodbye. Thank you for trying out the Asterisk Open Source PBX."),
    ("dir-intro", "Welcome to the directory. Please enter the first three letters of your party's last name using your touch tone keypad. Use the 7 key for Q and the 9 key for Z."),
    ("dir-intro-fn", "Welcome to the directory. Please enter the first three letters of your party's first name using your touch tone keypad. Use the 7 key for Q and the 9 key for Z."),
    ("dir-nomatch", "No directory entries match your search."),
    ("dir-welcome", "Welcome to the directory"),
    ("extension", "Extension."),
    ("feature-not-avail-line", "That feature is not available on this line."),
    ("goodbye", "Goodbye!"),
    ("hello", "Hello."),
    ("hello-world", "Hello world."),
    ("hours", "hours"),
    ("im-sorry", "I'm sorry."),
    ("invalid", "I am sorry, that's not a valid extension. Please try again."),
    ("number", "Number."),
    ("number-not-answering", "The number is not answering."),
    ("one-moment-please", "One moment, please."),
    ("pbx-invalid", "I am sorry, that's not a valid extension. Please try again."),
    ("pbx-invalidpark", "I am sorry, there is no call parked on that extension. Please try again."),
    ("pbx-transfer", "Transfer."),
    ("please-try-again", "Please try again."),
    ("please-try-call-later", "Please try your call again later."),
    ("pls-hold-while-try", "Please hold while we try to connect you."),
    ("pls-try-call-later", "Please try your call again later."),
    ("pm-invalid-option", "That option is invalid. Please try again."),
    ("privacy-incorrect", "I'm sorry, that number is not valid."),
    ("privacy-prompt", "Please enter your phone number, starting with the area code."),
    ("privacy-thankyou", "Thank you."),
    ("privacy-unident", "The party you are trying to reach does not accept unidentified calls."),
    ("queue-periodic-announce", "All of our represenatives are currently busy. Please stay on the line and your call will be answered by the next available representative."),
    ("queue-thankyou", "Thank you for your patience"),
    ("queue-youarenext", "Your call is now first in line and will be answered by the next available representative."),
    ("spy-local", "Local"),
    ("ss-noservice", "The number you have dialed is not in service. Please check the number and try again."),
    ("to-call-this-number", "To call this number."),
    ("to-listen-to-it", "To listen to it."),
    ("to-rerecord-it", "To re-record it."),
    ("transfer", "Please hold while I try that extension."),
    ("tt-allbusy", "All representatives of the household are currently assisting other telemarketers. Please hold and your call will be answered in the order it was received."),
    ("tt-monkeysintro", "They have been carried away by monkeys"),
    ("tt-somethingwrong", "Something is terribly wrong"),
    ("tt-weasels", "Weasels have eaten our phone system"),
    ("vm-enter-num-to-call", "please enter the number you wish to call"),
    ("vm-extension", "extension"),
    ("vm-for", "for"),
    ("vm-goodbye", "Goodbye"),
    ("vm-incorrect", "Login incorrect."),
    ("vm-intro", "Please leave your message after the tone. When done hang up or press the pound key."),
    ("vm-isonphone", "is on the phone"),
    ("vm-isunavail", "is unavailable"),
    ("vm-login", "Comedian Mail. Mailbox?"),
    ("vm-nobodyavail", "Nobody is available to take your call at the moment"),
    ("vm-password", "password"),
    ("vm-press", "press"),
    ("vm-sorry", "I'm sorry I did not understand your response."),
    ("vm-theperson", "The person at extension"),
    ("vm-tocallback", "press 2 to call the person who sent this message"),
    ("you-entered", "You entered."),
    ("your", "Your."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(SOUNDS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(words("en/vm-goodbye"), Some("Goodbye"));
        assert_eq!(words("custom/vm-goodbye"), None);
    }
}
