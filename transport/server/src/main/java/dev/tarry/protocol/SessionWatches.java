package dev.tarry.protocol;

import dev.tarry.receive.Peer;
import dev.tarry.receive.ProtocolLog;
import dev.tarry.receive.ReceiveConnector;
import dev.tarry.smtp.Transcript;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Transcripts on demand: what clients say to receive connectors is kept for those who asked for it, whether or not the
/// connector writes a protocol log. Nothing is kept over a restart. Sessions come on their io loops, questions from any
/// thread.
public final class SessionWatches {
    /// Watches at a time, those that were stopped included.
    public static final int MAX_WATCHES = 20;

    private final InstantSource labTime;
    private final List<SessionWatch> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    public SessionWatches(InstantSource labTime) {
        this.labTime = labTime;
    }

    /// Begins to listen.
    ///
    /// @return absent where there are [#MAX_WATCHES] already
    public synchronized Optional<SessionWatch> begin(SessionWatch.Wanted wanted) {
        if (all.size() >= MAX_WATCHES) {
            return Optional.empty();
        }
        SessionWatch watch = new SessionWatch(Integer.toString(numbers.incrementAndGet()), wanted, labTime.instant());
        all.add(watch);
        return Optional.of(watch);
    }

    /// In the order in which they began.
    public List<SessionWatch> all() {
        return List.copyOf(all);
    }

    public Optional<SessionWatch> find(String id) {
        return all.stream().filter(watch -> watch.id().equals(id)).findFirst();
    }

    /// Hears no more; what was heard can still be read.
    public void stop(SessionWatch watch) {
        watch.stop(labTime.instant());
    }

    /// Lets go what it has.
    public void remove(SessionWatch watch) {
        stop(watch);
        all.remove(watch);
    }

    /// The same log, with the watches listening too.
    public ProtocolLog beside(ProtocolLog log) {
        return (connector, session, peer) -> {
            Transcript written = log.open(connector, session, peer);
            List<SessionWatch.Heard> heard = all.isEmpty() ? List.of() : open(connector, session, peer);
            return heard.isEmpty() ? written : new Listening(written, heard);
        };
    }

    private List<SessionWatch.Heard> open(ReceiveConnector connector, String session, Peer peer) {
        List<SessionWatch.Heard> heard = new ArrayList<>();
        for (SessionWatch watch : all) {
            if (watch.wanted().takes(connector.name(), peer.clientIp())) {
                watch.open(session, connector.identity(), ProtocolTranscripts.endpoint(peer), labTime.instant())
                        .ifPresent(heard::add);
            }
        }
        return heard;
    }

    /// One session's lines, for a log and for those who listen.
    private final class Listening implements Transcript {
        private final Transcript written;
        private final List<SessionWatch.Heard> heard;
        private final AuthMask mask = new AuthMask();

        Listening(Transcript written, List<SessionWatch.Heard> heard) {
            this.written = written;
            this.heard = heard;
        }

        @Override
        public void connected(String local) {
            written.connected(local);
            heard.forEach(one -> one.connected(local));
            tell(Event.CONNECT, "", "");
        }

        @Override
        public void line(Event event, String data, String context) {
            written.line(event, data, context);
            tell(
                    event,
                    switch (event) {
                        case SENT -> mask.reply(data);
                        case RECEIVED -> mask.command(data);
                        case CONNECT, DISCONNECT, INFORMATION -> data;
                    },
                    context);
        }

        private void tell(Event event, String data, String context) {
            heard.forEach(one -> one.line(
                    labTime.instant(), event, ProtocolTranscripts.cut(data), ProtocolTranscripts.cut(context)));
        }
    }
}
