package dev.tarry.delivery;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.CustomFailures;
import dev.tarry.config.ErrorPolicy;
import dev.tarry.config.Settings;
import dev.tarry.mail.Reply;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TurnedErrorsTest {
    private static final CustomFailures LISTS = Settings.defaults().customFailures();
    private static final Reply RELAY = Reply.of(550, "5.7.1 Unable to relay");
    private static final Reply BLOCKED =
            Reply.of(421, "4.7.1 [TS03] All messages from 192.0.2.1 will be permanently deferred");

    private static TurnedErrors by(ErrorPolicy... policies) {
        return new TurnedErrors(Set.of(policies), LISTS);
    }

    @Test
    void without_a_policy_nothing_is_turned() {
        assertFalse(by().temporary(RELAY));
        assertFalse(by().permanent(BLOCKED));
        assertFalse(by(ErrorPolicy.DOWNGRADE_DNS_FAILURES).temporary(RELAY));
        assertFalse(by(ErrorPolicy.DOWNGRADE_CUSTOM_FAILURES).permanent(BLOCKED));
        assertFalse(by(ErrorPolicy.UPGRADE_CUSTOM_FAILURES).temporary(RELAY));
    }

    @Test
    void what_is_listed_is_turned_and_nothing_else() {
        TurnedErrors both = by(ErrorPolicy.DOWNGRADE_CUSTOM_FAILURES, ErrorPolicy.UPGRADE_CUSTOM_FAILURES);
        assertTrue(both.temporary(RELAY));
        assertFalse(both.temporary(Reply.of(550, "5.1.1 User unknown")));
        assertTrue(both.permanent(BLOCKED));
        assertFalse(both.permanent(Reply.of(451, "4.7.1 Greylisted")));
    }

    @Test
    void a_hosts_words_are_known_within_ours() {
        TurnedErrors upgrade = by(ErrorPolicy.UPGRADE_CUSTOM_FAILURES);
        assertTrue(upgrade.permanent(Reply.of(451, "4.4.395 Target host responded with error. -> " + BLOCKED)));
        assertTrue(upgrade.permanent(Reply.of(
                451,
                "4.4.0 Primary target IP address responded with: \"" + BLOCKED
                        + "\" Attempted failover to alternate host, but that did not succeed.")));
        assertFalse(upgrade.permanent(Reply.of(451, "4.4.395 Target host responded with error. -> 421 4.3.2 Busy")));
    }
}
