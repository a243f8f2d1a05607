package dev.tarry.login;

/// A name and the password that is said to be its, to be checked off the loops.
///
/// @param actAs whom the client wants to act as (RFC 4616); empty: itself
record Claim(String name, String password, String actAs) {
    /// Without what was said.
    @Override
    public String toString() {
        return "a claim";
    }
}
