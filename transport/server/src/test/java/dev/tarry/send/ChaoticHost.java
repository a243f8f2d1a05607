package dev.tarry.send;

import dev.tarry.stage.OneThread;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A host that mostly says what it should, and else says anything, in pieces, late, too much, or nothing. It remembers
/// what it said when, so that what the client made of it can be judged by somebody else's rules.
final class ChaoticHost extends SimpleChannelInboundHandler<ByteBuf> {
    /// One run of octets that it sent.
    ///
    /// @param heard octets that had come when it was sent
    record Said(String octets, int heard) {}

    private static final String LATIN = "\0\u0001\u0007\u001b[31m\u007f\u0080\u00ff \t-=+@,;\"'<>";
    private static final int MEGABYTE = 1 << 20;

    private final OneThread stage;
    private final SplittableRandom random;
    private final int madness;
    private final StringBuilder in = new StringBuilder();
    private final StringBuilder all = new StringBuilder();
    private final List<Said> said = new ArrayList<>();
    private final List<ByteBuf> buffers;
    private boolean inData;

    /// @param madness of a hundred replies, so many are not what they should be
    /// @param buffers gets all that it sends
    ChaoticHost(OneThread stage, SplittableRandom random, int madness, List<ByteBuf> buffers) {
        this.stage = stage;
        this.random = random;
        this.madness = madness;
        this.buffers = buffers;
    }

    List<Said> said() {
        return said;
    }

    String heard() {
        return all.toString();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        answer(ctx, "220 mx ready\r\n");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf octets) {
        String text = octets.toString(StandardCharsets.ISO_8859_1);
        in.append(text);
        all.append(text);
        while (ctx.channel().isActive()) {
            int end = inData ? endOfData() : in.indexOf("\r\n") + 2;
            if (end < 2) {
                return;
            }
            String line = in.substring(0, end);
            in.delete(0, end);
            if (inData) {
                inData = false;
                answer(ctx, "250 2.0.0 taken\r\n");
                continue;
            }
            switch (line.split("[ \r]", 2)[0]) {
                case "EHLO" ->
                    answer(
                            ctx,
                            "250-mx\r\n250-" + (random.nextBoolean() ? "PIPELINING" : "DSN")
                                    + "\r\n250 SIZE 50000000\r\n");
                case "DATA" -> {
                    inData = true;
                    if (!answer(ctx, "354 go\r\n").startsWith("3")) {
                        inData = false;
                    }
                }
                case "QUIT" -> answer(ctx, "221 bye\r\n");
                default -> answer(ctx, "250 2.1.0 ok\r\n");
            }
        }
    }

    private int endOfData() {
        if (in.indexOf(".\r\n") == 0) {
            return 3;
        }
        int end = in.indexOf("\r\n.\r\n");
        return end < 0 ? -1 : end + 5;
    }

    /// @return what it said
    private String answer(ChannelHandlerContext ctx, String truth) {
        String octets = random.nextInt(100) < madness ? mad(ctx, truth) : truth;
        int from = 0;
        long late = 0;
        while (from < octets.length()) {
            int piece = random.nextInt(3) == 0 ? 1 + random.nextInt(octets.length()) : octets.length();
            String part = octets.substring(from, Math.min(octets.length(), from + piece));
            from += piece;
            if (late > 0 || random.nextInt(100) * 100 < madness * 5) {
                late += random.nextInt(60_000);
            }
            if (late == 0) {
                stage.loop().execute(() -> send(ctx, part)); // not within the other end's flush: that no socket does
            } else {
                stage.world().labTimers().after(Duration.ofMillis(late), stage.loop(), () -> send(ctx, part));
            }
        }
        return octets;
    }

    private void send(ChannelHandlerContext ctx, String octets) {
        if (!ctx.channel().isActive()) {
            return;
        }
        said.add(new Said(octets, all.length()));
        ByteBuf buffer = Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1);
        buffers.add(buffer);
        ctx.writeAndFlush(buffer);
    }

    private String mad(ChannelHandlerContext ctx, String truth) {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> code(200, 600) + " " + letters(40) + "\r\n";
            case 3 -> code(400, 500) + " 4.1.1 no\r\n";
            case 4 -> code(500, 600) + " 5.1.1 no\r\n";
            case 5 -> code(0, 1_000) + " " + letters(10) + "\r\n";
            case 6 -> truth.replace("\r\n", "");
            case 7 -> truth.replace("\r", "");
            case 8 -> truth.replace("\n", "");
            case 9 -> letters(300);
            case 10 -> letters(300) + "\r\n";
            case 11 -> flipped(truth);
            case 12 -> truth + truth;
            case 13 -> truth + code(200, 600) + " " + letters(20) + "\r\n";
            case 14 -> lines(random.nextInt(300));
            case 15 -> code(200, 600) + " " + "x".repeat(random.nextInt(5_000)) + "\r\n";
            case 16 -> truth.substring(0, random.nextInt(truth.length()));
            case 17 -> "";
            case 18 -> {
                ctx.close();
                yield "";
            }
            default -> random.nextInt(20) == 0 ? flood() : truth + "\0\0\r\n";
        };
    }

    private String code(int from, int to) {
        return String.format("%03d", random.nextInt(from, to));
    }

    private String lines(int count) {
        String code = code(200, 600);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(20) == 0 ? code(200, 600) : code)
                    .append('-')
                    .append(letters(20))
                    .append("\r\n");
        }
        return text + code + " end\r\n";
    }

    /// Ten megabytes of something.
    private String flood() {
        String unit = switch (random.nextInt(3)) {
            case 0 -> "220-more\r\n";
            case 1 -> "x";
            default -> "250 yes\r\n";
        };
        return unit.repeat(10 * MEGABYTE / unit.length());
    }

    private String letters(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(
                    random.nextInt(4) == 0
                            ? LATIN.charAt(random.nextInt(LATIN.length()))
                            : (char) random.nextInt('0', 'z'));
        }
        return text.toString();
    }

    private String flipped(String truth) {
        char[] octets = truth.toCharArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            octets[random.nextInt(octets.length)] = (char) random.nextInt(256);
        }
        return new String(octets);
    }
}
