package dev.tarry.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML document as mappings, sequences and text, each with its place. What can hurt is refused while it is
/// read, before anything is built from it: anchors, aliases, tags, more than [#MAX_BYTES], nesting beyond [#MAX_DEPTH].
final class YamlReader {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_DEPTH = 16;
    static final int MAX_NODES = 50_000;
    static final int MAX_SCALAR_CHARS = 1 << 16;

    private final BiFunction<Integer, Integer, Origin> place;
    private final Iterator<Event> events;
    private int nodes;
    /// where what was read last begins
    private Origin latest;

    private YamlReader(String text, String label, BiFunction<Integer, Integer, Origin> place) {
        this.place = place;
        this.latest = place.apply(1, 1);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(label)
                .setUseMarks(true)
                // the whole of it at once: the library fails where an emoji lies across the edge of its buffer
                .setBufferSize(text.length() + 2)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// @return the document, or nothing if the file holds none
    static Optional<Node> file(Path file, List<Fault> faults) {
        byte[] octets;
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException _) {
            faults.add(new Fault(new Origin.File(file, 1, 1), "", "there is no such file", ""));
            return Optional.empty();
        } catch (IOException e) {
            faults.add(new Fault(
                    new Origin.File(file, 1, 1),
                    "",
                    Files.isDirectory(file) ? "is a directory" : "cannot be read (" + e.getMessage() + ")",
                    "name a YAML file"));
            return Optional.empty();
        }
        if (octets.length > MAX_BYTES) {
            faults.add(new Fault(new Origin.File(file, 1, 1), "", "is larger than " + Sizes.print(MAX_BYTES), ""));
            return Optional.empty();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException _) {
            faults.add(new Fault(new Origin.File(file, 1, 1), "", "is not UTF-8", "save it as UTF-8"));
            return Optional.empty();
        }
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return read(withoutMark, file.toString(), (line, column) -> new Origin.File(file, line, column), faults);
    }

    /// YAML on the command line or in a variable: every piece has the same origin.
    static Optional<Node> text(String text, Origin origin, List<Fault> faults) {
        if (text.length() > MAX_BYTES) {
            faults.add(new Fault(origin, "", "is longer than " + MAX_BYTES + " characters", ""));
            return Optional.empty();
        }
        return read(text, "value", (_, _) -> origin, faults);
    }

    private static Optional<Node> read(
            String text, String label, BiFunction<Integer, Integer, Origin> place, List<Fault> faults) {
        try {
            return new YamlReader(text, label, place).document();
        } catch (Refused refused) {
            faults.add(refused.fault);
        } catch (MarkedYamlEngineException e) {
            Origin origin = e.getProblemMark()
                    .map(mark -> place.apply(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElseGet(() -> place.apply(1, 1));
            faults.add(new Fault(origin, "", "is not YAML: " + e.getProblem(), ""));
        } catch (YamlEngineException e) {
            faults.add(new Fault(place.apply(1, 1), "", "is not YAML: " + e.getMessage(), ""));
        }
        return Optional.empty();
    }

    private Optional<Node> document() {
        Node root = null;
        while (more()) {
            Event event = next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (root != null) {
                        throw refused(event, "holds a second document", "remove the line ---");
                    }
                }
                case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd -> root = node(event, 1);
            }
        }
        return root instanceof Node.Scalar scalar && !scalar.written() ? Optional.empty() : Optional.ofNullable(root);
    }

    private Node node(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw refused(event, "is nested deeper than " + MAX_DEPTH + " levels", "");
        }
        if (++nodes > MAX_NODES) {
            throw refused(event, "holds more than " + MAX_NODES + " values", "");
        }
        if (event instanceof AliasEvent) {
            throw refused(event, "is a YAML alias (*…)", "write the value out");
        }
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            throw refused(event, "has a YAML anchor (&…)", "write the value without it");
        }
        if (event instanceof CollectionStartEvent collection
                && collection.getTag().isPresent()) {
            throw refused(event, "has a YAML tag (!…)", "write the value without it");
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent start -> sequence(start, depth);
            case MappingStartEvent start -> mapping(start, depth);
            default -> throw refused(event, "is not expected here", "");
        };
    }

    private Node scalar(ScalarEvent scalar) {
        if (scalar.getTag().isPresent()) {
            throw refused(scalar, "has a YAML tag (!…)", "write the value without it");
        }
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        String text = scalar.getValue();
        if (text.length() > MAX_SCALAR_CHARS) {
            throw refused(scalar, "is longer than " + MAX_SCALAR_CHARS + " characters", "");
        }
        boolean written = !(plain && (text.isEmpty() || text.equals("~") || text.equals("null")));
        return new Node.Scalar(text, written, origin(scalar));
    }

    private Node sequence(SequenceStartEvent start, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Sequence(List.copyOf(items), origin(start));
    }

    private Node mapping(MappingStartEvent start, int depth) {
        List<Node.Entry> entries = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            if (!(node(event, depth + 1) instanceof Node.Scalar key)) {
                throw refused(event, "a key must be a plain word", "");
            }
            entries.add(new Node.Entry(key.text(), node(next(), depth + 1), key.origin()));
        }
        return new Node.Mapping(List.copyOf(entries), origin(start));
    }

    private boolean more() {
        return pulled(events::hasNext);
    }

    private Event next() {
        Event event = pulled(events::next);
        latest = origin(event);
        return event.getEventId() == Event.ID.Comment ? next() : event;
    }

    /// The library says some things about what it cannot read by exceptions that are not its own: of a text that ends
    /// within an escape, say.
    private <T> T pulled(Supplier<T> from) {
        try {
            return from.get();
        } catch (YamlEngineException e) {
            throw e;
        } catch (RuntimeException _) {
            throw new Refused(new Fault(latest, "", "is not YAML behind here", ""));
        }
    }

    private Origin origin(Event event) {
        return event.getStartMark()
                .map((Mark mark) -> place.apply(mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> place.apply(1, 1));
    }

    private Refused refused(Event event, String what, String right) {
        return new Refused(new Fault(origin(event), "", what, right));
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        Refused(Fault fault) {
            super(fault.toString(), null, false, false);
            this.fault = fault;
        }
    }
}
