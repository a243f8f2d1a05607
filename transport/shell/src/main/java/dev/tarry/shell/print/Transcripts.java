package dev.tarry.shell.print;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The files that a session is written to while it goes on (Start-Transcript): what a person types and what is
/// printed, line by line, and no secrets. Several may be open, one in the other; each gets every line. Lives on the
/// thread that runs the session.
public final class Transcripts {
    /// So many may be open at once.
    public static final int MAX_OPEN = 16;
    /// What is longer than that is no line, and is written as it comes.
    private static final int MAX_LINE_BYTES = 1024 * 1024;

    private final Deque<Open> open = new ArrayDeque<>();
    private final ShellIo io;
    private List<String> secrets = List.of();

    /// @param invocations whether each line that is typed has its moment above it
    private record Open(Path file, BufferedWriter writer, boolean invocations) {}

    /// @param io what the session would be plugged into if nothing were written down
    public Transcripts(ShellIo io) {
        this.io = io;
    }

    /// What the session is to be plugged into: all that is printed there, or answered, is heard here.
    public ShellIo heard() {
        return new ShellIo(
                io.in(),
                heard(io.out()),
                heard(io.err()),
                io.width(),
                io.zone(),
                io.environment(),
                new HeardPerson(io.person(), this),
                io.watched());
    }

    private PrintStream heard(PrintStream stream) {
        return new PrintStream(new Heard(stream, this), false, stream.charset());
    }

    /// @param writer open already; closed by [#stop]
    /// @param header lines that come first
    /// @throws IOException where they cannot be written
    public void start(Path file, BufferedWriter writer, boolean invocations, List<String> header) throws IOException {
        Open begun = new Open(file, writer, invocations);
        write(begun, header);
        open.push(begun);
    }

    /// Ends the one that was begun last.
    ///
    /// @param footer lines that come last
    /// @return its file; nothing where none is open
    /// @throws IOException where they cannot be written
    public Optional<Path> stop(List<String> footer) throws IOException {
        Open last = open.poll();
        if (last == null) {
            return Optional.empty();
        }
        try (last.writer) {
            write(last, footer);
        }
        return Optional.of(last.file);
    }

    /// How many are open.
    public int count() {
        return open.size();
    }

    /// Whether whoever types has to say when, for [#typed].
    public boolean wantsMoments() {
        return open.stream().anyMatch(Open::invocations);
    }

    /// A person has typed this, and it is about to run.
    ///
    /// @param prompt what stood before it
    /// @param moment the lines that say when; only those that asked for it get them
    public void typed(String prompt, String text, List<String> moment) {
        boolean secret = Secrets.mayStandIn(text);
        secrets = secret ? Secrets.quotedIn(text) : List.of();
        for (Open one : List.copyOf(open)) {
            if (one.invocations) {
                add(one, moment);
            }
        }
        lines(prompt + (secret ? Secrets.MASK : text));
    }

    /// Lines that have been printed, or stand for what a person saw.
    void lines(String text) {
        if (open.isEmpty()) {
            return;
        }
        List<String> lines = text.lines().map(this::masked).toList();
        for (Open one : List.copyOf(open)) {
            add(one, lines.isEmpty() ? List.of("") : lines);
        }
    }

    /// An error shows the line that it is in.
    private String masked(String line) {
        if (line.startsWith("+ ") && Secrets.mayStandIn(line)) {
            return "+ " + Secrets.MASK;
        }
        String masked = line;
        for (String secret : secrets) {
            masked = masked.replace(secret, Secrets.MASK);
        }
        return masked;
    }

    /// A file that takes no more is given up, and that is said.
    private void add(Open one, List<String> lines) {
        try {
            write(one, lines);
        } catch (IOException e) {
            open.remove(one);
            io.err()
                    .println("WARNING: The transcript " + SafeText.line(one.file.toString())
                            + " cannot be written to and was stopped: "
                            + SafeText.line(String.valueOf(e.getMessage())));
        }
    }

    private static void write(Open one, List<String> lines) throws IOException {
        for (String line : lines) {
            one.writer.write(line);
            one.writer.newLine();
        }
        one.writer.flush();
    }

    /// A stream of the screen's. What a carriage return wrote over was never a line.
    private static final class Heard extends OutputStream {
        private final PrintStream screen;
        private final Charset charset;
        private final Transcripts transcripts;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Heard(PrintStream screen, Transcripts transcripts) {
            this.screen = screen;
            this.charset = screen.charset();
            this.transcripts = transcripts;
        }

        @Override
        public void write(int octet) {
            screen.write(octet);
            hear((byte) octet);
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            screen.write(octets, from, length);
            if (transcripts.open.isEmpty()) {
                line.reset();
                return;
            }
            for (int i = from; i < from + length; i++) {
                hear(octets[i]);
            }
        }

        private void hear(byte octet) {
            if (transcripts.open.isEmpty()) {
                line.reset();
            } else if (octet != '\n' && line.size() < MAX_LINE_BYTES) {
                line.write(octet);
            } else {
                String text = line.toString(charset).replaceFirst("\r$", "");
                line.reset();
                transcripts.lines(text.substring(text.lastIndexOf('\r') + 1));
                if (octet != '\n') {
                    line.write(octet);
                }
            }
        }

        @Override
        public void flush() {
            screen.flush();
        }
    }

    /// Whoever is asked, with the questions and the answers that are no secret written down.
    private record HeardPerson(Person person, Transcripts transcripts) implements Person {
        @Override
        public boolean isThere() {
            return person.isThere();
        }

        @Override
        public Optional<String> line(String prompt) {
            Optional<String> answer = person.line(prompt);
            transcripts.lines(prompt + answer.orElse(""));
            return answer;
        }

        @Override
        public Optional<String> secret(String prompt) {
            Optional<String> answer = person.secret(prompt);
            transcripts.lines(prompt + Secrets.MASK);
            return answer;
        }

        @Override
        public Consent consent(String deed) {
            Consent answer = person.consent(deed);
            transcripts.lines(
                    "\nConfirm\nAre you sure you want to perform this action?\n" + deed + "\n" + answered(answer));
            return answer;
        }

        private static String answered(Consent consent) {
            return switch (consent) {
                case YES -> "[Y] Yes";
                case YES_TO_ALL -> "[A] Yes to All";
                case NO -> "[N] No";
                case NO_TO_ALL -> "[L] No to All";
            };
        }
    }
}
