package dev.tarry.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FieldTextTest {
    private static final String B = "\\";

    @Test
    void ordinary_words_stand_as_they_are() {
        for (String text : List.of(
                "MAIL" + B + "Default Frontend MAIL",
                "250 2.6.0 <a@b> [InternalId=5, Hostname=mail.company.com] Queued mail for delivery",
                "a=b",
                "Grüße – 三月 📈",
                "user@gmail.com",
                B + B + "server" + B + "share",
                "C:" + B + "users")) {
            assertEquals(text, FieldText.escaped(text));
            assertEquals(text, FieldText.unescaped(text));
        }
    }

    @Test
    void what_could_forge_something_is_written_by_number() {
        assertEquals("a" + B + "u000D" + B + "u000Ab", FieldText.escaped("a\r\nb"));
        assertEquals(B + "u001B[2J", FieldText.escaped("\u001b[2J"));
        assertEquals(B + "u003D1+1", FieldText.escaped("=1+1"));
        assertEquals("a;" + B + "u002D1", FieldText.escaped("a;-1"));
        assertEquals(B + "uD800x", FieldText.escaped("\ud800x"));
        assertEquals(B + "u202Etxt", FieldText.escaped("\u202etxt"));
    }

    @Test
    void a_backslash_is_written_by_number_only_where_it_looks_like_one() {
        assertEquals(B + "u005Cu0041", FieldText.escaped(B + "u0041"));
        assertEquals(B + "u0041".substring(0, 4), FieldText.escaped(B + "u004"));
        assertEquals(B + B + "u005Cu0041", FieldText.escaped(B + B + "u0041"));
        assertEquals(B + B + "u0041", FieldText.unescaped(B + B + "u005Cu0041"));
    }

    @Test
    void lists_are_joined_by_semicolons_that_stand_alone() {
        assertEquals("a@x;b@y", FieldText.joined(List.of("a@x", "b@y")));
        assertEquals("550 5.1.1 X; not found;250 OK", FieldText.joined(List.of("550 5.1.1 X; not found", "250 OK")));
        assertEquals(List.of("550 5.1.1 X; not found", "250 OK"), FieldText.split("550 5.1.1 X; not found;250 OK"));
        assertEquals(List.of("[{LED=};{MSG=}]", "x"), FieldText.split("[{LED=};{MSG=}];x"));
        assertEquals("\"a" + B + "u003Bb\"@x", FieldText.joined(List.of("\"a;b\"@x")));
        assertEquals(List.of("", "", ""), FieldText.split(";;"));
        assertEquals(List.of(), FieldText.split(""));
    }
}
