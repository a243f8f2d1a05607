package dev.tarry.delivery;

import dev.tarry.dns.DnsFailureTable;
import dev.tarry.dns.DnsServers;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.ServerAttempt;
import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.mail.Reply;
import dev.tarry.routing.SendConnector;
import dev.tarry.send.Target;
import java.util.List;
import java.util.stream.Collectors;

/// What an administrator hears of attempts that fail. Any thread.
record DeliveryEvents(EventSink sink) {
    /// Queries that an event tells of; those before them were as bad.
    private static final int MAX_QUERIES = 8;

    /// A next hop's hosts could not be looked up, for now.
    ///
    /// @param failure what becomes the queue's LastError
    void notLookedUp(
            SendConnector connector,
            String nextHop,
            MxAnswer answer,
            DnsFailureTable.Failure failure,
            DnsServers servers) {
        if (servers.forConnector(connector).servers().isEmpty()) {
            boolean external = connector.useExternalDnsServersEnabled();
            DnsServers.Set set = external ? servers.external() : servers.internal();
            sink.report(Events.noDnsServers(connector.name(), external, set.adapterEnabled()));
        }
        sink.report(Events.dnsFailure(
                connector.name(),
                nextHop,
                failure.reply().toString(),
                failure.row().name(),
                diagnostic(answer)));
    }

    private static String diagnostic(MxAnswer answer) {
        if (!(answer instanceof MxAnswer.QueryFailed(var _, var detail, List<ServerAttempt> attempts))) {
            return answer.getClass().getSimpleName();
        }
        return attempts.isEmpty()
                ? detail
                : attempts.stream()
                        .skip(Math.max(0, attempts.size() - MAX_QUERIES))
                        .map(ServerAttempt::toString)
                        .collect(Collectors.joining("; "));
    }

    void certificateMissing(SendConnector connector, String what) {
        sink.report(Events.certificateMissing(connector.name(), what));
    }

    void hostFailed(SendConnector connector, String nextHop, Target target, Reply words) {
        sink.report(Events.connectionError(connector.name(), nextHop, target.host(), target.ip(), words.toString()));
    }
}
