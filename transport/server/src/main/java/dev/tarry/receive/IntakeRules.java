package dev.tarry.receive;

/// What a receive connector looks at besides [ReceiveConnector.Limits] (reference §6.2).
///
/// @param maxLocalHopCount     Received fields of this server that a message may have when it comes; 0 for no limit
/// @param messageRateLimit     messages a minute of one source; [Integer#MAX_VALUE] for no limit
/// @param ratePerClient        whether those of one client are counted
/// @param ratePerSender        whether those from one sender are
/// @param maxUnknownRecipients recipients that do not exist: the one that reaches this number ends the session;
/// [Integer#MAX_VALUE] for no limit
/// @param reservedTopLevel     whether recipients in domains of RFC 2606 §2 are refused
/// @param reservedSecondLevel  whether recipients in domains of RFC 2606 §3 are
/// @param singleLabel          whether recipients in domains without a dot are
/// @param loopbackFree         whether clients on this machine are free of rates, limits per source and tarpits
public record IntakeRules(
        int maxLocalHopCount,
        int messageRateLimit,
        boolean ratePerClient,
        boolean ratePerSender,
        int maxUnknownRecipients,
        boolean reservedTopLevel,
        boolean reservedSecondLevel,
        boolean singleLabel,
        boolean loopbackFree) {
    /// Of Exchange's Default Frontend connector.
    public static final IntakeRules DEFAULT_FRONTEND =
            new IntakeRules(5, Integer.MAX_VALUE, true, false, 100, false, false, false, true);

    public IntakeRules {
        if (maxLocalHopCount < 0 || messageRateLimit < 1 || maxUnknownRecipients < 1) {
            throw new IllegalArgumentException("limits of a receive connector are at least 1, and of local hops 0");
        }
    }

    /// The same for clients on this machine as well.
    public IntakeRules forEverybody() {
        return new IntakeRules(
                maxLocalHopCount,
                messageRateLimit,
                ratePerClient,
                ratePerSender,
                maxUnknownRecipients,
                reservedTopLevel,
                reservedSecondLevel,
                singleLabel,
                false);
    }

    /// Whether a client is free of rates, limits per source and tarpits.
    boolean frees(Peer peer) {
        return loopbackFree && peer.loopback();
    }
}
