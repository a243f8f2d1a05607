package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;

/// How many objects a listing gives at most (reference §11.2).
///
/// @param most 1 to [#UNLIMITED]
public record ResultSize(int most) {
    /// What one gets without asking.
    public static final ResultSize DEFAULT = new ResultSize(1_000);

    /// What `Unlimited` means (MaxQueueViewerQueryResultCount, reference §2.1).
    public static final int UNLIMITED = 250_000;

    /// @throws OperationRefused if it is out of bounds
    public ResultSize {
        if (most < 1 || most > UNLIMITED) {
            throw new OperationRefused(
                    Reason.INVALID_PARAMETER, "a result size is 1 to " + UNLIMITED + " or Unlimited");
        }
    }

    /// @throws OperationRefused if the text is neither a number in bounds nor `Unlimited`
    public static ResultSize parse(String text) {
        if (text.equalsIgnoreCase("Unlimited")) {
            return new ResultSize(UNLIMITED);
        }
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new OperationRefused(
                    Reason.INVALID_PARAMETER,
                    "a result size is 1 to " + UNLIMITED + " or Unlimited, not " + OperationRefused.quoted(text));
        }
        return new ResultSize(Integer.parseInt(text));
    }
}
