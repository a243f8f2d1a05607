package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EntityTagTest {
    @Test
    void no_two_contents_read_alike() {
        List<Object> contents = Arrays.asList(
                null,
                "",
                "null",
                0L,
                "0",
                true,
                "true",
                List.of(),
                List.of(""),
                List.of("a", "b"),
                List.of("ab"),
                List.of(List.of("a"), "b"),
                List.of(List.of("a", "b")),
                Map.of(),
                Map.of("a", "b"),
                Map.of("a", List.of("b")),
                Map.of("ab", ""),
                "1:a");
        Set<EntityTag> tags = new HashSet<>();
        contents.forEach(content -> assertTrue(tags.add(EntityTag.of(content)), String.valueOf(content)));
    }

    @Test
    void the_same_content_has_the_same_tag() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("Name", "Internet");
        one.put("Comment", null);
        assertEquals(EntityTag.of(one), EntityTag.of(new LinkedHashMap<>(one)));
    }

    @Test
    void nothing_gets_out_of_the_quotes() {
        for (String bad : List.of("", "a\"b", "a b", "a\r\nSet-Cookie: x", "ä", "x".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> new EntityTag(bad), bad);
        }
        assertEquals("\"a\\b\"", new EntityTag("a\\b").toString());
    }

    @Test
    void a_precondition_asks_for_one_of_its_tags() {
        EntityTag now = EntityTag.of("now");
        Precondition.NONE.require(now);
        Precondition.of(now).require(now);
        Precondition before = Precondition.of(EntityTag.of("before"));
        assertFalse(before.holds(now));
        OperationRefused refused = assertThrows(OperationRefused.class, () -> before.require(now));
        assertEquals(OperationRefused.Reason.CHANGED_SINCE, refused.reason());
        assertFalse(new Precondition(Optional.of(Set.of())).holds(now), "a weak tag alone matches nothing");
    }
}
