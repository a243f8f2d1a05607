package dev.tarry.lab.fault;

import dev.tarry.lab.yaml.BadYaml;
import dev.tarry.lab.yaml.YamlNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Many faults in one text: a line each, or YAML. Everything that is wrong comes out at once, with its place.
public final class FaultSheet {
    static final int TEXT_MAX = 4 << 20;
    private static final int COMPLAINTS_MAX = 100;

    private final Instant now;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private FaultSheet(Instant now) {
        this.now = now;
    }

    /// Lines as [FaultLine] reads them; empty ones and those that begin with `#` say nothing.
    ///
    /// @throws BadFault with everything that is wrong, each by its line
    public static List<Fault> lines(String text, Instant now) {
        var sheet = new FaultSheet(now);
        int number = 0;
        for (var line : bounded(text).split("\n", -1)) {
            number++;
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                sheet.note("line " + number, () -> FaultLine.read(line, now));
            }
        }
        return sheet.result();
    }

    /// A list, alone or under `faults`: of each fault either its line as a text, or its words.
    ///
    /// ```yaml
    /// - dns servfail name=*.external-company.com first=3
    /// - {where: smtp, what: greylist, stage: rcpt, wait: 5m}
    /// ```
    ///
    /// @throws BadFault with everything that is wrong, each by line and column
    public static List<Fault> yaml(String text, Instant now) {
        var sheet = new FaultSheet(now);
        try {
            sheet.list(YamlNode.read(bounded(text), TEXT_MAX));
        } catch (BadYaml wrong) {
            sheet.complaints.add(wrong.getMessage());
        }
        return sheet.result();
    }

    private static String bounded(String text) {
        if (text.length() > TEXT_MAX) {
            throw new BadFault("text", "has " + text.length() + " characters", "at most " + TEXT_MAX + " are allowed");
        }
        return text;
    }

    private void list(Optional<YamlNode> root) {
        switch (root.orElse(null)) {
            case null -> {}
            case YamlNode.Sequence sequence -> sequence.items().forEach(this::one);
            case YamlNode.Mapping mapping
            when mapping.entries().size() == 1
                    && mapping.entries().getFirst().key().equals("faults") ->
                list(Optional.of(mapping.entries().getFirst().value()));
            case YamlNode other ->
                complaints.add(other.place() + ": is no list; write \"- dns servfail …\", or faults: and a list");
        }
    }

    private void one(YamlNode node) {
        switch (node) {
            case YamlNode.Scalar line -> note(line.place(), () -> FaultLine.read(line.text(), now));
            case YamlNode.Mapping mapping -> note(mapping.place(), () -> FaultGrammar.read(words(mapping), now));
            case YamlNode.Sequence sequence ->
                complaints.add(sequence.place() + ": is a list in the list; write a line, or words and values");
        }
    }

    private static LinkedHashMap<String, Object> words(YamlNode.Mapping mapping) {
        var words = new LinkedHashMap<String, Object>();
        for (var entry : mapping.entries()) {
            var word = Words.shown(entry.key());
            if (!(entry.value() instanceof YamlNode.Scalar value)) {
                throw new BadFault(word, "is not one value", "write a text or a number");
            }
            if (words.putIfAbsent(entry.key(), value.written() ? value.text() : null) != null) {
                throw new BadFault(word, "stands there twice", "say it once");
            }
        }
        return words;
    }

    private void note(String place, Supplier<Fault> reading) {
        try {
            faults.add(reading.get());
        } catch (BadFault wrong) {
            complaints.add(place + ": " + wrong.complaint());
        }
    }

    private List<Fault> result() {
        if (complaints.isEmpty()) {
            return List.copyOf(faults);
        }
        if (complaints.size() > COMPLAINTS_MAX) {
            int more = complaints.size() - COMPLAINTS_MAX;
            complaints.subList(COMPLAINTS_MAX, complaints.size()).clear();
            complaints.add("and " + more + " more");
        }
        throw BadFault.text(complaints);
    }
}
