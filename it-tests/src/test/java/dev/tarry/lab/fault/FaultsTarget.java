package dev.tarry.lab.fault;

import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Sheets of faults, as lines and as YAML: what is understood is written as a line that means the same, and what is not
/// is complained of.
public final class FaultsTarget implements FuzzTarget {
    private static final Instant NOW = Instant.parse("2026-11-22T09:05:07Z");
    private static final int MAX_COMPLAINT_CHARACTERS = 1_000_000;

    @Override
    public List<String> words() {
        return Stream.concat(
                        FaultGrammar.forms().stream().map(Form::example),
                        Stream.of(
                                "- ",
                                "- {where: ",
                                "faults:\n",
                                "\\x00",
                                "\"",
                                "#",
                                "from=+10m",
                                "probability=0.5 seed=1"))
                .toList();
    }

    @Override
    public void run(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            FaultSheet.lines(text, NOW).forEach(FaultsTarget::same);
        } catch (BadFault bad) {
            told(bad);
        }
        try {
            FaultSheet.yaml(text, NOW).forEach(FaultsTarget::same);
        } catch (BadFault bad) {
            told(bad);
        }
    }

    private static void same(Fault fault) {
        String line = FaultLine.write(fault);
        Promise.oneLine(line, "a fault's line");
        Promise.same(fault, FaultLine.read(line, NOW), "a fault is read again as itself: " + line);
        Promise.same(fault, FaultGrammar.read(FaultGrammar.write(fault), NOW), "and so are its words");
    }

    private static void told(BadFault bad) {
        Promise.holds(
                !bad.getMessage().isBlank() && bad.getMessage().length() <= MAX_COMPLAINT_CHARACTERS,
                "a complaint says something, and is bounded");
        bad.getMessage().lines().forEach(line -> Promise.oneLine(line, "a complaint"));
    }
}
