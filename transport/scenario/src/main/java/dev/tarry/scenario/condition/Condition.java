package dev.tarry.scenario.condition;

import dev.tarry.lab.fault.Glob;
import dev.tarry.queue.QueueStatus;
import dev.tarry.tracking.TrackingEvent;
import java.util.List;
import java.util.Optional;

/// Something that can be waited for. Patterns have `*` and `?` and mind no case.
public sealed interface Condition {
    /// Queues that match are counted, and so are the messages in them: a queue that is not there has none.
    ///
    /// @param identity      `MAIL\4`, or what stands behind the backslash
    /// @param nextHopDomain where its mail goes
    /// @param status        absent: any
    /// @param lastError     the words of its last error as Get-Queue shows them; an empty pattern means none
    /// @param queues        how many queues match
    /// @param messageCount  how many messages are in those that match, all together
    record Queue(
            Glob identity,
            Glob nextHopDomain,
            Optional<QueueStatus> status,
            Glob lastError,
            Count queues,
            Count messageCount)
            implements Condition {}

    /// Messages that the lab's hosts took.
    ///
    /// @param recipient any of its recipients
    /// @param sender    the reverse-path; empty for the null sender
    /// @param host      the name of the host that took it
    record Mail(Glob recipient, Glob sender, Glob host, Since since, Count count) implements Condition {}

    /// Messages that are in a local mailbox.
    ///
    /// @param address whose
    record Mailbox(String address, Glob subject, Since since, Count count) implements Condition {}

    /// Events of the message tracking log.
    ///
    /// @param event     absent: any
    /// @param source    absent: any
    /// @param recipient any of its recipients
    /// @param messageId the Message-ID, with its angle brackets or without
    record Tracking(
            Optional<TrackingEvent.Event> event,
            Optional<TrackingEvent.Source> source,
            Glob sender,
            Glob recipient,
            Glob messageId,
            Since since,
            Count count)
            implements Condition {}

    /// How often a fault has struck; one that is not there, never.
    record FaultFired(long id, Count fired) implements Condition {}

    /// Queries that the lab's DNS servers got, as far as their journal goes back.
    ///
    /// @param server the address in the lab's world
    /// @param name   what was asked for
    /// @param type   `MX`, `A`, …
    record DnsQuery(Glob server, Glob name, Glob type, Since since, Count count) implements Condition {}

    /// Every one of them holds.
    record All(List<Condition> of) implements Condition {
        public All {
            of = List.copyOf(of);
        }
    }

    /// At least one of them holds.
    record Any(List<Condition> of) implements Condition {
        public Any {
            of = List.copyOf(of);
        }
    }
}
