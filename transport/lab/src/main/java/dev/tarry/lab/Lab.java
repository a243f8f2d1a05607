package dev.tarry.lab;

import dev.tarry.lab.dns.JournaledQuery;
import dev.tarry.lab.dns.Zones;
import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.fault.Fault;
import dev.tarry.lab.mx.ReceivedMessage;
import dev.tarry.lab.net.FirewallRule;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// The lab: the world outside, and every way to look into it, to break it and to mend it.
///
/// Thread-safe. What changes the lab has been written to its folder when the call returns, so such calls may wait
/// for the disk and must
/// not be made on a loop when there is a folder; [#dial] and [#dialledEnd] never wait.
public final class Lab implements AutoCloseable {
    private Lab() {}

    /// Opens the lab with what its folder holds from earlier, or with the standard world. Returns at once; the
    /// listeners that stand from
    /// the start accept when [#ready()] is done.
    ///
    /// @throws IOException if the folder cannot be read or made
    public static Lab open(Surroundings surroundings, LabOptions options) throws IOException {
        throw new UnsupportedOperationException("not built yet");
    }

    /// Done when everything listens that listens from the start; fails with an `IOException` that names server,
    /// address and cause.
    public CompletableFuture<Void> ready() {
        throw new UnsupportedOperationException("not built yet");
    }

    /// Where dialling an address of the lab's world leads now: the firewall is asked, then the faults, then the
    /// listener is opened if this
    /// is the first dial to it. An address that nobody has is a black hole; a host that has no such port refuses.
    ///
    /// @param to a resolved address, such as 8.8.8.8:53 or 203.0.113.26:25
    /// @return completed at once where possible, else on a loop of the lab; fails only when listening itself fails
    public CompletableFuture<Route> dial(Protocol protocol, InetSocketAddress to) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// The handler that the dialling end puts first into its pipeline before it connects, one for each channel, so
    /// that what is on its
    /// way between the two ends is known.
    public ChannelHandler dialledEnd(Protocol protocol) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// The DNS servers that listen by now, by their address in the lab's world, and where they really listen (UDP
    /// and TCP alike).
    public SequencedMap<String, SocketAddress> addresses() {
        throw new UnsupportedOperationException("not built yet");
    }

    /// The newest lab time among what is kept; lab time after a restart must not be earlier.
    public Optional<Instant> newestEvent() {
        throw new UnsupportedOperationException("not built yet");
    }

    public Zones zones() {
        throw new UnsupportedOperationException("not built yet");
    }

    /// Replaces all that DNS knows, and with it who the mail hosts are.
    public void replaceZones(Zones zones) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// The forwarders of each internal DNS server, in the order of asking.
    public SequencedMap<String, List<String>> forwarders() {
        throw new UnsupportedOperationException("not built yet");
    }

    /// @param server 192.168.1.10 or 192.168.1.11
    /// @param forwarders addresses; none: what the server does not know itself it answers with SERVFAIL
    public void setForwarders(String server, List<String> forwarders) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// The newest DNS queries, oldest first.
    public List<JournaledQuery> queries(int limit) {
        throw new UnsupportedOperationException("not built yet");
    }

    public ActiveFault addFault(Fault fault) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// In the order of adding, which is the order of asking.
    public List<ActiveFault> faults() {
        throw new UnsupportedOperationException("not built yet");
    }

    /// @return the fault as it was, or empty if there is none with that id
    public Optional<ActiveFault> removeFault(long id) {
        throw new UnsupportedOperationException("not built yet");
    }

    public void clearFaults() {
        throw new UnsupportedOperationException("not built yet");
    }

    /// A name for a rule that nobody named: shaped like a GUID, counted.
    public String freeRuleName() {
        throw new UnsupportedOperationException("not built yet");
    }

    public FirewallRule addRule(FirewallRule rule) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// In the order of making.
    public List<FirewallRule> rules() {
        throw new UnsupportedOperationException("not built yet");
    }

    /// @return what was removed
    public List<FirewallRule> removeRules(Predicate<FirewallRule> which) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// @return the rules as they are now
    public List<FirewallRule> enableRules(Predicate<FirewallRule> which, boolean enabled) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// What the lab's hosts received: the newest that match, oldest first.
    ///
    /// @param recipientGlob matches any recipient of the message
    public List<ReceivedMessage> mail(String recipientGlob, String hostGlob, int limit) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// The content of a received message, octet for octet as it was sent, dot-stuffing undone. The caller closes
    /// it.
    ///
    /// @return empty if there is no such message, or its content was let go
    public Optional<InputStream> content(String id) throws IOException {
        throw new UnsupportedOperationException("not built yet");
    }

    /// Good weather: no faults, no firewall rules, the standard zones and forwarders.
    ///
    /// @param forgetMail forget also what was seen: received mail and the journal of queries
    public void reset(boolean forgetMail) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// Stops listening, writes down what is not yet written, and lets go. Waits for the disk, not for the network.
    @Override
    public void close() {
        throw new UnsupportedOperationException("not built yet");
    }
}
