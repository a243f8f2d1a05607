package dev.tarry.receive;

import dev.tarry.mail.Reply;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// A receive connector that listens, behind one [Door] or several. Thread-safe.
public final class SmtpListener {
    /// Octets of replies that may wait for a client to read them; above the high mark nothing more is read
    /// from it.
    private static final WriteBufferWaterMark UNREAD_REPLIES = new WriteBufferWaterMark(8_192, 32_768);

    /// Octets of replies that the system may keep for a client, beside those above: left to itself it lets megabytes
    /// grow there, and whoever never reads is answered until they are full. It holds every reply but a few whole.
    private static final int SYSTEMS_UNREAD_BYTES = 32_768;

    /// Where it waits.
    ///
    /// @param binding of its connector, that led there
    record Place(Door door, InetSocketAddress binding) {}

    private final Sessions sessions;
    private volatile List<Place> places = List.of();

    /// It does not listen before it has its places.
    ///
    /// @param rate of all connectors together
    SmtpListener(World world, Reception reception, ConnectionRate rate) {
        this.sessions = new Sessions(world, reception, rate);
    }

    /// A connector on its own begins to listen.
    ///
    /// @return fails with an [java.io.IOException] that names connector and address if it cannot be bound
    public static CompletableFuture<SmtpListener> open(World world, Reception reception) {
        Listeners alone = new Listeners(world, reception::withConnector, ConnectionRate.unlimited());
        return alone.apply(List.of(reception.connector()))
                .thenApply(_ -> alone.all().getFirst());
    }

    /// From now on it waits there; where it waited before and does not any more, it leaves.
    void places(List<Place> next) {
        places = List.copyOf(next);
    }

    List<Place> places() {
        return places;
    }

    /// After [#close]: listens again, where it did.
    ///
    /// @return fails as [#open] does
    public CompletableFuture<Void> reopen() {
        sessions.stopping = false;
        List<CompletableFuture<Void>> opened = new ArrayList<>();
        for (Place place : places) {
            place.door().enter(new Door.Entrance(this, place.binding()));
            opened.add(place.door().open(false));
        }
        return CompletableFuture.allOf(opened.toArray(CompletableFuture<?>[]::new));
    }

    /// Every session that there is ends with `421 4.3.2 Service not available`; one whose message is being made durable
    /// gets its answer first. It goes on listening: what newcomers hear is their [Admission]'s.
    ///
    /// @return complete when the last of them is gone
    public CompletableFuture<Void> endSessions() {
        return sessions.end();
    }

    /// Where clients find it first.
    public SocketAddress address() {
        return places.getFirst().door().address();
    }

    /// Where clients find it, in the order of its bindings.
    public List<SocketAddress> addresses() {
        return places.stream().map(place -> shown(place)).distinct().toList();
    }

    /// A binding that is part of another's, such as 127.0.0.1 of 0.0.0.0, is where it is.
    private static SocketAddress shown(Place place) {
        return place.binding().getPort() == 0 ? place.door().address() : place.binding();
    }

    /// Whether it still listens, everywhere.
    public boolean listening() {
        return places.stream().allMatch(place -> place.door().listening());
    }

    /// What it is called; never changes while it listens.
    public String name() {
        return sessions.reception.connector().name();
    }

    /// Sessions that begin from now on are held by another connector's terms; where it listens stays.
    public void connector(ReceiveConnector next) {
        sessions.connector(next);
    }

    /// Connections open now.
    public int connections() {
        return sessions.connections.open();
    }

    /// Listens no more, and ends every session as [#endSessions] does.
    ///
    /// @return complete when the last one is gone
    public CompletableFuture<Void> close() {
        return leave().thenCompose(_ -> {
            sessions.stopping = true;
            return sessions.end();
        });
    }

    /// Listens no more; the sessions that there are go on.
    CompletableFuture<Void> leave() {
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        for (Place place : places) {
            if (place.door().leave(this)) {
                closed.add(place.door().close());
            }
        }
        return CompletableFuture.allOf(closed.toArray(CompletableFuture<?>[]::new));
    }

    /// Whose clients it takes.
    Doors doors() {
        return sessions.reception.connector().doors();
    }

    /// What each of its channels is given.
    ChannelHandler sessions() {
        return sessions;
    }

    /// A client was sent away before it had a session.
    void turnedAway(Reply reply) {
        sessions.reception.meter().turnedAway();
        sessions.reception.meter().refused(reply);
    }

    /// Gives each accepted channel its session.
    @ChannelHandler.Sharable
    private static final class Sessions extends ChannelInitializer<Channel> {
        private final World world;
        private volatile Reception reception;
        private final InboundConnections connections;
        private final ConcurrentNavigableMap<Long, Channel> open = new ConcurrentSkipListMap<>();
        private final AtomicLong numbers = new AtomicLong();
        /// replaced, with those in it, when the time-outs are others
        private volatile ConcurrentMap<EventLoop, TimeoutWatch> watches = new ConcurrentHashMap<>();
        private final Queue<Ending> endings = new ConcurrentLinkedQueue<>();
        private volatile boolean stopping;

        Sessions(World world, Reception reception, ConnectionRate rate) {
            this.world = world;
            this.reception = reception;
            this.connections = new InboundConnections(
                    reception.connector().limits(), reception.connector().rules(), rate);
        }

        void connector(ReceiveConnector next) {
            reception = reception.withConnector(next);
            connections.terms(next);
            watches = new ConcurrentHashMap<>();
        }

        @Override
        protected void initChannel(Channel channel) {
            if (stopping) {
                channel.close();
                return;
            }
            channel.config().setWriteBufferWaterMark(UNREAD_REPLIES);
            // TCP only; other transports say false
            channel.config().setOption(ChannelOption.SO_SNDBUF, SYSTEMS_UNREAD_BYTES);
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            Loop loop = world.loops().of(channel.eventLoop());
            TimeoutWatch watch = watches.computeIfAbsent(channel.eventLoop(), _ -> watch(loop));
            long number = numbers.incrementAndGet();
            open.put(number, channel);
            channel.pipeline()
                    .addLast(new SessionHandler(
                            reception, connections, watch, world.wireTimers(), loop, () -> gone(number)));
        }

        private TimeoutWatch watch(Loop loop) {
            ReceiveConnector.Limits limits = reception.connector().limits();
            Duration shortest = Collections.min(List.of(
                    limits.connectionTimeout(),
                    limits.connectionInactivityTimeout(),
                    reception.connector().pace().commandTimeout()));
            return new TimeoutWatch(world.wireTime(), world.wireTimers(), loop, shortest);
        }

        CompletableFuture<Void> end() {
            Ending ending = new Ending(numbers.get(), new CompletableFuture<>());
            endings.add(ending);
            for (Channel channel : open.headMap(ending.upTo, true).values()) {
                world.loops()
                        .of(channel.eventLoop())
                        .execute(() -> channel.pipeline().fireUserEventTriggered(SessionHandler.Stop.STOP));
            }
            lookForEnds();
            return ending.gone;
        }

        private void gone(long number) {
            open.remove(number);
            lookForEnds();
        }

        private void lookForEnds() {
            endings.removeIf(ending -> {
                boolean over = open.headMap(ending.upTo, true).isEmpty();
                if (over) {
                    ending.gone.complete(null);
                }
                return over;
            });
        }
    }

    /// Somebody waits until all sessions up to this number are gone.
    private record Ending(long upTo, CompletableFuture<Void> gone) {}
}
