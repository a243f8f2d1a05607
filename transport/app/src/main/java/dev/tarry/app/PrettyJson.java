package dev.tarry.app;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON for people: indented, members in the order of the map.
final class PrettyJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PrettyJson() {}

    /// @param tree maps, lists, texts, numbers, truth values, null
    static String text(Object tree) {
        return MAPPER.writeValueAsString(tree).replace("\r\n", "\n");
    }
}
