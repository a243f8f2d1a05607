package dev.tarry.mailbox;

import dev.tarry.config.ALabels;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.ReversePath;
import dev.tarry.queue.Endpoint;
import dev.tarry.queue.Leased;
import dev.tarry.queue.Queues;
import dev.tarry.queue.Verdict;
import dev.tarry.store.RecipientRecord;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/// Delivers what waits for the mailbox database: every recipient's copy goes into a mailbox in the very commit
/// that settles the message, so a crash can neither lose nor double it. Queue loop only.
public final class LocalDelivery {
    /// Messages settled before the loop gets to do something else.
    private static final int SLICE = 64;

    private final Queues queues;

    public LocalDelivery(Queues queues) {
        this.queues = queues;
    }

    /// Makes the attempt: delivers until the queue is empty.
    public void deliver(Queues.Attempt attempt) {
        queues.connected(attempt);
        slice(attempt);
    }

    private void slice(Queues.Attempt attempt) {
        queues.lease(attempt, SLICE, found -> {
            if (found.isEmpty()) {
                queues.disconnected(attempt);
                return;
            }
            for (Leased leased : found) {
                if (!queues.mayLeave(leased)) {
                    queues.giveBack(leased); // an administrator has stopped it since it was leased
                    continue;
                }
                List<Verdict> verdicts = leased.copy().recipients().stream()
                        .<Verdict>map(r -> stored(leased, r))
                        .toList();
                queues.settle(leased, verdicts, Endpoint.NONE);
            }
            slice(attempt);
        });
    }

    private static Verdict stored(Leased leased, RecipientRecord record) {
        return new Verdict.Stored(
                record.recipient(),
                mailbox(record.recipient().address()),
                returnPath(leased.message().sender()));
    }

    /// A mailbox's name: local parts are compared without case, as Exchange does, and composed (RFC 6532 §3.1); a
    /// domain is the same whether its labels are A- or U-labels, and is named with the former, as queues are.
    public static String mailbox(EmailAddress address) {
        return Normalizer.normalize(address.localPart(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT) + "@"
                + ALabels.canonical(address.domain());
    }

    /// Final delivery adds the reverse-path (RFC 5321 §4.4).
    private static String returnPath(ReversePath sender) {
        return "Return-Path: <" + sender.address().map(EmailAddress::toString).orElse("") + ">\r\n";
    }
}
