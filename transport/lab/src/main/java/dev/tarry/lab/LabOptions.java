package dev.tarry.lab;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How the lab is laid out, with the bounds it keeps.
///
/// @param labDns where 8.8.8.8 listens from the start, UDP and TCP; port 0 takes a free one; empty: opened at the
///     first dial like the others
/// @param openAll open every DNS server at the start, so that [Lab#addresses()] lists them all
/// @param ownHosts names that are the server under test itself: in DNS they may stand, but the lab puts no mail
///     host there
/// @param journalEntries DNS queries remembered, the newest ones
/// @param messagesKept received messages remembered, the newest ones
/// @param memoryOctetsKept octets of received content kept when there is no folder; the oldest messages are let go
///     first
/// @param diskOctetsKept the same when there is a folder
/// @param messageOctetsMax the largest message a lab host takes (its SIZE)
/// @param recipientsMax recipients a lab host takes in one transaction
/// @param listenersMax sockets the lab listens on at most; past it, a dial is refused and logged
/// @param realAddresses whether it listens also at the addresses and ports that its world says: 8.8.8.8:53 and so on
public record LabOptions(
        Optional<InetSocketAddress> labDns,
        boolean openAll,
        Set<String> ownHosts,
        int journalEntries,
        int messagesKept,
        long memoryOctetsKept,
        long diskOctetsKept,
        long messageOctetsMax,
        int recipientsMax,
        int listenersMax,
        boolean realAddresses) {
    private static final int DNS_PORT = 8053;

    public LabOptions {
        ownHosts = ownHosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        atLeastOne("journalEntries", journalEntries);
        atLeastOne("messagesKept", messagesKept);
        atLeastOne("memoryOctetsKept", memoryOctetsKept);
        atLeastOne("diskOctetsKept", diskOctetsKept);
        atLeastOne("messageOctetsMax", messageOctetsMax);
        atLeastOne("recipientsMax", recipientsMax);
        atLeastOne("listenersMax", listenersMax);
    }

    /// 8.8.8.8 on 127.0.0.1:8053, everything else at its first dial.
    public static LabOptions standard() {
        return new LabOptions(
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS_PORT)),
                false,
                Set.of("mail.company.com"),
                10_000,
                100_000,
                256L << 20,
                16L << 30,
                157_286_400L,
                5_000,
                4_096,
                false);
    }

    public LabOptions withLabDns(InetSocketAddress at) {
        return with(Optional.of(at), openAll, ownHosts, listenersMax, realAddresses);
    }

    public LabOptions withOpenAll(boolean all) {
        return with(labDns, all, ownHosts, listenersMax, realAddresses);
    }

    public LabOptions withOwnHosts(Set<String> names) {
        return with(labDns, openAll, names, listenersMax, realAddresses);
    }

    public LabOptions withListenersMax(int most) {
        return with(labDns, openAll, ownHosts, most, realAddresses);
    }

    public LabOptions withRealAddresses(boolean real) {
        return with(labDns, openAll, ownHosts, listenersMax, real);
    }

    private LabOptions with(
            Optional<InetSocketAddress> dns, boolean all, Set<String> names, int listeners, boolean real) {
        return new LabOptions(
                dns,
                all,
                names,
                journalEntries,
                messagesKept,
                memoryOctetsKept,
                diskOctetsKept,
                messageOctetsMax,
                recipientsMax,
                listeners,
                real);
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("lab option " + name + " is " + value + "; at least 1 is needed");
        }
    }
}
