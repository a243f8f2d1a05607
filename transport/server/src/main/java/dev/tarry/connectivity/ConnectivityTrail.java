package dev.tarry.connectivity;

import dev.tarry.connectivity.ConnectivityRow.Direction;
import dev.tarry.dns.DnsStatus;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.MxHost;
import dev.tarry.dns.ServerAttempt;
import dev.tarry.mail.Reply;
import dev.tarry.queue.NextHopKey;
import dev.tarry.send.SendMeter;
import dev.tarry.send.Target;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/// The rows of one attempt, from `+` to `-`, in Exchange's words as far as they are known (reference §8.6). Steps are
/// told on any thread; the beginning, messages and the end on the queue loop.
public final class ConnectivityTrail {
    /// Hosts that a row names; of more it tells the number.
    private static final int MAX_HOSTS = 20;

    private static final String SOURCE = "SMTP";

    private final ConnectivitySink sink;
    private final InstantSource labTime;
    private final String session;
    private final String nextHop;
    private int messages;
    private long bytes;

    private ConnectivityTrail(ConnectivitySink sink, InstantSource labTime, String session, String nextHop) {
        this.sink = sink;
        this.labTime = labTime;
        this.session = session;
        this.nextHop = nextHop;
    }

    /// Of which nobody is told.
    public static final ConnectivityTrail NONE =
            new ConnectivityTrail(ConnectivitySink.NONE, InstantSource.fixed(Instant.EPOCH), "", "");

    /// An attempt begins.
    ///
    /// @param waiting messages in the queue
    public static ConnectivityTrail begin(
            ConnectivitySink sink, InstantSource labTime, String session, NextHopKey key, int waiting) {
        ConnectivityTrail trail = new ConnectivityTrail(sink, labTime, session, key.nextHopDomain());
        trail.row(
                Direction.BEGIN,
                key.deliveryType().shellName() + " " + key.connector() + ";QueueLength=TQ=" + waiting + ";");
        return trail;
    }

    private void row(Direction direction, String description) {
        sink.write(new ConnectivityRow(labTime.instant(), session, SOURCE, nextHop, direction, description));
    }

    /// What DNS said of the next hop.
    public void resolved(MxAnswer answer) {
        if (sink.on()) {
            row(Direction.STEP, words(answer));
        }
    }

    private String words(MxAnswer answer) {
        return switch (answer) {
            case MxAnswer.Hosts(List<MxHost> hosts) ->
                hosts.stream().limit(MAX_HOSTS).map(ConnectivityTrail::words).collect(Collectors.joining(" "))
                        + (hosts.size() > MAX_HOSTS ? " and " + (hosts.size() - MAX_HOSTS) + " more" : "");
            case MxAnswer.NoSuchDomain(String domain) -> result("InfoDomainNonexistent", "", domain);
            case MxAnswer.NoRecords(String domain) -> result("InfoNoRecords", "", domain);
            case MxAnswer.NullMx(String domain) -> result("InfoNullMx", "", domain);
            case MxAnswer.Loop(String domain) -> result("InfoMxLoopback", "", domain);
            case MxAnswer.NoUsableHost(String domain, String detail, var _) ->
                result("ErrorInvalidData", "", domain) + " (" + detail + ")";
            case MxAnswer.QueryFailed(DnsStatus status, String detail, List<ServerAttempt> attempts) ->
                result(word(status), reportedBy(attempts), nextHop) + (detail.isEmpty() ? "" : " (" + detail + ")");
        };
    }

    private static String words(MxHost host) {
        return host.name()
                + host.addresses().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(",", "[", "]"));
    }

    private static String result(String status, String reporter, String domain) {
        return "DNS server returned " + status + reporter + ". [Domain:Result] = " + domain + ":" + status + ";";
    }

    /// What can be tried again is ErrorRetry, as in Exchange; a server that said nothing at all is a time-out.
    private static String word(DnsStatus status) {
        return switch (status) {
            case TIMEOUT -> "ErrorTimeout";
            case NO_SERVER -> "ErrorNoDns";
            case SERVER_FAILURE, REFUSED, MALFORMED, ALIAS_LOOP, HOSTS_UNRESOLVED, TRUNCATED -> "ErrorRetry";
        };
    }

    private static String reportedBy(List<ServerAttempt> attempts) {
        return attempts.isEmpty()
                ? ""
                : " reported by " + attempts.getLast().server().getAddress().getHostAddress();
    }

    /// A host cannot be used; another may be.
    ///
    /// @param words as LastError has them
    public void hostFailed(Target target, Reply words, SendMeter.Trouble why) {
        if (sink.on()) {
            String at = target.endpoint();
            row(
                    Direction.STEP,
                    switch (why) {
                        case CONNECT_TIMED_OUT -> failed(at, "TimedOut:0000274C", target);
                        case CONNECT_REFUSED -> failed(at, "ConnectionRefused:0000274D", target);
                        case CONNECT_FAILED -> failed(at, "HostUnreachable:00002751", target) + " " + words;
                        case LOST -> failed(at, "ConnectionReset:00002746", target) + " " + words;
                        case SILENT, TLS, CERTIFICATE, LOGIN, REMOTE_ERROR, OUT_OF_STEP, OURS ->
                            "Connection to " + at + " was given up [Host:" + target.host() + "]: " + words;
                    });
        }
    }

    private static String failed(String at, String code, Target target) {
        return "Failed connection to " + at + " (" + code + ")[TargetIPAddress:" + at + "|Host:" + target.host() + "]";
    }

    /// TLS with a host came to nothing, and it gets its mail without.
    public void inTheClear(Target target, String why) {
        if (sink.on()) {
            row(
                    Direction.STEP,
                    "TLS with " + target.endpoint() + " failed [Host:" + target.host() + "]: " + why
                            + "; going on in the clear");
        }
    }

    /// A host has greeted and takes mail.
    public void connected(Target target) {
        if (sink.on()) {
            row(Direction.STEP, "Established connection to " + target.ip() + " (" + target.host() + ")");
        }
    }

    /// A host has taken a message.
    public void sent(long messageBytes) {
        messages++;
        bytes += messageBytes;
    }

    /// The attempt is over, and nothing is wrong with the next hop.
    public void ended() {
        end("");
    }

    /// The queue goes to Retry.
    public void retry(String lastError) {
        end(" (Retry : " + lastError + ")");
    }

    /// The queue's messages fail.
    public void failed(String reply) {
        end(" (Failed : " + reply + ")");
    }

    private void end(String how) {
        if (sink.on()) {
            row(Direction.END, "Messages: " + messages + " Bytes: " + bytes + how);
        }
    }
}
