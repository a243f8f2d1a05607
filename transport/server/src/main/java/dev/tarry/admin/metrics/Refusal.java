package dev.tarry.admin.metrics;

import dev.tarry.mail.Reply;

/// What a client was refused with: the replies that say something about the server by themselves, and all others by
/// their hundred.
enum Refusal {
    /// the disk is full, or the store has failed and is being opened anew
    NO_STORE(452, "4.3.1"),
    TOO_MANY_RECIPIENTS(452, "4.5.3"),
    /// a client that is silent, or a mistake of ours
    TEMPORARY_ERROR(451, "4.7.0"),
    /// the server ends, or has too many connections
    NOT_AVAILABLE(421, "4.3.2"),
    TIMED_OUT(421, "4.4.1"),
    TOO_MANY_ERRORS(421, "4.7.0"),
    TLS_NOT_AVAILABLE(454, "4.7.0"),
    OTHER_TEMPORARY(0, "other 4xx"),
    BAD_SEQUENCE(503, "5.5.2"),
    NO_SUCH_USER(550, "5.1.1"),
    NO_RELAY(550, "5.7.54"),
    TOO_LARGE(552, "5.3.4"),
    MAIL_LOOP(554, "5.4.6"),
    OTHER_PERMANENT(0, "other 5xx");

    private static final Refusal[] ALL = values();

    private final int code;
    private final String status;

    Refusal(int code, String status) {
        this.code = code;
        this.status = status;
    }

    /// Code and enhanced status, as a label has them.
    String words() {
        return code == 0 ? status : code + " " + status;
    }

    static Refusal of(Reply reply) {
        String text = reply.lines().getFirst();
        for (Refusal refusal : ALL) {
            if (refusal.code == reply.code() && refusal.begins(text)) {
                return refusal;
            }
        }
        return reply.code() < 500 ? OTHER_TEMPORARY : OTHER_PERMANENT;
    }

    private boolean begins(String text) {
        return text.startsWith(status) && (text.length() == status.length() || text.charAt(status.length()) == ' ');
    }
}
