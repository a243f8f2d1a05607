package dev.tarry.shell.run;

import java.util.Map;

/// What a command's words came to.
///
/// @param values by parameter name, converted
/// @param onError what an error that need not end the statement does
/// @param warns whether warnings are shown
record Binding(Map<String, Object> values, OnError onError, boolean warns, boolean whatIf, boolean confirm) {
    enum OnError {
        CONTINUE,
        SILENT,
        STOP
    }
}
