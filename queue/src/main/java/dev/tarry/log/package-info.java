/// What Exchange's log files have in common (reference §8.1): names, headers, lines that nobody can forge, rolling by
/// hour and size, throwing away by age and size, and what happens when the disk fails.
///
/// Doors in: a [LogFormat] says what an entry looks like in its file; a [RollingLog] writes entries to files under
/// [LogTerms], which may change while it runs, and tells a [LogTrouble] when it cannot. [LogFile] is one file that
/// grows by whole lines; [LogLines] reads lines from either end. [FieldText] and [CsvLine] are the one encoder of
/// fields, [LogTime] that of moments.
///
/// Why no line is ever torn: lines are written whole, many in one write; what a failing disk has taken of them in part
/// is cut off again, and so is, at the next start, what a kill has left of the last one. Readers go no further than the
/// size that a file had between two lines.
///
/// May import: `time`, the JDK, the logging API. Never here: what is logged.
package dev.tarry.log;
