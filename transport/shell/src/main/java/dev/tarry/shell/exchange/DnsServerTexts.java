package dev.tarry.shell.exchange;

import dev.tarry.shell.value.ShellFailure;
import java.util.List;
import java.util.Map;

/// DNS servers are addresses: a name is refused before anything is sent, in the words in which PowerShell tells it of
/// Exchange's type (reference §4.1). What else is wrong with an address, the server says.
final class DnsServerTexts {
    private static final String TYPE = "Microsoft.Exchange.Data.MultiValuedProperty`1[System.Net.IPAddress]";

    private DnsServerTexts() {}

    /// @param wanted property to what it is to have, as [Settable#given] gives it
    static void check(Map<String, Object> wanted) {
        for (String property : List.of("ExternalDNSServers", "InternalDNSServers")) {
            switch (wanted.get(property)) {
                case Map<?, ?> edit -> edit.values().forEach(texts -> check(property, (List<?>) texts));
                case List<?> texts -> check(property, texts);
                case null, default -> {}
            }
        }
    }

    private static void check(String property, List<?> texts) {
        for (Object text : texts) {
            if (!text.toString().matches("[0-9.:]+|\\[?[0-9A-Fa-f:.%]*:[0-9A-Fa-f:.%]*(\\]:[0-9]+)?")) {
                throw ShellFailure.of(
                        ShellFailure.Category.InvalidData,
                        "ParameterArgumentTransformationError",
                        "ParameterBindingArgumentTransformationException",
                        "Cannot process argument transformation on parameter '" + property
                                + "'. Cannot convert value \""
                                + text + "\" to type \"" + TYPE + "\". Error: \"Failed to convert " + text
                                + " from System.String to System.Net.IPAddress. Error: Error while converting string '"
                                + text
                                + "' to result type System.Net.IPAddress: An invalid IP address was specified.\"");
            }
        }
    }
}
