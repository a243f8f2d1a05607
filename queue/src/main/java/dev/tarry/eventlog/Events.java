package dev.tarry.eventlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// The words of each event. They begin as Exchange's do where it is known how those begin (reference §10.3); the rest
/// is ours. Pure; any thread.
public final class Events {
    /// Recipients that an event names; of more it tells the number.
    private static final int MAX_NAMED = 5;

    private Events() {}

    // ---- coming in

    /// @param connector the receive connector's name
    public static Event connectionRejected(String connector, String clientIp, String reply) {
        return Event.of(
                        EventKind.CONNECTION_REJECTED,
                        connector + " " + clientIp,
                        "Receive connector " + connector + ": a connection from " + clientIp
                                + " was rejected, because a limit of connections is reached. It was answered " + reply)
                .with("connector", connector)
                .with("clientIp", clientIp)
                .with("reply", reply);
    }

    public static Event tlsFailed(String connector, String clientIp, String reason) {
        return Event.of(
                        EventKind.TLS_TROUBLE,
                        connector + " " + clientIp,
                        "Receive connector " + connector + ": TLS with " + clientIp + " could not be begun: " + reason)
                .with("connector", connector)
                .with("clientIp", clientIp)
                .with("reason", reason);
    }

    /// @param fqdn the name that the certificate should have
    public static Event noCertificate(String connector, String fqdn, String reason) {
        return Event.of(
                        EventKind.TLS_TROUBLE,
                        connector,
                        "Receive connector " + connector + ": there is no certificate for " + fqdn
                                + " to begin TLS with, and clients that ask for it are answered 454 4.7.0: " + reason)
                .with("connector", connector)
                .with("fqdn", fqdn)
                .with("reason", reason);
    }

    /// A client was refused. Neither who it said it is nor why is told: people type passwords where names belong.
    ///
    /// @param mechanism as it stands behind AUTH
    public static Event logonFailed(String connector, String mechanism, String clientIp) {
        return Event.of(
                        EventKind.LOGON_FAILED,
                        connector + " " + clientIp,
                        "Receive connector " + connector + ": inbound authentication failed with error LogonDenied. The"
                                + " mechanism was " + mechanism + ", the client's address " + clientIp)
                .with("connector", connector)
                .with("mechanism", mechanism)
                .with("clientIp", clientIp)
                .with("error", "LogonDenied");
    }

    /// @param file  of the certificate
    /// @param until when it is good no more
    public static Event certificateChanged(String file, String subject, Instant until) {
        return Event.of(
                        EventKind.CERTIFICATE_CHANGED,
                        file,
                        "The certificate of the receive connectors was read anew from " + file + ": " + subject
                                + ", valid until " + until + ". New sessions are shown it.")
                .with("file", file)
                .with("subject", subject)
                .with("validUntil", until.toString());
    }

    /// @param reason what is wrong with the file
    public static Event certificateUnusable(String file, String reason) {
        return Event.of(
                        EventKind.TLS_TROUBLE,
                        file,
                        "The certificate of the receive connectors has changed in " + file
                                + " and cannot be used; clients are shown the one before it: " + reason)
                .with("file", file)
                .with("reason", reason);
    }

    /// @param directory Pickup or Replay
    /// @param file      where it was set aside
    public static Event badMail(String directory, String file, String reason) {
        return Event.of(
                        EventKind.PICKUP_BAD_FILE,
                        directory,
                        "The " + directory + " directory: a file cannot be sent and was set aside as " + file + ": "
                                + reason)
                .with("directory", directory)
                .with("file", file)
                .with("reason", reason);
    }

    /// @param where the directory, or a file in it
    public static Event pickupTrouble(String directory, String where, String reason) {
        return Event.of(
                        EventKind.PICKUP_TROUBLE,
                        directory,
                        "The " + directory + " directory: " + where + " cannot be used just now, and is tried again: "
                                + reason)
                .with("directory", directory)
                .with("where", where)
                .with("reason", reason);
    }

    // ---- going out

    /// @param connector  the send connector's name
    /// @param reply      what becomes the queue's LastError
    /// @param diagnostic every query that was made, and what came of it
    public static Event dnsFailure(String connector, String nextHop, String reply, String cause, String diagnostic) {
        return Event.of(
                        EventKind.SEND_DNS_FAILURE,
                        connector + " " + nextHop,
                        "Send connector " + connector + ": a DNS failure occurred when the hosts of " + nextHop
                                + " were looked up. Diagnostic information: " + reply
                                + (diagnostic.isEmpty() ? "" : " (" + diagnostic + ")"))
                .with("connector", connector)
                .with("nextHop", nextHop)
                .with("lastError", reply)
                .with("cause", cause)
                .with("diagnostic", diagnostic);
    }

