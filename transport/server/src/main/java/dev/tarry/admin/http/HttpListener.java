package dev.tarry.admin.http;

import dev.tarry.time.Loop;
import dev.tarry.time.World;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Listens for operators' requests and answers them from a [RouteTable]. Thread-safe.
///
/// A connection takes one request at a time; the next is not read before the reply has gone out.
public final class HttpListener {
    /// Bytes of a request line.
    static final int MAX_LINE = 16 * 1024;
    /// Bytes of all header lines together.
    static final int MAX_HEADER = 32 * 1024;
    /// Connections at once; more are closed as they come.
    static final int MAX_CONNECTIONS = 256;
    /// How long a whole request may take to come in, the wait for it included; wire time, as all that follow.
    static final Duration REQUEST_WITHIN = Duration.ofSeconds(60);
    /// How long a client may take to read a part of a reply: a person who is asked about each object of a long listing
    /// may think about one of them, and the shell reads no further meanwhile.
    static final Duration READ_WITHIN = Duration.ofMinutes(10);
    /// How long the rest of a refused request is read and thrown away, so that the refusal reaches the client.
    static final Duration DRAIN_WITHIN = Duration.ofSeconds(5);
    /// How long requests may still run when the listener closes.
    static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final World world;
    private final Channel listening;
    private final Connections connections;
    private final SocketAddress address;

    private HttpListener(World world, Channel listening, Connections connections) {
        this.world = world;
        this.listening = listening;
        this.connections = connections;
        this.address = world.wires().addressOf(listening);
    }

    /// Begins to listen.
    ///
    /// @return fails with an [IOException] that names the address if it cannot be bound
    public static CompletableFuture<HttpListener> open(World world, HttpSettings settings, RouteTable routes) {
        return open(world, settings, routes, new BodyBudget(BodyBudget.BYTES));
    }

    static CompletableFuture<HttpListener> open(
            World world, HttpSettings settings, RouteTable routes, BodyBudget bodies) {
        Connections connections = new Connections(world, new Dispatcher(routes, settings), bodies);
        CompletableFuture<HttpListener> opened = new CompletableFuture<>();
        world.wires().listen(settings.bind(), connections).addListener(done -> {
            if (done.isSuccess()) {
                opened.complete(new HttpListener(world, (Channel) done.getNow(), connections));
            } else {
                opened.completeExceptionally(new IOException(
                        "the admin API (admin.bind) cannot listen on " + NetUtil.toSocketAddressString(settings.bind())
                                + ": " + done.cause().getMessage(),
                        done.cause()));
            }
        });
        return opened;
    }

    /// Where clients find it, with the port that it got.
    public SocketAddress address() {
        return address;
    }

    /// Whether it still listens.
    boolean listening() {
        return listening.isOpen();
    }

    /// Connections open now.
    public int open() {
        return connections.open.size();
    }

    /// Listens no more; requests that are being answered get their reply, for a while.
    ///
    /// @return complete when the last connection is gone
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        listening.close().addListener(_ -> connections.stop(closed));
        world.wireTimers().after(CLOSE_WITHIN, world.loops().of(listening.eventLoop()), connections.open::close);
        return closed;
    }

    /// Gives each accepted channel its handlers.
    @ChannelHandler.Sharable
    static final class Connections extends ChannelInitializer<Channel> {
        private final World world;
        private final Dispatcher dispatcher;
        private final BodyBudget bodies;
        private final Json json = new Json();
        private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
        private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 1).factory());
        private volatile boolean stopping;

        Connections(World world, Dispatcher dispatcher, BodyBudget bodies) {
            this.world = world;
            this.dispatcher = dispatcher;
            this.bodies = bodies;
        }

        @Override
        protected void initChannel(Channel channel) {
            open.add(channel);
            if (stopping || open.size() > MAX_CONNECTIONS) {
                channel.close();
                return;
            }
            channel.config().setAutoRead(false); // one request at a time
            Loop loop = world.loops().of(channel.eventLoop());
            channel.pipeline().addLast(new RequestDecoder(), new HttpResponseEncoder(), new HttpConnection(this, loop));
        }

        World world() {
            return world;
        }

        Dispatcher dispatcher() {
            return dispatcher;
        }

        BodyBudget bodies() {
            return bodies;
        }

        Json json() {
            return json;
        }

        ExecutorService threads() {
            return threads;
        }

        boolean stopping() {
            return stopping;
        }

        private void stop(CompletableFuture<Void> closed) {
            stopping = true;
            for (Channel channel : open) {
                world.loops()
                        .of(channel.eventLoop())
                        .execute(() -> channel.pipeline().fireUserEventTriggered(HttpConnection.Stop.STOP));
            }
            open.newCloseFuture().addListener(_ -> {
                threads.shutdown();
                closed.complete(null);
            });
        }
    }
}
