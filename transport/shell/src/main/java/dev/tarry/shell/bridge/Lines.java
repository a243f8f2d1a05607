package dev.tarry.shell.bridge;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Octets handed on as lines of text, each when it ends.
final class Lines extends OutputStream {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(int octet) {
        if (octet == '\n') {
            lines.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
            line.reset();
        } else {
            line.write(octet);
        }
    }

    @Override
    public void close() {
        if (line.size() > 0) {
            write('\n');
        }
    }
}
