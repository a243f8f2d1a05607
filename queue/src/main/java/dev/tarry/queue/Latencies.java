package dev.tarry.queue;

import dev.tarry.log.LogTime;
import dev.tarry.store.MessageRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/// Where a message has spent its time on this server, as message-info of the tracking log says it (reference §8.2):
/// `2026-03-02T08:00:00.000Z;LSRV=mail.company.com:TOTAL-HUB=61.007|SMR=0.113|CAT=0.001|QDE=60.900|SMS=0.106`, in
/// seconds.
///
/// | component | from | to |
/// |---|---|---|
/// | TOTAL-HUB | its acceptance | now |
/// | SMR, SMTP receive | DATA | its acceptance, in real time; left out of what came in no session |
/// | CAT, Submission and the categorizer | its acceptance | the queue it is in |
/// | QDE, QDI, QDM, QU, QP, QS | the queue it is in: external, internal or mailbox delivery, Unreachable, Poison,
/// Submission | the attempt, or now |
/// | SMS, SMTP send; SDD, mailbox delivery | the attempt | now |
///
/// Times but SMR's are lab time. Pure.
final class Latencies {
    static final String SMTP_SEND = "SMS";
    static final String STORE_DRIVER = "SDD";

    /// What begins a RECEIVE line's (reference §8.2).
    private static final String OF_RECEIPT = "0cI:";

    private final Supplier<String> fqdn;

    Latencies(Supplier<String> fqdn) {
        this.fqdn = fqdn;
    }

    /// Of a message that has just been accepted.
    static String ofReceipt(MessageRecord message) {
        return OF_RECEIPT + (message.receivingMillis() > 0 ? "SMR=" + seconds(message.receivingMillis()) : " ");
    }

    /// Of one that has left, or was refused, at the end of an attempt.
    ///
    /// @param how what the attempt is called
    String ofAttempt(Leased leased, String how, long now) {
        return before(leased, leased.leasedMillis(), now) + "|" + how + "=" + seconds(now - leased.leasedMillis());
    }

    /// Of one that ends while it waits.
    String ofWaiting(Leased leased, long now) {
        return before(leased, now, now);
    }

    private String before(Leased leased, long left, long now) {
        MessageRecord message = leased.message();
        long entered = leased.copy().enteredMillis();
        StringBuilder info = new StringBuilder(LogTime.text(Instant.ofEpochMilli(message.receivedMillis())))
                .append(";LSRV=")
                .append(fqdn.get())
                .append(":TOTAL-HUB=")
                .append(seconds(now - message.receivedMillis()));
        if (message.receivingMillis() > 0) {
            info.append("|SMR=").append(seconds(message.receivingMillis()));
        }
        if (!leased.queue().equals(NextHopKey.SUBMISSION)) {
            info.append("|CAT=").append(seconds(entered - message.receivedMillis()));
        }
        return info.append('|')
                .append(queue(leased.queue()))
                .append('=')
                .append(seconds(left - entered))
                .toString();
    }

    private static String queue(NextHopKey queue) {
        if (queue.equals(NextHopKey.POISON)) {
            return "QP";
        }
        return switch (queue.deliveryType()) {
            case UNDEFINED -> "QS";
            case UNREACHABLE -> "QU";
            case SMTP_DELIVERY_TO_MAILBOX -> "QDM";
            default -> queue.deliveryType().category() == DeliveryType.Category.EXTERNAL ? "QDE" : "QDI";
        };
    }

    /// `90061.007`; nothing is less than zero.
    static String seconds(long millis) {
        long sane = Math.max(0, millis);
        return String.format(Locale.ROOT, "%d.%03d", sane / 1000, sane % 1000);
    }
}
