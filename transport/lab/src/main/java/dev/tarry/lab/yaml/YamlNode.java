package dev.tarry.lab.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A piece of YAML with its place. Anchors, aliases and tags are refused, and depth and number are bounded, while it is
/// read.
public sealed interface YamlNode {
    int DEPTH_MAX = 8;
    int NODES_MAX = 5_000_000;

    String place();

    /// @param written whether there is anything: an empty plain scalar, `~` and `null` are not written
    record Scalar(String text, boolean written, String place) implements YamlNode {}

    record Sequence(List<YamlNode> items, String place) implements YamlNode {}

    /// Entries in the order written; keys may repeat.
    record Mapping(List<Entry> entries, String place) implements YamlNode {}

    /// @param place where the key stands
    record Entry(String key, YamlNode value, String place) {}

    /// @return the one document of the text; empty if it holds nothing
    /// @param charactersMax longer texts are refused
    /// @throws BadYaml with line and column
    static Optional<YamlNode> read(String text, int charactersMax) {
        if (text.length() > charactersMax) {
            throw new BadYaml("text", "has " + text.length() + " characters", "at most " + charactersMax);
        }
        try {
            return new Reader(text, charactersMax).document();
        } catch (MarkedYamlEngineException wrong) {
            throw new BadYaml(
                    wrong.getProblemMark()
                            .map(mark -> at(mark.getLine(), mark.getColumn()))
                            .orElse("text"),
                    "is not YAML: " + wrong.getProblem(),
                    "mend it");
        } catch (YamlEngineException wrong) {
            throw new BadYaml("text", "is not YAML: " + wrong.getMessage(), "mend it");
        }
    }

    private static String at(int line, int column) {
        return "line " + (line + 1) + ", column " + (column + 1);
    }

    /// Turns events into nodes.
    final class Reader {
        private final Iterator<Event> events;
        private int nodes;
        /// where what was read last begins
        private String latest = "text";

        private Reader(String text, int charactersMax) {
            var settings = LoadSettings.builder()
                    .setLabel("text")
                    .setUseMarks(true)
                    .setCodePointLimit(charactersMax)
                    // the whole of it at once: the library fails where an emoji lies across the edge of its buffer
                    .setBufferSize(text.length() + 2)
                    .build();
            events = new Parse(settings).parseString(text).iterator();
        }

        private Optional<YamlNode> document() {
            YamlNode root = null;
            while (pulled(events::hasNext)) {
                var event = next();
                switch (event.getEventId()) {
                    case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                    case DocumentStart -> {
                        if (root != null) {
                            throw new BadYaml(place(event), "a second document begins", "remove the line ---");
                        }
                    }
                    case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd -> root = node(event, 1);
                }
            }
            return root instanceof Scalar scalar && !scalar.written() ? Optional.empty() : Optional.ofNullable(root);
        }

        private YamlNode node(Event event, int depth) {
            if (depth > DEPTH_MAX || ++nodes > NODES_MAX) {
                throw new BadYaml(
                        place(event),
                        "is one value too many or too deep",
                        "at most " + NODES_MAX + " values, " + DEPTH_MAX + " levels deep");
            }
            boolean named = event instanceof NodeEvent node && node.getAnchor().isPresent();
            boolean tagged = switch (event) {
                case ScalarEvent scalar -> scalar.getTag().isPresent();
                case CollectionStartEvent collection -> collection.getTag().isPresent();
                default -> false;
            };
            if (event instanceof AliasEvent || named || tagged) {
                throw new BadYaml(place(event), "is a YAML anchor, alias or tag", "write the plain value");
            }
            return switch (event) {
                case ScalarEvent scalar -> scalar(scalar);
                case SequenceStartEvent _ -> sequence(event, depth);
                case MappingStartEvent _ -> mapping(event, depth);
                default -> throw new BadYaml(place(event), "is not expected here", "write a value");
            };
        }

        private static Scalar scalar(ScalarEvent scalar) {
            var text = scalar.getValue();
            boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
            boolean written = !(plain && (text.isEmpty() || text.equals("~") || text.equals("null")));
            return new Scalar(text, written, place(scalar));
        }

        private Sequence sequence(Event start, int depth) {
            var items = new ArrayList<YamlNode>();
            for (var event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
                items.add(node(event, depth + 1));
            }
            return new Sequence(List.copyOf(items), place(start));
        }

        private Mapping mapping(Event start, int depth) {
            var entries = new ArrayList<Entry>();
            for (var event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
                if (!(node(event, depth + 1) instanceof Scalar key)) {
                    throw new BadYaml(place(event), "a key must be a plain word", "write one");
                }
                entries.add(new Entry(key.text(), node(next(), depth + 1), key.place()));
            }
            return new Mapping(List.copyOf(entries), place(start));
        }

        private Event next() {
            var event = pulled(events::next);
            latest = place(event);
            return event.getEventId() == Event.ID.Comment ? next() : event;
        }

        /// The library says some things about what it cannot read by exceptions that are not its own: of a text that
        /// ends within an escape, say.
        private <T> T pulled(Supplier<T> from) {
            try {
                return from.get();
            } catch (YamlEngineException wrong) {
                throw wrong;
            } catch (RuntimeException _) {
                throw new BadYaml(latest, "is not YAML behind here", "mend it");
            }
        }

        private static String place(Event event) {
            return event.getStartMark()
                    .map(mark -> at(mark.getLine(), mark.getColumn()))
                    .orElse("text");
        }
    }
}
