package dev.tarry.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/// SubEthaSMTP as somebody's own mail server, outside the lab: takes whatever comes.
final class Stranger implements AutoCloseable {
    /// One message.
    record Taken(String from, List<String> to, String content) {}

    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    private final Queue<String> clients = new ConcurrentLinkedQueue<>();
    private final SMTPServer server;

    /// @param address where it listens, on a free port
    Stranger(String address) {
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.ofLiteral(address))
                .hostName("mx.stranger.example")
                .messageHandlerFactory(context -> {
                    clients.add(((InetSocketAddress) context.getRemoteAddress())
                            .getAddress()
                            .getHostAddress());
                    return new Transaction();
                })
                .insertReceivedHeaders(false)
                .build();
        server.start();
    }

    int port() {
        return server.getPortAllocated();
    }

    Queue<Taken> taken() {
        return taken;
    }

    /// Where each transaction came from, in the order in which they were begun.
    Queue<String> clients() {
        return clients;
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Transaction implements MessageHandler {
        private final List<String> recipients = new ArrayList<>();
        private String sender;

        @Override
        public void from(String from) {
            sender = from;
        }

        @Override
        public void recipient(String recipient) {
            recipients.add(recipient);
        }

        @Override
        public String data(InputStream data) throws IOException {
            taken.add(new Taken(sender, List.copyOf(recipients), TarryProcess.text(data.readAllBytes())));
            return "2.0.0 taken";
        }

        @Override
        public void done() {
            // nothing is kept open
        }
    }
}
