package dev.tarry.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The ways in which the network may cut the same octets: whole, at every place in two, and octet by octet.
final class Cuts {
    private Cuts() {}

    static List<List<ByteBuf>> of(String latin1) {
        return of(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    static List<List<ByteBuf>> of(byte[] octets) {
        List<List<ByteBuf>> cuts = new ArrayList<>();
        cuts.add(List.of(Unpooled.copiedBuffer(octets)));
        for (int i = 1; i < octets.length; i++) {
            cuts.add(List.of(Unpooled.copiedBuffer(octets, 0, i), Unpooled.copiedBuffer(octets, i, octets.length - i)));
        }
        List<ByteBuf> single = new ArrayList<>();
        for (byte octet : octets) {
            single.add(Unpooled.copiedBuffer(new byte[] {octet}));
        }
        cuts.add(single);
        return cuts;
    }
}
