package dev.tarry.protocol;

import dev.tarry.receive.Peer;
import dev.tarry.receive.ProtocolLog;
import dev.tarry.routing.Literals;
import dev.tarry.routing.SendConnector;
import dev.tarry.send.SendLog;
import dev.tarry.send.Target;
import dev.tarry.smtp.Transcript;
import java.time.InstantSource;

/// Writes down what is said on those connectors that want it. Each session's lines come on its own io loop; a line of a
/// connector that wants none costs a look at a flag when its session begins.
public final class ProtocolTranscripts {
    /// Longer lines are cut: RFC 5321 §4.5.3.1 allows 512 octets, and only EHLO is answered at length. It bounds what
    /// waits for a slow disk.
    static final int MAX_CHARACTERS = 2_000;

    private ProtocolTranscripts() {}

    /// Of clients, for [ReceiveConnector#protocolLogging].
    public static ProtocolLog receive(ProtocolSink sink, InstantSource labTime) {
        return (connector, session, peer) -> connector.protocolLogging()
                ? new Lines(sink, labTime, connector.identity(), session, endpoint(peer), false)
                : Transcript.OFF;
    }

    /// Of hosts, for [SendConnector#protocolLogging].
    public static SendLog send(ProtocolSink sink, InstantSource labTime) {
        return new SendLog() {
            @Override
            public boolean on(SendConnector connector) {
                return connector.protocolLogging();
            }

            @Override
            public Transcript open(SendConnector connector, String session, Target target) {
                return new Lines(sink, labTime, connector.name(), session, target.endpoint(), true);
            }
        };
    }

    private static String endpoint(Peer peer) {
        return Literals.withPort(peer.clientIp(), peer.clientPort());
    }

    /// One session's.
    private static final class Lines implements Transcript {
        private final ProtocolSink sink;
        private final InstantSource labTime;
        private final String connector;
        private final String session;
        private final String remote;
        private final boolean client;
        private final AuthMask mask = new AuthMask();
        private String local = "";
        private int sequence;

        /// @param client whether commands are ours, and replies the other's
        Lines(
                ProtocolSink sink,
                InstantSource labTime,
                String connector,
                String session,
                String remote,
                boolean client) {
            this.sink = sink;
            this.labTime = labTime;
            this.connector = connector;
            this.session = session;
            this.remote = remote;
            this.client = client;
        }

        @Override
        public void connected(String ourEnd) {
            local = ourEnd;
            line(Event.CONNECT, "", "");
        }

        @Override
        public void line(Event event, String data, String context) {
            String shown = switch (event) {
                case SENT -> client ? mask.command(data) : mask.reply(data);
                case RECEIVED -> client ? mask.reply(data) : mask.command(data);
                case CONNECT, DISCONNECT, INFORMATION -> data;
            };
            sink.write(new ProtocolRow(
                    labTime.instant(), connector, session, sequence++, local, remote, event, cut(shown), cut(context)));
        }

        private static String cut(String text) {
            return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
        }
    }
}
