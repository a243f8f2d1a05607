package dev.tarry.login;

import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// AUTH XOAUTH2: `user=` name `^A` `auth=Bearer` token `^A^A`. A wrong token is refused at once, as
/// Exchange Online does, without the challenge that says why.
final class Xoauth2Conversation implements Conversation {
    private static final Turn EMPTY = new Turn.Challenge(new byte[0]);
    /// Blanks and token are taken possessively: no octet is looked at in more than one way.
    static final Pattern FORM = Pattern.compile(
            "user=(?<user>[^\\x01]*+)\\x01auth=[Bb][Ee][Aa][Rr][Ee][Rr] ++(?<token>[^\\x01]++)\\x01\\x01");
    private static final Sealed NO_TOKEN = Sealed.of("");

    private final Users users;
    private final boolean acceptAny;
    private final InstantSource labTime;

    Xoauth2Conversation(Users users, boolean acceptAny, InstantSource labTime) {
        this.users = users;
        this.acceptAny = acceptAny;
        this.labTime = labTime;
    }

    @Override
    public Turn begin(Optional<byte[]> initial) {
        return initial.isPresent() ? answer(initial.get()) : EMPTY;
    }

    @Override
    public Turn answer(byte[] response) {
        Optional<Matcher> parts = Octets.text(response).map(FORM::matcher).filter(Matcher::matches);
        return new Turn.Over(parts.isEmpty() ? Verdict.MALFORMED : judge(parts.get()));
    }

    private Verdict judge(Matcher parts) {
        String name = parts.group("user");
        Optional<User> user = users.find(name);
        boolean right = user.flatMap(User::token).orElse(NO_TOKEN).is(parts.group("token"));
        if (acceptAny) {
            return LoginDesk.anybody(name, user);
        }
        boolean fresh = user.flatMap(User::expires)
                .map(end -> labTime.instant().isBefore(end))
                .orElse(true);
        return right && fresh && user.isPresent() && !user.get().disabled()
                ? new Verdict.Welcome(user.get().login())
                : Verdict.REFUSED;
    }
}