    /// @param external whether the connector uses the external DNS servers
    /// @param adapter  whether those are the network adapter's
    public static Event noDnsServers(String connector, boolean external, boolean adapter) {
        String which = external ? "external" : "internal";
        String setting = external ? "ExternalDNS" : "InternalDNS";
        String message = adapter
                ? "The network adapter has no DNS servers, and " + setting
                        + "AdapterEnabled says that they are to be asked"
                : "There are no " + which + " DNS servers: " + setting + "Servers is empty and " + setting
                        + "AdapterEnabled is $false";
        return Event.of(
                        adapter ? EventKind.ADAPTER_WITHOUT_DNS_SERVERS : EventKind.NO_DNS_SERVERS,
                        which,
                        message + ". Send connector " + connector + " can look up no next hop.")
                .with("connector", connector)
                .with("servers", which);
    }

    /// @param nextHop what the queue is for
    /// @param reply   what was wrong, as LastError would have it
    public static Event connectionError(String connector, String nextHop, String host, String ip, String reply) {
        return Event.of(
                        EventKind.SEND_CONNECTION_ERROR,
                        connector + " " + ip,
                        "Send connector " + connector + ": an error occurred while connecting to " + host + " [" + ip
                                + "] for " + nextHop + ": " + reply)
                .with("connector", connector)
                .with("nextHop", nextHop)
                .with("host", host)
                .with("ip", ip)
                .with("lastError", reply);
    }

    /// @param what is missing
    public static Event certificateMissing(String connector, String what) {
        return Event.of(
                        EventKind.SEND_CERTIFICATE_MISSING,
                        connector,
                        "Send connector " + connector
                                + ": TLS is begun without a certificate of ours, though the connector"
                                + " is to show one: " + what)
                .with("connector", connector)
                .with("missing", what);
    }

    /// @param since   for how long, in lab time
    /// @param retries so far
    public static Event serverUnreachable(
            String connector, String nextHop, String reply, Duration since, int retries, int messages) {
        return Event.of(
                        EventKind.SERVER_UNREACHABLE,
                        connector + " " + nextHop,
                        "The mail servers of " + nextHop + " cannot be contacted: after " + since.toMinutes()
                                + " minutes and " + retries + " retries " + messages
                                + " message(s) still wait. Check the network, the firewall and the hosts themselves."
                                + " Last error: " + reply)
                .with("connector", connector)
                .with("nextHop", nextHop)
                .with("lastError", reply)
                .with("retries", Integer.toString(retries))
                .with("messages", Integer.toString(messages));
    }

    /// @param reply  of the first of the recipients
    /// @param report the Message-ID of the NDR
    public static Event deliveryFailed(
            String nextHop, String sender, List<String> recipients, String messageId, String reply, String report) {
        String named = recipients.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
                + (recipients.size() > MAX_NAMED ? " and " + (recipients.size() - MAX_NAMED) + " more" : "");
        return Event.of(
                        EventKind.DELIVERY_FAILED,
                        nextHop,
                        "Message delivery failed: " + messageId + " from " + sender + " could not be delivered to "
                                + named + ", and the sender was told so. The reason was: " + reply)
                .with("nextHop", nextHop)
                .with("sender", sender)
                .with("recipients", named)
                .with("messageId", messageId)
                .with("reply", reply)
                .with("report", report);
    }

    // ---- poison

    /// @param id    the message's integer
    /// @param count how often its processing has failed
    public static Event poisoned(String messageId, String sender, long id, int count) {
        return Event.of(
                        EventKind.POISON_MESSAGE,
                        messageId,
                        "The message " + messageId + " from " + sender + " was moved to the Poison queue (Poison\\" + id
                                + "): its processing failed " + count + " time(s). It stays there until it is resumed"
                                + " or removed.")
                .with("messageId", messageId)
                .with("sender", sender)
                .with("identity", "Poison\\" + id)
                .with("failures", Integer.toString(count));
    }

    public static Event poisonSuspected(String messageId, String sender, int count, int threshold, String reason) {
        return Event.of(
                        EventKind.POISON_SUSPECTED,
                        messageId,
                        "The processing of message " + messageId + " from " + sender + " failed unexpectedly (" + count
                                + " time(s)): " + reason
                                + (threshold == Integer.MAX_VALUE
                                        ? ""
                                        : ". After " + threshold + " it is moved to the Poison queue."))
                .with("messageId", messageId)
                .with("sender", sender)
                .with("failures", Integer.toString(count))
                .with("reason", reason);
    }

    // ---- the server itself

