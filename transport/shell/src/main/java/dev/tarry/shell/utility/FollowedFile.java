package dev.tarry.shell.utility;

import dev.tarry.shell.cmdlet.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A file whose lines are shown while they are added: Get-Content -Wait. Ends when the script is interrupted, or when
/// nobody takes more. Lives on the thread that runs the script.
final class FollowedFile {
    /// How often the file is looked at, in real time.
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int MAX_CHUNK_BYTES = 1024 * 1024;

    private final Path file;
    private final Call call;
    private final Charset charset;
    /// So many bytes have been shown.
    private long shown;

    FollowedFile(Path file, Call call) {
        this.file = file;
        this.call = call;
        this.charset = TextFile.charset(call.text("Encoding").orElse(""));
    }

    void follow() {
        if (charset != StandardCharsets.UTF_8 && charset != StandardCharsets.US_ASCII) {
            throw Inputs.invalid("WaitEncoding", "-Wait follows files in UTF8 and ASCII, not in " + charset + ".");
        }
        try {
            String text = TextFile.read(call, file.toString());
            String ended = text.substring(0, text.lastIndexOf('\n') + 1);
            shown = Files.size(file) - text.substring(ended.length()).getBytes(charset).length;
            show(FileCmdlets.wanted(call, ended.lines().toList()));
            while (true) {
                call.session().pause(PAUSE);
                more();
            }
        } catch (IOException e) {
            throw TextFile.failure(e, file.toString());
        }
    }

    private void more() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            shown = channel.size() < shown ? 0 : shown;
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(MAX_CHUNK_BYTES, channel.size() - shown));
            channel.position(shown);
            while (chunk.hasRemaining() && channel.read(chunk) >= 0) {
                // Until it is full, or the file was cut meanwhile.
            }
            byte[] octets = chunk.array();
            int length = chunk.position();
            int end = length;
            while (end > 0 && octets[end - 1] != '\n' && length < MAX_CHUNK_BYTES) {
                end--;
            }
            if (end > 0) {
                shown += end;
                show(new String(octets, 0, end, charset).lines().toList());
            }
        }
    }

    private void show(List<String> lines) {
        lines.forEach(call::write);
        call.io().out().flush();
    }
}
