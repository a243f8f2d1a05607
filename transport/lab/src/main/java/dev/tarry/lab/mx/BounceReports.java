package dev.tarry.lab.mx;

import dev.tarry.lab.fault.SmtpEffect;
import dev.tarry.lab.mx.JournaledSession.Direction;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the reports of hosts that took a message and found out too late (RFC 3464): each after its
/// while, to wherever mail for the sender goes, again for days if that fails, and then never. In
/// memory: what is owed is gone with the process. Thread-safe; alarms and sessions live on loops.
public final class BounceReports {
    private static final Logger log = LoggerFactory.getLogger(BounceReports.class);

    /// Past it the oldest are dropped.
    static final int OWED_MAX = 10_000;

    /// Between one try and the next, lab time, as far as it goes; then [#LATER].
    private static final List<Duration> FIRST =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofHours(1));

    private static final Duration LATER = Duration.ofHours(6);

    /// Five days, as RFC 5321 §4.5.4.1 has it; then the report is dropped.
    private static final int TRIES_MAX = FIRST.size() + 20;

    /// For a whole session, lab time.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// What is looked at of a message, for its headers.
    private static final int HEADERS_MAX = 8 << 10;

    /// Finds where mail for a domain is handed in.
    @FunctionalInterface
    public interface WhereTo {
        /// @return empty: nobody takes it now
        CompletableFuture<Optional<Place>> mailFor(String domain);
    }

    /// Where mail is handed in.
    ///
    /// @param counting a handler that counts what is on the way there and back, first in the pipeline
    public record Place(SocketAddress address, ChannelHandler counting) {
        public Place {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(counting, "counting");
        }
    }

    private final HostGround ground;
    private final SessionJournal journal;
    private final WhereTo whereTo;
    private final Map<Long, Owed> owed = new LinkedHashMap<>();
    private long lastNumber;

    private static final class Owed {
        final BounceReport report;
        final EventLoop loop;
        OwedReport view;
        int tries;
        Runnable cancel = () -> {};
        /// The session that goes on now; null if there is none.
        Channel session;

        Owed(BounceReport report, EventLoop loop) {
            this.report = report;
            this.loop = loop;
        }
    }

    BounceReports(HostGround ground, SessionJournal journal, WhereTo whereTo) {
        this.ground = ground;
        this.journal = journal;
        this.whereTo = whereTo;
    }

    /// Takes over the content. To nobody nothing is reported (RFC 5321 §6.1).
    void owe(Envelope envelope, SmtpEffect.Bounce how, Receipt receipt) {
        var headers = receipt.beginning(HEADERS_MAX);
        receipt.abandon();
        if (envelope.mailFrom().isEmpty()) {
            return;
        }
        synchronized (this) {
            while (owed.size() >= OWED_MAX) {
                drop(owed.keySet().iterator().next(), "too many are owed");
            }
            long number = ++lastNumber;
            var report = new BounceReport(number, ground.clock().instant(), envelope, how, headers);
            var fresh = new Owed(report, ground.loops().next());
            owed.put(number, fresh);
            tryAfter(fresh, how.after());
        }
    }

    synchronized List<OwedReport> owed() {
        return owed.values().stream().map(one -> one.view).toList();
    }

    synchronized void forget() {
        owed.values().forEach(one -> {
            one.cancel.run();
            if (one.session != null) {
                one.session.close();
            }
        });
        owed.clear();
    }

    private synchronized void tryAfter(Owed one, Duration wait) {
        one.view = one.report.view(ground.clock().instant().plus(wait), one.tries);
        one.cancel = ground.later().run(wait, one.loop, () -> attempt(one));
    }

    private void drop(long number, String why) {
        var gone = owed.remove(number);
        gone.cancel.run();
        gone.report.journaled(journal, why + "; the report is dropped").close("broken");
        log.warn("a report of {} is dropped: {}", gone.report.host(), SessionEntry.shown(why));
    }

    private void attempt(Owed one) {
        synchronized (this) {
            if (owed.get(one.report.number()) != one) {
                return;
            }
            one.tries++;
        }
        ground.begin().run();
        CompletableFuture<Optional<Place>> leads;
        try {
            leads = whereTo.mailFor(one.report.domain());
        } catch (RuntimeException unexpected) {
            leads = CompletableFuture.failedFuture(unexpected);
        }
        leads.whenComplete((where, failed) -> one.loop.execute(() -> found(one, where, failed)));
    }

    private void found(Owed one, Optional<Place> where, Throwable failed) {
        boolean dialling = false;
        try {
            if (failed != null) {
                log.warn("it is not known where a report of {} goes", one.report.host(), failed);
                ended(one, false, String.valueOf(failed.getMessage()));
            } else if (where.isEmpty()) {
                ended(one, false, "nobody takes mail for the sender");
            } else {
                dialling = dial(one, where.get());
            }
        } catch (RuntimeException unexpected) {
            log.error("a report of {} cannot be sent now", one.report.host(), unexpected);
            ended(one, false, String.valueOf(unexpected.getMessage()));
        } finally {
            if (!dialling) {
                ground.end().run();
            }
        }
    }

    /// @return whether the dial goes on, and ends the work in flight when it is done
    private boolean dial(Owed one, Place to) {
        var report = one.report;
        synchronized (this) {
            if (owed.get(report.number()) != one) {
                return false;
            }
        }
        var entry = journal.open(Direction.OUT, report.host(), report.hostAddress(), 0, report.domain());
        var session = new ReportSession(report, entry, (taken, last) -> ended(one, taken, last));
        var dialling = new Bootstrap()
                .group(one.loop)
                .channel(to.address() instanceof LocalAddress ? LocalChannel.class : NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(to.counting(), session);
                    }
                })
                .connect(to.address());
        runs(one, dialling.channel());
        dialling.addListener(dialled -> {
            try {
                if (!dialled.isSuccess()) {
                    session.undialled(String.valueOf(dialled.cause().getMessage()));
                } else {
                    session.within(PATIENCE, ground.later(), one.loop);
                }
            } finally {
                ground.end().run();
            }
        });
        return true;
    }

    private synchronized void runs(Owed one, Channel session) {
        if (owed.get(one.report.number()) == one) {
            one.session = session;
        } else {
            session.close(); // it was forgotten in between
        }
    }

    /// @param why what was said last, or what went wrong
    private synchronized void ended(Owed one, boolean taken, String why) {
        long number = one.report.number();
        if (owed.get(number) != one) {
            return;
        }
        one.session = null;
        if (taken) {
            owed.remove(number);
        } else if (one.tries >= TRIES_MAX) {
            drop(number, why);
        } else {
            tryAfter(one, one.tries <= FIRST.size() ? FIRST.get(one.tries - 1) : LATER);
        }
    }
}
