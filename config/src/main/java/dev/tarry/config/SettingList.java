package dev.tarry.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A setting that is a list of elements with settings of their own: connectors, accepted domains.
///
/// @param key      as in `receiveConnectors`
/// @param identity the element's key whose value names it
/// @param rows     the settings of an element, keys without the list's
/// @param builtIn  the elements where nobody wrote the list: key within the element to text
/// @param says     one sentence for people
record SettingList(
        String key,
        String identity,
        List<Setting<?>> rows,
        Function<Values, List<Map<String, String>>> builtIn,
        String says) {

    String pathOf(int index) {
        return key + "[" + index + "]";
    }
}
