package dev.tarry.dsn;

import dev.tarry.mail.Reply;
import java.time.Instant;

/// What a report says became of its recipients (reference §7.1; RFC 3464 §2.3.3).
public sealed interface DsnKind {
    /// The one failure that everybody means by "NDR".
    DsnKind FAILURE = new Failure();

    /// Delivery failed for good.
    record Failure() implements DsnKind {}

    /// Not delivered yet, still trying.
    ///
    /// @param retryUntil when the message expires
    record Delay(Instant retryUntil) implements DsnKind {
        /// What a delay's recipients carry as their reply.
        public static final Reply REPLY = Reply.of(400, "4.4.7 Message delayed");
    }

    /// Delivered to a mailbox, and the sender had asked to be told.
    record Delivered() implements DsnKind {}

    /// Handed on to a host that does not speak DSN, and the sender had asked to be told.
    record Relayed() implements DsnKind {}

    /// It in a word, as the tracking log has it.
    default String word() {
        return switch (this) {
            case Failure _ -> "Undeliverable";
            case Delay _ -> "Delayed";
            case Delivered _ -> "Delivered";
            case Relayed _ -> "Relayed";
        };
    }

    /// What stands before the original's subject; with a delay nothing separates the two.
    default String subjectPrefix() {
        return switch (this) {
            case Failure _ -> "Undeliverable: ";
            case Delay _ -> "Delivery delayed:";
            case Delivered _ -> "Delivered: ";
            case Relayed _ -> "Relayed: ";
        };
    }

    /// The Action field (RFC 3464 §2.3.3).
    default String action() {
        return switch (this) {
            case Failure _ -> "failed";
            case Delay _ -> "delayed";
            case Delivered _ -> "delivered";
            case Relayed _ -> "relayed";
        };
    }
}
