package dev.tarry.simulation;

import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import dev.tarry.time.Wires;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The life of one server process in a simulation, until it is killed: from then on its tasks do not run, its
/// alarms do not ring, its connections are cut, and nothing of it can reach the disk or the wire. One thread.
final class Life {
    private final List<Channel> channels = new ArrayList<>();
    private boolean over;
    private long tasksLeft = Long.MAX_VALUE;
    private boolean spared;

    /// Lets it end by itself after so many more of its tasks, wherever that is.
    void endAfter(long tasks) {
        tasksLeft = tasks;
    }

    /// While it is spared, tasks do not count towards that end.
    void spared(boolean spared) {
        this.spared = spared;
    }

    /// Ends it, as SIGKILL would.
    void end() {
        over = true;
        List.copyOf(channels).forEach(Channel::close);
        channels.clear();
    }

    boolean over() {
        return over;
    }

    /// Those that are open, listening ones included.
    int channels() {
        return channels.size();
    }

    /// The same loop, while this life lasts.
    Loop of(Loop loop) {
        return new Loop() {
            @Override
            public boolean inLoop() {
                return loop.inLoop();
            }

            @Override
            public void execute(Runnable task) {
                if (!over) {
                    loop.execute(() -> {
                        if (!over) {
                            task.run();
                            if (!spared && --tasksLeft == 0) {
                                end();
                            }
                        }
                    });
                }
            }
        };
    }

    Timers of(Timers timers) {
        return new Timers() {
            @Override
            public Alarm at(Instant due, Loop loop, Runnable ring) {
                return over ? () -> {} : timers.at(due, loop, guarded(ring));
            }

            @Override
            public Alarm after(Duration wait, Loop loop, Runnable ring) {
                return over ? () -> {} : timers.after(wait, loop, guarded(ring));
            }
        };
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            if (!over) {
                task.run();
            }
        };
    }

    Wires of(Wires wires) {
        return new Wires() {
            @Override
            public Future<Channel> connect(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
                return over ? loop.newPromise() : mine(wires.connect(loop, to, handler));
            }

            @Override
            public Future<Channel> datagrams(EventLoop loop, InetSocketAddress to, ChannelHandler handler) {
                return over ? loop.newPromise() : mine(wires.datagrams(loop, to, handler));
            }

            @Override
            public Future<Channel> listen(InetSocketAddress at, ChannelHandler childHandler) {
                return mine(wires.listen(at, accepting(childHandler)));
            }

            @Override
            public Future<Channel> listen(InetSocketAddress at, int knownAs, ChannelHandler childHandler) {
                return mine(wires.listen(at, knownAs, accepting(childHandler)));
            }

            @Override
            public SocketAddress addressOf(Channel listening) {
                return wires.addressOf(listening);
            }
        };
    }

    /// A client's connection is cut with the life that accepted it.
    private ChannelHandler accepting(ChannelHandler childHandler) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                keep(channel);
                channel.pipeline().addLast(childHandler);
            }
        };
    }

    private void keep(Channel channel) {
        if (over) {
            channel.close();
        } else {
            channels.add(channel);
            channel.closeFuture().addListener(_ -> channels.remove(channel));
        }
    }

    private Future<Channel> mine(Future<Channel> opening) {
        opening.addListener((Future<Channel> opened) -> {
            if (!opened.isSuccess()) {
                return;
            }
            keep(opened.getNow());
        });
        return opening;
    }
}
