package dev.tarry.dns;

import dev.tarry.stage.OneThread;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A DNS server that a test tells what to say: records as zone files write them, and behaviours that stand in for
/// them.
final class ScriptedDns {
    /// What it does with a query: gives back the datagrams (or TCP messages) to answer with.
    @FunctionalInterface
    interface Behaviour {
        List<byte[]> answer(Message query, DnsProtocol over) throws IOException;
    }

    static final Behaviour SILENT = (_, _) -> List.of();
    static final Behaviour SERVFAIL = rcode(Rcode.SERVFAIL);
    static final Behaviour REFUSED = rcode(Rcode.REFUSED);
    static final Behaviour NXDOMAIN = rcode(Rcode.NXDOMAIN);

    private final List<Record> records = new ArrayList<>();
    private final Map<String, Behaviour> special = new LinkedHashMap<>();
    private Behaviour all;
    private Behaviour overUdp;
    final List<String> asked = new ArrayList<>();
    final InetSocketAddress address;

    ScriptedDns(OneThread stage, InetSocketAddress address) {
        this.address = address;
        stage.wires().datagramHost(address, () -> new End(DnsProtocol.UDP));
        stage.wires().host(address, () -> new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new LengthFieldBasedFrameDecoder(65537, 0, 2, 0, 2))
                        .addLast(new LengthFieldPrepender(2))
                        .addLast(new End(DnsProtocol.TCP));
            }
        });
    }

    /// Adds records, one a line: `gmail.com. 300 MX 5 mx.gmail.com.`
    ScriptedDns zone(String text) {
        try (Master master = new Master(new java.io.ByteArrayInputStream(text.getBytes()), Name.root, 300)) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                records.add(record);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ScriptedDns forget() {
        records.clear();
        return this;
    }

    ScriptedDns always(Behaviour behaviour) {
        all = behaviour;
        return this;
    }

    ScriptedDns udp(Behaviour behaviour) {
        overUdp = behaviour;
        return this;
    }

    /// @param question `gmail.com MX`
    ScriptedDns on(String question, Behaviour behaviour) {
        special.put(question, behaviour);
        return this;
    }

    static Behaviour rcode(int rcode) {
        return (query, _) -> List.of(response(query, rcode).toWire());
    }

    static Message response(Message query, int rcode) {
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        response.getHeader().setRcode(rcode);
        if (query.getQuestion() != null) {
            response.addRecord(query.getQuestion(), Section.QUESTION);
        }
        return response;
    }

    /// What an honest recursive server says.
    Message honest(Message query) {
        Name name = query.getQuestion().getName();
        int type = query.getQuestion().getType();
        Message response = response(query, Rcode.NOERROR);
        for (int steps = 0; steps < 20; steps++) {
            Name at = name;
            List<Record> found = records.stream()
                    .filter(r -> r.getName().equals(at) && r.getType() == type)
                    .toList();
            found.forEach(r -> response.addRecord(r, Section.ANSWER));
            List<Record> alias = records.stream()
                    .filter(r -> r.getName().equals(at) && r.getType() == Type.CNAME)
                    .toList();
            if (!found.isEmpty() || alias.isEmpty()) {
                boolean exists = records.stream().anyMatch(r -> r.getName().equals(at));
                response.getHeader().setRcode(exists ? Rcode.NOERROR : Rcode.NXDOMAIN);
                return response;
            }
            if (!response.findRecord(alias.getFirst(), Section.ANSWER)) {
                response.addRecord(alias.getFirst(), Section.ANSWER);
            }
            name = ((org.xbill.DNS.CNAMERecord) alias.getFirst()).getTarget();
        }
        return response;
    }

    private final class End extends SimpleChannelInboundHandler<ByteBuf> {
        private final DnsProtocol over;

        End(DnsProtocol over) {
            this.over = over;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf octets) throws Exception {
            byte[] copy = new byte[octets.readableBytes()];
            octets.readBytes(copy);
            Message query = new Message(copy);
            Record question = query.getQuestion();
            String text = question.getName().toString(true) + " " + Type.string(question.getType());
            asked.add(text + (over == DnsProtocol.TCP ? " TCP" : ""));
            Behaviour behaviour =
                    special.getOrDefault(text, over == DnsProtocol.UDP && overUdp != null ? overUdp : all);
            List<byte[]> answers = behaviour == null ? List.of(honest(query).toWire()) : behaviour.answer(query, over);
            answers.forEach(answer -> ctx.writeAndFlush(Unpooled.wrappedBuffer(answer)));
        }
    }
}
