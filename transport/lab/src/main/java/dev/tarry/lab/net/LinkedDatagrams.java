package dev.tarry.lab.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;

/// A service that answers datagrams over a link that may be bad, or turn bad. What is lost is gone. Lives on
/// the loop of its socket.
final class LinkedDatagrams implements DatagramService {
    /// Each way; what comes on top finds no room and is lost, as in any router.
    static final int WAITING_MAX = 10_000;

    private final Link link;
    private final Links links;
    private final DatagramService service;
    private final Lane in = new Lane();
    private final Lane out = new Lane();

    private static final class Lane {
        final Pipe pipe = new Pipe();
        int waiting;
    }

    LinkedDatagrams(Link link, Links links, DatagramService service) {
        this.link = link;
        this.links = links;
        this.service = service;
    }

    @Override
    public void datagram(ByteBuf octets, SocketAddress from, EventExecutor loop, Reply reply) {
        var back = new WayBack(from, loop, reply);
        if (link.clear()) {
            service.datagram(octets, from, loop, back);
            return;
        }
        carry(octets, in, from, loop, arrived -> {
            try {
                service.datagram(arrived, from, loop, back);
            } finally {
                arrived.release();
            }
        });
    }

    private final class WayBack implements Reply {
        private final SocketAddress to;
        private final EventExecutor loop;
        private final Reply reply;

        WayBack(SocketAddress to, EventExecutor loop, Reply reply) {
            this.to = to;
            this.loop = loop;
            this.reply = reply;
        }

        @Override
        public Future<Void> send(ByteBuf answer) {
            if (link.clear()) {
                return reply.send(answer);
            }
            carry(answer, reply::send);
            return loop.newSucceededFuture(null);
        }

        @Override
        public void sendFromElsewhere(ByteBuf answer) {
            if (link.clear()) {
                reply.sendFromElsewhere(answer);
            } else {
                carry(answer, reply::sendFromElsewhere);
            }
        }

        private void carry(ByteBuf answer, Arrival arrival) {
            try {
                LinkedDatagrams.this.carry(answer, out, to, loop, arrival);
            } finally {
                answer.release();
            }
        }
    }

    private interface Arrival {
        /// Takes ownership.
        void at(ByteBuf octets);
    }

    /// @param octets the caller's
    private void carry(ByteBuf octets, Lane lane, SocketAddress client, EventExecutor loop, Arrival arrival) {
        switch (link.next(links.ours(client))) {
            case Passage.Lost(), Passage.Rejected() -> {}
            case Passage.Arrives(var latency, long rate) -> {
                var now = links.clock().instant();
                var due = lane.pipe.through(now, octets.readableBytes(), rate).plus(latency);
                if (!due.isAfter(now)) {
                    arrival.at(octets.retain());
                } else if (lane.waiting < WAITING_MAX) {
                    lane.waiting++;
                    var copy = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(octets));
                    links.at(due, loop, () -> {
                        lane.waiting--;
                        arrival.at(copy);
                    });
                }
            }
        }
    }
}
