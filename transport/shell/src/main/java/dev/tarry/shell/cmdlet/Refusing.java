package dev.tarry.shell.cmdlet;

import dev.tarry.shell.value.ShellFailure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A stage before which parameters are refused by name: they are real ones, and would do nothing here.
///
/// @param why name to sentence
record Refusing(Stage stage, SequencedMap<String, String> why) implements Stage {
    Refusing {
        why = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(why));
    }

    @Override
    public void begin(Call call) {
        why.forEach((name, reason) -> {
            if (call.mentions(name)) {
                throw ShellFailure.of(
                        ShellFailure.Category.NotImplemented,
                        "ParameterNotSupported",
                        "NotSupportedException",
                        "The parameter '" + name + "' is not supported here. " + reason);
            }
        });
        stage.begin(call);
    }

    @Override
    public void process(Call call) {
        stage.process(call);
    }

    @Override
    public void end(Call call) {
        stage.end(call);
    }

    @Override
    public void close() {
        stage.close();
    }
}
