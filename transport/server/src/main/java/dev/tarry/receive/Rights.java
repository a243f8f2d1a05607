package dev.tarry.receive;

/// What a client may do, and how Exchange's protocol log words it (reference §6.3, §8.7).
///
/// @param submit   whether it may send at all
/// @param relay    whether it may send to domains that aren't ours
/// @param anySize  whether the limit of a message's size does not bind it
/// @param internal whether its mail is that of our own people and servers
/// @param organization whether fields for servers of our organization are taken from it
record Rights(boolean submit, boolean relay, boolean anySize, boolean internal, boolean organization) {
    private static final Rights SERVER = new Rights(true, true, true, true, true);
    private static final Rights USER = new Rights(true, true, false, true, false);

    /// @param loggedIn whether the client has proved who it is
    static Rights of(ReceiveConnector connector, Peer peer, boolean loggedIn) {
        SignInTerms terms = connector.signIn();
        if (terms.allAreServers()) {
            return SERVER;
        }
        if (loggedIn) {
            return USER;
        }
        boolean relay = connector.relay().allows(peer);
        return new Rights(terms.anonymous() || relay, relay, false, false, false);
    }

    /// As Exchange lists them.
    String text() {
        if (!submit) {
            return "None";
        }
        StringBuilder words = new StringBuilder("SMTPSubmit");
        if (relay) {
            words.append(" SMTPAcceptAnyRecipient");
        }
        if (internal) {
            words.append(" BypassAntiSpam");
        }
        if (anySize) {
            words.append(" BypassMessageSizeLimit");
        }
        if (!internal || anySize) {
            words.append(" SMTPAcceptAnySender SMTPAcceptAuthoritativeDomainSender");
        }
        return words.append(" AcceptRoutingHeaders").toString();
    }
}
