package dev.tarry.admin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Holds answers against the API's description, as somebody else's validator reads it.
final class Described {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Map<String, Object> document;

    /// @param document OpenAPI
    Described(Map<String, Object> document) {
        this.document = document;
    }

    /// @param path as it was asked for, without a query
    void check(String method, String path, int status, String body) {
        Map<?, ?> paths = (Map<?, ?>) document.get("paths");
        String template = paths.keySet().stream()
                .map(Object::toString)
                .filter(one -> path.matches(one.replaceAll("\\{[a-zA-Z]+}", "[^/]+")))
                .min(Comparator.comparing(one -> one.contains("{")))
                .orElseThrow(() -> new AssertionError(path + " is not described"));
        String at = "/paths/" + template.replace("/", "~1") + "/" + method.toLowerCase(Locale.ROOT);
        Map<?, ?> operation = (Map<?, ?>) ((Map<?, ?>) paths.get(template)).get(method.toLowerCase(Locale.ROOT));
        assertNotNull(operation, method + " " + template);
        boolean known = ((Map<?, ?>) operation.get("responses")).containsKey(Integer.toString(status));
        String schema = known && status < 400 || status == 503 && known
                ? at + "/responses/" + status + "/content/application~1json/schema"
                : "/components/schemas/Problem";
        Map<String, Object> root = new LinkedHashMap<>(document);
        root.put("$ref", "#" + schema);
        List<Error> faults = SCHEMAS.getSchema(Examples.json(root)).validate(body, InputFormat.JSON);
        assertEquals(List.of(), faults, () -> method + " " + path + " gave " + body);
    }
}
