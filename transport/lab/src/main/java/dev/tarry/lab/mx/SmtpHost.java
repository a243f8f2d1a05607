package dev.tarry.lab.mx;

import dev.tarry.lab.mx.HostSession.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One session of a mail host on its socket: cuts lines, takes content, and waits (without holding up the loop)
/// while a message is being put on file. Lives on the loop of its channel.
final class SmtpHost extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(SmtpHost.class);

    /// RFC 5321 §4.5.3.1.4 asks for 512, extensions for more.
    static final int LINE_OCTETS_MAX = 4_096;

    private final HostSession session;
    private final ReceivedMail mail;
    private final long messageOctetsMax;
    private final Runnable begin;
    private final Runnable end;

    private ByteBuf pending;
    private Content content;
    /// Octets of a line that is too long are thrown away up to its end.
    private boolean skipping;

    private boolean waiting;
    private boolean draining;
    private boolean closing;

    /// Content on its way in.
    private final class Content {
        final DataReader reader = new DataReader();
        final Receipt receipt;
        long octets;
        boolean abandoned;

        Content(Receipt receipt) {
            this.receipt = receipt;
        }

        boolean read() {
            return reader.read(pending, this::add);
        }

        private void add(ByteBuf from, int length) {
            octets += length;
            if (octets > messageOctetsMax && !abandoned) {
                abandon();
            }
            if (abandoned) {
                from.skipBytes(length);
            } else {
                receipt.add(from, length);
            }
        }

        void abandon() {
            if (!abandoned) {
                abandoned = true;
                receipt.abandon();
            }
        }
    }

    /// @param begin something of this session is not settled, though nothing is on the wire
    /// @param end it is
    SmtpHost(HostSession session, ReceivedMail mail, long messageOctetsMax, Runnable begin, Runnable end) {
        this.session = session;
        this.mail = mail;
        this.messageOctetsMax = messageOctetsMax;
        this.begin = begin;
        this.end = end;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        pending = context.alloc().buffer();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        pending.release();
        if (content != null) {
            content.abandon();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        act(context, session.greet());
        context.flush();
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!closing && message instanceof ByteBuf octets) {
                pending.writeBytes(octets);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        drain(context);
    }

    /// Answers nobody reads must not pile up: no more is read until they are gone.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            drain(context);
        }
        listen(context);
        context.fireChannelWritabilityChanged();
    }

    private void drain(ChannelHandlerContext context) {
        if (draining) {
            return;
        }
        draining = true;
        try {
            boolean more = true;
            while (more && !waiting && !closing && context.channel().isWritable()) {
                more = content == null ? takeLine(context) : takeContent(context);
            }
        } finally {
            draining = false;
        }
        if (closing) {
            pending.clear();
        }
        pending.discardSomeReadBytes();
        context.flush();
        listen(context);
    }

    /// Reads on when there is nothing to wait for.
    private void listen(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(!waiting && context.channel().isWritable());
    }

    private boolean takeLine(ChannelHandlerContext context) {
        int length = pending.bytesBefore((byte) '\n');
        if (length < 0) {
            if (pending.readableBytes() > LINE_OCTETS_MAX) {
                skipping = true;
                pending.clear();
            }
            return false;
        }
        var octets = ByteBufUtil.getBytes(pending, pending.readerIndex(), length);
        pending.skipBytes(length + 1);
        if (skipping || length > LINE_OCTETS_MAX) {
            skipping = false;
            act(context, session.badLine("500 5.5.2 Line too long"));
        } else if (length == 0 || octets[length - 1] != '\r') {
            act(context, session.badLine("500 5.5.2 Lines end with CRLF"));
        } else {
            act(context, session.command(new String(octets, 0, length - 1, StandardCharsets.ISO_8859_1)));
        }
        return true;
    }

    private boolean takeContent(ChannelHandlerContext context) {
        boolean whole = content.read();
        if (!whole) {
            if (!content.abandoned && content.receipt.full(() -> goOn(context))) {
                waiting = true;
                begin.run();
            }
            return false;
        }
        act(context, session.endOfData(content.octets));
        if (content != null && !waiting) {
            content.abandon();
            content = null;
        }
        return true;
    }

    private void act(ChannelHandlerContext context, Answer answer) {
        switch (answer) {
            case Answer.Say(var text) -> say(context, text);
            case Answer.TakeData(var text) -> {
                say(context, text);
                content = new Content(mail.begin(context.executor()));
            }
            case Answer.SayAndClose(var text) -> {
                closing = true;
                context.writeAndFlush(octets(context, text)).addListener(ChannelFutureListener.CLOSE);
            }
            case Answer.Hang() -> {
                closing = true;
                context.flush();
                context.close();
            }
            case Answer.Keep(var envelope) -> keep(context, envelope);
        }
    }

    private void keep(ChannelHandlerContext context, Envelope envelope) {
        var receipt = content.receipt;
        content = null;
        waiting = true;
        begin.run();
        receipt.keep(envelope, id -> kept(context, id));
    }

    private void kept(ChannelHandlerContext context, Optional<String> id) {
        if (!context.isRemoved()) {
            act(context, session.kept(id));
        }
        goOn(context);
    }

    private void goOn(ChannelHandlerContext context) {
        waiting = false;
        try {
            if (!context.isRemoved()) {
                drain(context);
            }
        } finally {
            end.run();
        }
    }

    private static void say(ChannelHandlerContext context, String text) {
        context.write(octets(context, text));
    }

    private static ByteBuf octets(ChannelHandlerContext context, String text) {
        return ByteBufUtil.writeUtf8(context.alloc(), text);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("a session of a lab host is closed", cause);
        }
        context.close();
    }
}
