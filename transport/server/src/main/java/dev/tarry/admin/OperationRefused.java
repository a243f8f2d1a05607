package dev.tarry.admin;

import java.util.List;
import java.util.stream.Collectors;

/// An operation that cannot be done as it was asked for. The message is for people: what, where, what would be right.
public final class OperationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// How many characters of what was asked for are repeated in a message.
    private static final int MAX_ECHO = 100;

    /// What kind of thing is wrong.
    public enum Reason {
        /// the filter cannot be read, or asks for what its properties cannot answer
        INVALID_FILTER,
        /// the identity has no form that is known
        INVALID_IDENTITY,
        /// another parameter has a value that it cannot have
        INVALID_PARAMETER,
        /// there is no such queue
        UNKNOWN_QUEUE,
        /// there is no such message
        UNKNOWN_MESSAGE,
        /// there is no such connector, domain, or other object
        UNKNOWN_OBJECT,
        /// settings cannot have the values that were sent; see [OperationRefused#faults]
        SETTING_REFUSED,
        /// the identity means several objects where one is needed
        AMBIGUOUS_IDENTITY,
        /// asked for in a state that does not allow it
        CONFLICT,
        /// what Exchange does not do to an object of this kind, or in this state (reference §2.4)
        ORDER_REFUSED,
        /// asked for on condition of a state that is no more (see [Precondition])
        CHANGED_SINCE,
        /// this server cannot do it (yet)
        NOT_SUPPORTED,
        /// as many of these as may be are under way
        BUSY,
        /// somebody has stopped the service
        SERVICE_STOPPED,
        /// the queues or the store do not answer at the moment
        UNAVAILABLE
    }

    private final Reason reason;
    private final transient List<RefusedSetting> faults;

    public OperationRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.faults = List.of();
    }

    /// Settings that cannot have the values that were sent.
    ///
    /// @param faults at least one
    OperationRefused(List<RefusedSetting> faults) {
        super(faults.stream().map(RefusedSetting::toString).collect(Collectors.joining("; ")));
        this.reason = Reason.SETTING_REFUSED;
        this.faults = List.copyOf(faults);
    }

    OperationRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.faults = List.of();
    }

    public Reason reason() {
        return reason;
    }

    /// Everything that is wrong, where it is settings that were refused; else empty.
    public List<RefusedSetting> faults() {
        return faults;
    }

    /// Somebody's words as they may stand in a message: in quotes, cut to a bearable length, without controls.
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("'");
        int end = Math.min(text.length(), MAX_ECHO);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) ? '?' : c);
        }
        return out.append(text.length() > MAX_ECHO ? "...'" : "'").toString();
    }
}
