package dev.tarry.lab.net;

import dev.tarry.lab.fault.Faults;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/// The ways to the addresses of the lab's world: what passes there, dials included, passes as faults and
/// firewall let it. Thread-safe.
public final class Links {
    /// RFC 6298 §2.1.
    static final Duration FIRST_REDIAL = Duration.ofSeconds(1);

    /// The first SYN and six more, two minutes in all, as Linux has it.
    static final int SYNS_MAX = 7;

    private final Faults faults;
    private final Firewall firewall;
    private final Function<InetAddress, String> names;
    private final InstantSource clock;
    private final Later later;
    private final Optional<WireLedger> ledger;
    private final Runnable begin;
    private final Runnable end;

    /// How a dial ended.
    public enum Dialled {
        THERE,
        UNANSWERED,
        REJECTED
    }

    /// @param names of the host at an address; empty if nobody is known there
    /// @param clock lab time
    /// @param later alarms in lab time
    /// @param ledger knows who is the server and who a stranger; empty: there are no strangers
    /// @param begin something waits in a loop that nobody else counts
    /// @param end it has run
    public Links(
            Faults faults,
            Firewall firewall,
            Function<InetAddress, String> names,
            InstantSource clock,
            Later later,
            Optional<WireLedger> ledger,
            Runnable begin,
            Runnable end) {
        this.faults = faults;
        this.firewall = firewall;
        this.names = names;
        this.clock = clock;
        this.later = later;
        this.ledger = ledger;
        this.begin = begin;
        this.end = end;
    }

    private Link to(Protocol protocol, InetSocketAddress address) {
        return new Link(faults, firewall, protocol, address, () -> names.apply(address.getAddress()));
    }

    /// Between the counted end of an accepted connection and its service.
    ///
    /// @param address in the lab's world
    public ChannelHandler acceptedEnd(InetSocketAddress address) {
        return new LinkedTcpEnd(to(Protocol.TCP, address), this);
    }

    /// Around the service at an address of the lab's world.
    public DatagramService datagrams(InetSocketAddress address, DatagramService service) {
        return new LinkedDatagrams(to(Protocol.UDP, address), this, service);
    }

    /// Lets the first packet of a connection go to an address and its answer come back: one round trip. A SYN
    /// that is lost is sent again.
    ///
    /// @param loop where it waits
    /// @param givenUp whether whoever dials has lost patience
    /// @param then called once, now or later on `loop`; not if it was given up
    public void dial(InetSocketAddress address, EventExecutor loop, BooleanSupplier givenUp, Consumer<Dialled> then) {
        dial(to(Protocol.TCP, address), loop, givenUp, then, 1, FIRST_REDIAL);
    }

    private void dial(
            Link link,
            EventExecutor loop,
            BooleanSupplier givenUp,
            Consumer<Dialled> then,
            int syns,
            Duration patience) {
        if (givenUp.getAsBoolean()) {
            return;
        }
        switch (link.next(true)) {
            case Passage.Arrives(var latency, var _) -> {
                if (latency.isZero()) {
                    then.accept(Dialled.THERE);
                } else {
                    later.run(latency.multipliedBy(2), loop, () -> then.accept(Dialled.THERE));
                }
            }
            case Passage.Lost() ->
                later.run(patience, loop, () -> {
                    if (syns < SYNS_MAX) {
                        dial(link, loop, givenUp, then, syns + 1, patience.multipliedBy(2));
                    } else {
                        then.accept(Dialled.UNANSWERED);
                    }
                });
            case Passage.Rejected() -> then.accept(Dialled.REJECTED);
        }
    }

    /// Whether the far end of an accepted channel is the server under test.
    boolean ours(Channel accepted) {
        return ledger.map(book -> book.knows(accepted)).orElse(true);
    }

    /// The same, of a socket that sends datagrams.
    boolean ours(SocketAddress client) {
        return ledger.map(book -> book.knows(client)).orElse(true);
    }

    InstantSource clock() {
        return clock;
    }

    /// An alarm at a moment of lab time. Alarms may know whole milliseconds only: it never rings before.
    Runnable at(Instant due, EventExecutor loop, Runnable ring) {
        var wait = Duration.between(clock.instant(), due).plusNanos(999_999);
        return later.run(wait.isNegative() ? Duration.ZERO : Duration.ofMillis(wait.toMillis()), loop, ring);
    }

    void begin() {
        begin.run();
    }

    void end() {
        end.run();
    }
}
