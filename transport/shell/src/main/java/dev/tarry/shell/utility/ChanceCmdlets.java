package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Get-Random and New-Guid.
public final class ChanceCmdlets {
    private ChanceCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Random")
                        .takes(
                                Parameter.of("Maximum", ANY).at(0),
                                Parameter.of("InputObject", ANYS).pipedWhole(),
                                Parameter.of("Minimum", ANY),
                                Parameter.of("Count", WHOLE),
                                Parameter.of("SetSeed", WHOLE))
                        .oneOf("InputObject", "Maximum")
                        .oneOf("InputObject", "Minimum")
                        .summary("Gets a random number, or selects objects randomly from a collection.")
                        .remark("-SetSeed holds for the one call that has it. Not for secrets.")
                        .does(Pick::new),
                Cmdlet.named("New-Guid")
                        .summary("Creates a GUID.")
                        .remark("Good for names, not for secrets.")
                        .simply(call -> {
                            RandomGenerator chance = call.session().chance();
                            // RFC 9562 §5.4: version 4, variant 10.
                            long high = chance.nextLong() & ~0xf000L | 0x4000L;
                            long low = chance.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
                            call.write(new UUID(high, low));
                        }));
    }

    private static final class Pick implements Stage {
        private final List<Object> items = new ArrayList<>();

        @Override
        public void process(Call call) {
            items.addAll(Conversion.list(call.value("InputObject")));
        }

        @Override
        public void end(Call call) {
            RandomGenerator chance = call.whole("SetSeed")
                    .<RandomGenerator>map(SplittableRandom::new)
                    .orElseGet(() -> call.session().chance());
            long count = call.whole("Count").orElse(1L);
            if (count < 1) {
                throw Inputs.notInRange("Count", "It takes numbers from 1.");
            }
            if (call.isPiped() || call.has("InputObject")) {
                for (; count > 0 && !items.isEmpty(); count--) {
                    call.write(items.remove(chance.nextInt(items.size())));
                }
                return;
            }
            for (; count > 0; count--) {
                call.write(number(call, chance));
            }
        }

        /// Whole where both ends are whole; the upper end is never reached.
        private static Object number(Call call, RandomGenerator chance) {
            Number low = end(call, "Minimum", 0L);
            Number high = end(call, "Maximum", (long) Integer.MAX_VALUE);
            if (low.doubleValue() >= high.doubleValue()) {
                throw Inputs.invalid(
                        "MinGreaterThanOrEqualMax",
                        "The Minimum value (" + low + ") cannot be greater than or equal to the Maximum value (" + high
                                + ").");
            }
            if (low instanceof Long from && high instanceof Long to) {
                return chance.nextLong(from, to);
            }
            return chance.nextDouble(low.doubleValue(), high.doubleValue());
        }

        private static Number end(Call call, String parameter, long otherwise) {
            Object given = call.value(parameter);
            return given == null
                    ? otherwise
                    : Conversion.number(given)
                            .orElseThrow(() -> ShellFailure.cannotConvert(
                                    given, "System.Double", "Input string was not in a correct format."));
        }
    }
}
