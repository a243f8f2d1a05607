package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import java.util.Optional;
import java.util.Set;

/// What a change expects to find (RFC 9110 §13.1.1), so that of two operators who saw the same state the second
/// does not undo the first's work unseen. To be asked where the change is decided, under the same lock or on the
/// same loop.
///
/// @param tags of which the object must have one now; absent: any state will do
public record Precondition(Optional<Set<EntityTag>> tags) {
    /// Whatever is there.
    public static final Precondition NONE = new Precondition(Optional.empty());

    public Precondition {
        tags = tags.map(Set::copyOf);
    }

    /// Exactly this state.
    public static Precondition of(EntityTag tag) {
        return new Precondition(Optional.of(Set.of(tag)));
    }

    public boolean holds(EntityTag now) {
        return tags.isEmpty() || tags.get().contains(now);
    }

    /// @param now the object's state at this moment
    /// @throws OperationRefused if it is another than expected
    public void require(EntityTag now) {
        if (!holds(now)) {
            throw new OperationRefused(
                    Reason.CHANGED_SINCE,
                    "it has changed since it was read (its tag is now " + now
                            + "); read it again and decide anew, or send no If-Match");
        }
    }
}
