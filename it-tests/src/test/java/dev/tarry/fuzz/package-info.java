/// Fuzzing: everything that reads what strangers send is given what nobody would send, and is held to more than not
/// falling over.
///
/// A [FuzzTarget] lives in the room of what it tries, so that it sees what the room's own classes see;
/// [FuzzTargets] names them all. What is kept in `src/test/fuzz/NAME/` (one input a file) is where everything
/// begins: [FuzzTest] tries each kept input and a fixed number of mutations of them with every build, by count and
/// never by time; `it-tests/fuzz` runs Jazzer, which is guided by coverage, for as long as one likes. An input that
/// broke something is kept there for good.
package dev.tarry.fuzz;
