package dev.tarry.shell.cmdlet;

import dev.tarry.client.ResultLimit;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What a parameter takes and what a value must be made into.
public enum ParameterType {
    TEXT("System.String"),
    TEXTS("System.String[]"),
    WHOLE("System.Int32"),
    /// A number or `Unlimited`; arrives as [ResultLimit].
    LIMIT("Microsoft.Exchange.Data.Unlimited`1[System.UInt32]"),
    /// Stands alone, or takes a value after a colon.
    SWITCH("System.Management.Automation.SwitchParameter"),
    BOOLEAN("System.Boolean"),
    DATE("System.DateTime"),
    SPAN("System.TimeSpan"),
    BLOCK("System.Management.Automation.ScriptBlock"),
    BLOCKS("System.Management.Automation.ScriptBlock[]"),
    /// Text, or a block whose text is meant.
    FILTER("System.String"),
    ANY("System.Object"),
    ANYS("System.Object[]");

    private final String dotNet;

    ParameterType(String dotNet) {
        this.dotNet = dotNet;
    }

    /// .NET's name for it, as errors say it.
    public String dotNet() {
        return dotNet;
    }

    /// @param literal what was written, where the value is a number that stands in the script
    /// @param zone the one that dates without an offset are in
    /// @throws ShellFailure where the value cannot be made into this
    public Object convert(Object value, Optional<String> literal, ZoneId zone) {
        if (value == null && this != SWITCH && this != BOOLEAN) {
            return null;
        }
        return switch (this) {
            case ANY -> value;
            case ANYS -> Collections.unmodifiableList(new ArrayList<>(Conversion.list(value)));
            case TEXT -> {
                if (value instanceof List<?> list && list.size() != 1) {
                    throw ShellFailure.cannotConvert(value, dotNet, "Specified method is not supported.");
                }
                yield literal.orElseGet(() -> TextForm.of(value));
            }
            case TEXTS ->
                literal.map(List::of)
                        .orElseGet(() -> Conversion.list(value).stream()
                                .map(TextForm::of)
                                .toList());
            case WHOLE ->
                Conversion.whole(value)
                        .filter(n -> n == n.intValue())
                        .orElseThrow(() -> wrong(value, "Input string was not in a correct format."));
            case LIMIT -> {
                if (value instanceof String text && text.equalsIgnoreCase("Unlimited")) {
                    yield ResultLimit.unlimited();
                }
                long count = Conversion.whole(value)
                        .filter(n -> n > 0)
                        .orElseThrow(() -> wrong(value, "It takes a positive number or Unlimited."));
                yield ResultLimit.of(count);
            }
            case SWITCH, BOOLEAN -> {
                if (value instanceof Boolean || value instanceof Number) {
                    yield Conversion.truth(value);
                }
                throw ShellFailure.cannotConvert(
                        value,
                        dotNet,
                        "Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.");
            }
            case DATE -> Conversion.date(value, zone).orElseThrow(() -> wrong(value, Conversion.notDate(value)));
            case SPAN -> span(value);
            case BLOCK -> {
                if (value instanceof ScriptBlock) {
                    yield value;
                }
                throw wrong(value, "A script block stands in braces.");
            }
            case BLOCKS -> {
                List<Object> blocks = Conversion.list(value);
                if (!blocks.stream().allMatch(ScriptBlock.class::isInstance)) {
                    throw wrong(value, "A script block stands in braces.");
                }
                yield blocks;
            }
            case FILTER -> value instanceof ScriptBlock block ? block.text().strip() : TextForm.of(value);
        };
    }

    /// Whether a value has this type already, for choosing between two parameters at one place.
    public boolean fits(Object value) {
        return this != BLOCK && this != BLOCKS || value instanceof ScriptBlock;
    }

    /// A bare number would be read as ticks by .NET and as days by anybody who reads its text: neither is what was
    /// meant.
    private Duration span(Object value) {
        if (value instanceof Number) {
            throw wrong(value, "A time span is written d.hh:mm:ss or hh:mm:ss, such as 2.00:00:00.");
        }
        return Conversion.span(value)
                .orElseThrow(() -> wrong(value, "A time span is written d.hh:mm:ss or hh:mm:ss, such as 2.00:00:00."));
    }

    private ShellFailure wrong(Object value, String why) {
        return ShellFailure.cannotConvert(value, dotNet, why);
    }
}
