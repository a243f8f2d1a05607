package dev.tarry.shell.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Errors in red and warnings in yellow, as PowerShell shows them, a line at a time. What begins with a carriage return
/// is a progress line, and stays as it is.
final class ErrorColours extends OutputStream {
    private static final byte[] RED = octets("\u001b[91m");
    private static final byte[] YELLOW = octets("\u001b[93m");
    private static final byte[] END = octets("\u001b[0m");
    private static final byte[] WARNING = octets("WARNING:");

    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    ErrorColours(OutputStream out) {
        this.out = out;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public synchronized void write(int octet) throws IOException {
        if (octet == '\n') {
            end();
            out.write('\n');
        } else {
            line.write(octet);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        end();
        out.flush();
    }

    private void end() throws IOException {
        byte[] said = line.toByteArray();
        line.reset();
        boolean plain = said.length == 0 || said[0] == '\r';
        if (!plain) {
            out.write(begins(said, WARNING) ? YELLOW : RED);
        }
        out.write(said);
        if (!plain) {
            out.write(END);
        }
    }

    private static boolean begins(byte[] line, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (i >= line.length || line[i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