    public static Event started(String version, String server) {
        return Event.of(
                        EventKind.SERVICE_STARTED,
                        "",
                        "The transport service of " + server + " has started and accepts mail (tarry " + version + ").")
                .with("server", server)
                .with("version", version);
    }

    public static Event stopped(String server) {
        return Event.of(EventKind.SERVICE_STOPPED, "", "The transport service of " + server + " is stopping.")
                .with("server", server);
    }

    public static Event paused(String server) {
        return Event.of(
                        EventKind.SERVICE_PAUSED,
                        "",
                        "The transport service of " + server
                                + " is paused: new sessions and new mail are answered 421 4.3.2, deliveries go on.")
                .with("server", server);
    }

    /// @param lost    records that could not be read
    /// @param unknown places of which nobody knows what was there
    /// @param aside   where the damaged database is kept
    /// @param kept    how many damaged databases are kept; the oldest is deleted with one more
    /// @param report  the file that names everything
    public static Event databaseDamaged(String why, long lost, long unknown, String aside, int kept, String report) {
        return Event.of(
                        EventKind.DATABASE_DAMAGED,
                        "store",
                        "The queue database was damaged (" + why + ") and has been repaired: " + lost
                                + " record(s) could not be read, and of " + unknown
                                + " place(s) nobody knows what was there. " + report
                                + " names them; the damaged database is kept in " + aside
                                + " (the last " + kept + " are)")
                .with("reason", why)
                .with("lost", Long.toString(lost))
                .with("unknown", Long.toString(unknown))
                .with("aside", aside)
                .with("report", report);
    }

    /// @param id  the message's integer
    /// @param why what is damaged
    public static Event contentDamaged(String messageId, long id, String why) {
        return Event.of(
                        EventKind.CONTENT_DAMAGED,
                        Long.toString(id),
                        "The octets of message " + id + " (" + messageId + ") are damaged in the store: " + why
                                + ". The message goes to the Poison queue.")
                .with("messageId", messageId)
                .with("internalMessageId", Long.toString(id))
                .with("reason", why);
    }

    public static Event diskFull(String reason) {
        return Event.of(
                        EventKind.DISK_FULL,
                        "store",
                        "There is not enough space on the disk of the queue database. Mail is rejected with 452 4.3.1"
                                + " until there is: " + reason)
                .with("reason", reason);
    }

    /// @param rising whether it is more than before
    /// @param from   `Normal`, `Medium` or `High`
    /// @param use    in the resource's own unit
    /// @param says   what was seen
    public static Event pressure(boolean rising, String resource, String from, String to, long use, String says) {
        return Event.of(
                        rising ? EventKind.PRESSURE_INCREASED : EventKind.PRESSURE_DECREASED,
                        resource,
                        "Resource pressure " + (rising ? "increased" : "decreased") + " from " + from + " to " + to
                                + ": " + says + ".")
                .with("resource", resource)
                .with("from", from)
                .with("to", to)
                .with("use", Long.toString(use));
    }

    /// @param says what was seen
    public static Event memoryShort(String says) {
        return Event.of(
                        EventKind.MEMORY_SHORT,
                        "memory",
                        "There is not enough memory. Mail is rejected with 452 4.3.1, and connections with 421 4.3.2,"
                                + " until there is: " + says + ".")
                .with("says", says);
    }

    public static Event pressureIncreased(String reason) {
        return Event.of(
                        EventKind.PRESSURE_INCREASED,
                        "store",
                        "Resource pressure increased from Normal to High: the queue database has failed, and mail is"
                                + " rejected until it is open again: " + reason)
                .with("resource", "QueueDatabase")
                .with("from", "Normal")
                .with("to", "High")
                .with("reason", reason);
    }

    public static Event pressureDecreased() {
        return Event.of(
                        EventKind.PRESSURE_DECREASED,
                        "store",
                        "Resource pressure decreased from High to Normal: the queue database is open again.")
                .with("resource", "QueueDatabase")
                .with("from", "High")
                .with("to", "Normal");
    }

    /// @param log what it is called: `Message Tracking Log`
    public static Event logStopped(String log, String reason) {
        return Event.of(
                        EventKind.LOG_STOPPED,
                        log,
                        "The " + log + " cannot be written: " + reason
                                + ". Mail goes on; what is to be logged waits in memory for the disk.")
                .with("log", log)
                .with("reason", reason);
    }

    /// @param dropped lines that are lost since the server's start
    public static Event logResumed(String log, long dropped) {
        return Event.of(
                        EventKind.LOG_RESUMED,
                        log,
                        "The " + log + " is written again. Lines lost since the server's start: " + dropped + ".")
                .with("log", log)
                .with("dropped", Long.toString(dropped));
    }
}
