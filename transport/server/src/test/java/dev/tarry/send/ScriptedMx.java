package dev.tarry.send;

import dev.tarry.stage.OneThread;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A mail host that a test tells what to say at each stage: a reply, or one of the actions.
final class ScriptedMx {
    static final String HANGS_UP = "(hangs up)";
    static final String SILENT = "(silent)";
    /// Stops reading.
    static final String DEAF = "(deaf)";

    private final Map<String, String> says = new LinkedHashMap<>();
    final List<String> heard = new ArrayList<>();
    /// What came between 354 and CRLF.CRLF, still dot-stuffed, with its end.
    final List<String> data = new ArrayList<>();

    int connections;
    private boolean split;

    ScriptedMx(OneThread stage, InetSocketAddress at) {
        stage.wires().host(at, End::new);
        says.put("banner", "220 mx ready");
        says.put("EHLO", "250-mx\r\n250-PIPELINING\r\n250-SIZE 50000000\r\n250 8BITMIME");
        says.put("HELO", "250 mx");
        says.put("MAIL", "250 2.1.0 ok");
        says.put("RCPT", "250 2.1.5 ok");
        says.put("DATA", "354 go");
        says.put("eod", "250 2.0.0 taken");
        says.put("BDAT", "250 2.0.0 chunk");
        says.put("RSET", "250 ok");
        says.put("QUIT", "221 bye");
    }

    /// @param stage `banner`, a verb, a whole command line, `body` (right behind the 354), `content` (its first octets
    ///     have come), or `eod`
    ScriptedMx on(String stage, String reply) {
        says.put(stage, reply);
        return this;
    }

    ScriptedMx plain() {
        return on("EHLO", "250 mx");
    }

    /// Its octets come one by one.
    ScriptedMx split() {
        split = true;
        return this;
    }

    private final class End extends SimpleChannelInboundHandler<ByteBuf> {
        private final StringBuilder in = new StringBuilder();
        private boolean inData;
        private int chunkLeft = -1;
        private boolean lastChunk;
        private String chunks = "";

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            connections++;
            say(ctx, "banner");
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf octets) {
            in.append(octets.toString(StandardCharsets.ISO_8859_1));
            while (true) {
                if (inData) {
                    if (says.containsKey("content")) {
                        say(ctx, "content");
                        return;
                    }
                    int end = in.indexOf(".\r\n") == 0 ? 0 : in.indexOf("\r\n.\r\n");
                    if (end < 0) {
                        return;
                    }
                    int after = end + (end == 0 && in.indexOf(".\r\n") == 0 ? 3 : 5);
                    data.add(in.substring(0, after));
                    in.delete(0, after);
                    inData = false;
                    say(ctx, "eod");
                    continue;
                }
                if (chunkLeft >= 0) {
                    if (in.length() < chunkLeft) {
                        return;
                    }
                    chunks += in.substring(0, chunkLeft);
                    in.delete(0, chunkLeft);
                    chunkLeft = -1;
                    if (lastChunk) {
                        data.add(chunks);
                        chunks = "";
                    }
                    say(ctx, lastChunk ? "eod" : "BDAT");
                    continue;
                }
                int end = in.indexOf("\r\n");
                if (end < 0) {
                    return;
                }
                String line = in.substring(0, end);
                in.delete(0, end + 2);
                heard.add(line);
                String verb = line.split(" ")[0];
                if (verb.equals("BDAT") && says.get("BDAT").startsWith("250")) {
                    chunkLeft = Integer.parseInt(line.split(" ")[1]);
                    lastChunk = line.endsWith(" LAST");
                    continue;
                }
                String stage = says.containsKey(line) ? line : verb;
                inData = verb.equals("DATA") && says.get(stage).startsWith("354");
                say(ctx, stage);
            }
        }

        private void say(ChannelHandlerContext ctx, String stage) {
            String reply = says.getOrDefault(stage, "500 what");
            switch (reply) {
                case HANGS_UP -> ctx.close();
                case SILENT -> {}
                case DEAF -> ctx.channel().config().setAutoRead(false);
                default -> {
                    String text = reply + "\r\n";
                    for (int i = 0; i < text.length(); i += split ? 1 : text.length()) {
                        ctx.writeAndFlush(Unpooled.copiedBuffer(
                                text.substring(i, split ? i + 1 : text.length()), StandardCharsets.UTF_8));
                    }
                    if (reply.startsWith("221") || reply.startsWith("421")) {
                        ctx.close();
                    }
                    if (reply.startsWith("354") && says.containsKey("body")) {
                        say(ctx, "body");
                    }
                }
            }
        }
    }
}
