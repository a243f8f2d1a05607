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
    /// @return takes back the alarm that it waits for; once it is given up or has ended
    public Runnable dial(
            InetSocketAddress address, EventExecutor loop, BooleanSupplier givenUp, Consumer<Dialled> then) {
        var dial = new Dial(to(Protocol.TCP, address), loop, givenUp, then);
        dial.send(1, FIRST_REDIAL);
        return dial::cancel;
    }

    /// A dial that is going on.
    private final class Dial {
        private final Link link;
        private final EventExecutor loop;
        private final BooleanSupplier givenUp;
        private final Consumer<Dialled> then;
        private Runnable alarm = () -> {};

        Dial(Link link, EventExecutor loop, BooleanSupplier givenUp, Consumer<Dialled> then) {
            this.link = link;
            this.loop = loop;
            this.givenUp = givenUp;
            this.then = then;
        }

        void send(int syns, Duration patience) {
            switch (link.next(true)) {
                case Passage.Arrives(var latency, var _) -> {
                    if (latency.isZero()) {
                        then.accept(Dialled.THERE);
                    } else {
                        after(latency.multipliedBy(2), () -> then.accept(Dialled.THERE));
                    }
                }
                case Passage.Lost() ->
                    after(patience, () -> {
                        if (syns < SYNS_MAX) {
                            send(syns + 1, patience.multipliedBy(2));
                        } else {
                            then.accept(Dialled.UNANSWERED);
                        }
                    });
                case Passage.Rejected() -> then.accept(Dialled.REJECTED);
            }
        }

        /// It may be given up on another thread at any time.
        private synchronized void after(Duration wait, Runnable ring) {
            if (!givenUp.getAsBoolean()) {
                alarm = later.run(wait, loop, () -> {
                    if (!givenUp.getAsBoolean()) {
                        ring.run();
                    }
                });
            }
        }

        synchronized void cancel() {
            alarm.run();
            alarm = () -> {};
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
