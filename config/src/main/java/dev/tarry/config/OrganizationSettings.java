package dev.tarry.config;

import java.util.List;

/// What bounds the messages of the whole organization (reference §6.2, Set-TransportConfig).
///
/// @param maxSendBytes    of a message from one of our own, who has logged in, or from a server of ours;
///                        [Long#MAX_VALUE] for no limit
/// @param maxReceiveBytes of a message to somebody in an accepted domain whose mail is kept here; [Long#MAX_VALUE] for
///                        no limit
/// @param maxRecipients   of a message from one of our own; [Integer#MAX_VALUE] for no limit
public record OrganizationSettings(long maxSendBytes, long maxReceiveBytes, int maxRecipients) {
    private static final Setting<Long> SEND = Setting.of(
                    "organization.maxSendSize",
                    Kinds.SIZE_OR_UNLIMITED,
                    "10MB",
                    "The largest message that is taken from those who have logged in and from servers of ours; a larger one"
                            + " comes back to its sender.")
            .between("1KB", "unlimited")
            .exchange("MaxSendSize");
    private static final Setting<Long> RECEIVE = Setting.of(
                    "organization.maxReceiveSize",
                    Kinds.SIZE_OR_UNLIMITED,
                    "10MB",
                    "The largest message that people in the accepted domains get, whoever sends it; a larger one comes back"
                            + " to its sender.")
            .between("1KB", "unlimited")
            .exchange("MaxReceiveSize");
    private static final Setting<Integer> RECIPIENTS = Setting.of(
                    "organization.maxRecipientEnvelopeLimit",
                    Kinds.COUNT_OR_UNLIMITED,
                    "500",
                    "The most recipients of a message from those who have logged in and from servers of ours; one with more"
                            + " comes back to its sender. Others are bound by their connector's MaxRecipientsPerMessage.")
            .between("1", "unlimited")
            .exchange("MaxRecipientEnvelopeLimit");

    static final List<Setting<?>> ROWS = List.of(SEND, RECEIVE, RECIPIENTS);

    static OrganizationSettings from(Values values) {
        return new OrganizationSettings(values.of(SEND), values.of(RECEIVE), values.of(RECIPIENTS));
    }
}
