package dev.tarry.delivery;

import dev.tarry.config.CustomFailures;
import dev.tarry.config.ErrorPolicy;
import dev.tarry.mail.Reply;
import java.util.Set;

/// Turns the errors of remote hosts round, as a connector's ErrorPolicies say (reference §5.4). Pure.
///
/// @param lists which replies are meant
record TurnedErrors(Set<ErrorPolicy> policies, CustomFailures lists) {
    private static final String BEFORE_REMOTE_WORDS = "-> ";

    /// Whether what a host refused for good is only late.
    boolean temporary(Reply permanent) {
        return policies.contains(ErrorPolicy.DOWNGRADE_CUSTOM_FAILURES) && lists.downgrades(permanent.toString());
    }

    /// Whether what a host refused for now is refused for good.
    ///
    /// @param temporary a host's own words, or ours around them
    boolean permanent(Reply temporary) {
        if (!policies.contains(ErrorPolicy.UPGRADE_CUSTOM_FAILURES)) {
            return false;
        }
        String words = temporary.toString();
        int arrow = words.lastIndexOf(BEFORE_REMOTE_WORDS);
        int quote = words.indexOf('"');
        return lists.upgrades(words)
                || (arrow >= 0 && lists.upgrades(words.substring(arrow + BEFORE_REMOTE_WORDS.length())))
                || (quote >= 0 && lists.upgrades(words.substring(quote + 1)));
    }
}
