package dev.tarry.shell.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a command's words came to.
///
/// @param values by parameter name, converted; the common parameters too
/// @param rest what nothing takes, where the command allows that: `$args`
/// @param onError what `-ErrorAction` says an error that need not end the statement does; absent where it is not given
/// @param onWarning whether warnings are shown; absent where nothing says so. As for `verbose` and `debug`.
/// @param whatIf whether only to say what would be done; absent where nothing says so
/// @param confirm whether to ask; absent where nothing says so
record Binding(
        Map<String, Object> values,
        List<Object> rest,
        Optional<OnError> onError,
        Optional<OnError> onWarning,
        Optional<Boolean> verbose,
        Optional<Boolean> debug,
        Optional<Boolean> whatIf,
        Optional<Boolean> confirm) {
    enum OnError {
        CONTINUE,
        SILENT,
        IGNORE,
        STOP
    }

    /// The value of a common parameter that names a variable (`-ErrorVariable`); absent where it is not given.
    Optional<String> variable(String parameter) {
        return Optional.ofNullable((String) values.get(parameter));
    }
}
