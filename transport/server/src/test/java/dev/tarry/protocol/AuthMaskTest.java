package dev.tarry.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthMaskTest {
    private final AuthMask mask = new AuthMask();

    @ParameterizedTest
    @CsvSource({
        "AUTH LOGIN, AUTH LOGIN",
        "AUTH PLAIN AGFsaWNlAHNlY3JldA==, AUTH PLAIN <Binary Data>",
        "auth plain AGFsaWNlAHNlY3JldA==  x, auth plain <Binary Data>",
        "AUTH XOAUTH2 dXNlcj1h, AUTH XOAUTH2 <Binary Data>",
        "X-EXPS GSSAPI YII, X-EXPS GSSAPI <Binary Data>",
        "AUTH AGFsaWNlAHNlY3JldA==, AUTH <Binary Data>",
        "AUTH, AUTH",
        "AUTH?PLAIN AGFsaWNlAHNlY3JldA==, AUTH <Binary Data>",
        "?auth?PLAIN?AGFsaWNlAHNlY3JldA==, auth <Binary Data>",
        "AUTH=PLAIN AGFsaWNlAHNlY3JldA==, AUTH <Binary Data>",
        "AUTHOR me, AUTHOR me",
        "MAIL FROM:<a@b.c> AUTH=<>, MAIL FROM:<a@b.c> AUTH=<>",
    })
    void of_auth_only_the_mechanism_is_shown(String said, String shown) {
        assertEquals(shown, mask.command(said));
    }

    @Test
    void every_answer_to_a_challenge_is_hidden_and_nothing_after_it() {
        assertEquals("AUTH LOGIN", mask.command("AUTH LOGIN"));
        assertEquals("334 <authentication response>", mask.reply("334 VXNlcm5hbWU6"));
        assertEquals("<Binary Data>", mask.command("YWxpY2U="));
        assertEquals("334 <authentication response>", mask.reply("334 UGFzc3dvcmQ6"));
        assertEquals("<Binary Data>", mask.command("c2VjcmV0"));
        assertEquals("235 2.7.0 Authentication successful", mask.reply("235 2.7.0 Authentication successful"));
        assertEquals("MAIL FROM:<a@b.c>", mask.command("MAIL FROM:<a@b.c>"));
    }

    @Test
    void who_gives_up_is_seen_to() {
        mask.reply("334 ");
        assertEquals("*", mask.command("*"));
        assertEquals("QUIT", mask.command("QUIT"));
    }

    @Test
    void a_client_that_says_its_password_though_nobody_asks_is_hidden_until_its_next_command() {
        assertEquals("AUTH LOGIN", mask.command("AUTH LOGIN"));
        mask.reply("504 5.7.4 Unrecognized authentication type");
        assertEquals("<Binary Data>", mask.command("YWxpY2U="));
        mask.reply("500 5.3.3 Unrecognized command");
        assertEquals("<Binary Data>", mask.command("c2VjcmV0"));
        assertEquals("QUIT", mask.command("QUIT"));
        assertEquals("JUNK", mask.command("JUNK"));
    }

    @Test
    void a_refusal_ends_the_exchange() {
        mask.reply("334 ");
        mask.reply("535 5.7.3 Authentication unsuccessful");
        assertEquals("QUIT", mask.command("QUIT"));
    }

    @Test
    void a_challenge_of_several_lines_hides_as_well() {
        mask.reply("334  first second");
        for (String secret : List.of("AUTH PLAIN c2VjcmV0", "c2VjcmV0", "QUIT c2VjcmV0")) {
            mask.reply("334-");
            assertFalse(mask.command(secret).contains("c2VjcmV0"), secret);
        }
    }
}
