package dev.tarry.fuzz;

import java.util.List;

/// Tries one thing with octets, whatever they are. Stateless: the same octets do the same, which is what makes a
/// find worth keeping. Where a choice has to be made (where the network cuts, say) it is made from the octets
/// ([Dice]).
public interface FuzzTarget {
    /// Throws or fails an assertion where something is wrong: a crash, or a promise that is not kept.
    ///
    /// @param input at most [#MAX_INPUT_OCTETS]
    void run(byte[] input) throws Exception;

    /// Words that are hard to guess octet by octet.
    List<String> words();

    /// Octets of the longest input that is tried.
    int MAX_INPUT_OCTETS = 16_384;
}
